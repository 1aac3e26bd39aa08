{{- /* What the replicas get for a setting: arguments are the root and its name. Empty if the values don't say. */}}
{{- define "live-recordings.setting" }}
{{- $name := last . }}
{{- $value := get (first .).Values.app.settings $name }}
{{- range (first .).Values.app.env }}
{{- if eq .name $name }}
{{- $value = .value }}
{{- end }}
{{- end }}
{{- $value }}
{{- end }}

{{- /* HTTP or HTTPS: what is spoken at the port of the pods. The probes say it, all three the same. */}}
{{- define "live-recordings.scheme" }}
{{- .Values.app.readinessProbe.httpGet.scheme }}
{{- end }}

{{- /* Where the service listens by the settings; empty if they don't say. */}}
{{- define "live-recordings.port" }}
{{- if eq (include "live-recordings.scheme" .) "HTTPS" }}
{{- include "live-recordings.setting" (list . "QUARKUS_HTTP_SSL_PORT") }}
{{- else }}
{{- include "live-recordings.setting" (list . "QUARKUS_HTTP_PORT") | default (include "live-recordings.setting" (list . "PORT")) }}
{{- end }}
{{- end }}

{{- /* The variables of the values, and those that let the service listen where it is looked for. */}}
{{- define "live-recordings.env" }}
{{- $env := .Values.app.env }}
{{- $isTls := eq (include "live-recordings.scheme" .) "HTTPS" }}
{{- if not (or (include "live-recordings.port" .) (eq (int .Values.app.ports.http) (ternary 8443 8080 $isTls))) }}
{{- $name := ternary "QUARKUS_HTTP_SSL_PORT" "QUARKUS_HTTP_PORT" $isTls }}
{{- $env = append $env (dict "name" $name "value" (toString .Values.app.ports.http)) }}
{{- end }}
{{- if and $isTls (not (include "live-recordings.setting" (list . "QUARKUS_HTTP_INSECURE_REQUESTS"))) }}
{{- $env = append $env (dict "name" "QUARKUS_HTTP_INSECURE_REQUESTS" "value" "disabled") }}
{{- end }}
{{- toYaml $env }}
{{- end }}

{{- /* Without what doesn't go with the type. */}}
{{- define "live-recordings.strategy" }}
{{- $strategy := .Values.app.strategy }}
{{- toYaml (ternary (pick $strategy "type") $strategy (eq $strategy.type "Recreate")) }}
{{- end }}

{{- /* The values', which win, and the one by which ingress-nginx speaks TLS with the pods, if they do. */}}
{{- define "live-recordings.ingress-annotations" }}
{{- $backend := dict "nginx.ingress.kubernetes.io/backend-protocol" "HTTPS" }}
{{- $ours := ternary $backend dict (eq (include "live-recordings.scheme" .) "HTTPS") }}
{{- toYaml (merge (deepCopy .Values.app.ingress.annotations) $ours) }}
{{- end }}

{{- /* An amount such as 500m or 1Gi, as a number. */}}
{{- define "live-recordings.amount" }}
{{- $unit := regexFind "[a-zA-Z]*$" (toString .) }}
{{- $factors := dict "m" 0.001 "k" 1e3 "M" 1e6 "G" 1e9 "Ki" 1024 "Mi" 1048576 "Gi" 1073741824 }}
{{- mulf (trimSuffix $unit (toString .)) (get $factors $unit | default 1) }}
{{- end }}
