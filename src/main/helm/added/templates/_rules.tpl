{{- /* Stops unless a file is one of Prometheus rules. fromYaml tells what it can't read as a map with an Error. */}}
{{- define "live-recordings.check-rules" }}
{{- $where := "app.prometheusRule.rules:" }}
{{- with .Error }}
{{- fail (printf "%s isn't YAML with groups at its top: %s" $where .) }}
{{- end }}
{{- if not (and .groups (kindIs "slice" .groups)) }}
{{- fail (printf "%s must have groups at its top, a list of one at least" $where) }}
{{- end }}
{{- with omit . "groups" }}
{{- fail (printf "%s has at its top what isn't known there: %s" $where (keys . | sortAlpha | join ", ")) }}
{{- end }}
{{- $names := list }}
{{- range $index, $group := .groups }}
{{- $in := printf "%s groups[%d]" $where $index }}
{{- if not (and (kindIs "map" $group) (kindIs "string" $group.name) $group.name (kindIs "slice" $group.rules) $group.rules) }}
{{- fail (printf "%s must have a name and rules, a list of one at least" $in) }}
{{- end }}
{{- if has $group.name $names }}
{{- fail (printf "%s has the name of another group, %s" $in $group.name) }}
{{- end }}
{{- $names = append $names $group.name }}
{{- with omit $group "name" "interval" "limit" "query_offset" "labels" "partial_response_strategy" "rules" }}
{{- fail (printf "%s has what isn't known there: %s" $in (keys . | sortAlpha | join ", ")) }}
{{- end }}
{{- range $number, $rule := $group.rules }}
{{- $in = printf "%s groups[%d].rules[%d]" $where $index $number }}
{{- if not (and (kindIs "map" $rule) $rule.expr (ne (empty $rule.alert) (empty $rule.record))) }}
{{- fail (printf "%s must have an expr, and either an alert or a record" $in) }}
{{- end }}
{{- with omit $rule "alert" "record" "expr" "for" "keep_firing_for" "labels" "annotations" }}
{{- fail (printf "%s has what isn't known there: %s" $in (keys . | sortAlpha | join ", ")) }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}
