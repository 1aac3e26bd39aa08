package org.liverecordings.packaged;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.liverecordings.packaged.Helm.Output;

/** Values that the chart refuses, before anything is changed in a cluster. */
class ChartRefusalsIT {

    @BeforeAll
    static void needsHelm() {
        assumeTrue(Helm.program("helm").isPresent(), "LEFT OUT: ChartRefusalsIT, there is no helm: .ci/helm gets it");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            app.setings.LIVE_RECORDINGS_REGISTRY=memory        | setings
            app.settings.LIVE_RECORDING_REGISTRY=memory        | LIVE_RECORDING_REGISTRY
            app.settings.LIVE_RECORDINGS_REGISTYR=postgresql   | LIVE_RECORDINGS_REGISTYR
            app.settings.LIVE_RECORDINGS_WEBHOOKS_CRM_URI=a    | LIVE_RECORDINGS_WEBHOOKS_CRM_URI
            app.settings.LIVE_RECORDINGS_WEBHOOKS_MY_CRM_URL=a | LIVE_RECORDINGS_WEBHOOKS_MY_CRM_URL
            app.settings.MP_JWT_VERIFY_ISUER=a                 | MP_JWT_VERIFY_ISUER
            app.settings.QUARKUS_HTTP_PORT=8081                | QUARKUS_HTTP_PORT
            app.replicas.mim=3                                 | mim
            app.replicas.min=0                                 | min
            app.ingress.enabled=yes                            | enabled
            app.gateway.path.type=Exact                        | type
            app.host=                                          | host
            image=live-recordings:1                            | image
            app.files.line\\.csv=a                             | line.csv
            app.resources.limits.memory=much                   | memory
            app.resources.limits.memory=1.2.3                  | 1.2.3
            app.resources.limits.cpu=-1                        | cpu
            app.strategy.rollingUpdate.maxSurge=banana         | banana
            app.strategy.rollingUpdate.maxUnavailable=101%     | 101%
            app.strategy.rollingUpdate.maxUnavailable=-1       | maxUnavailable
            app.host=a..b                                      | a..b
            app.host=-a.example.com                            | -a.example.com
            app.secrets.keys=a..b                              | a..b
            app.ingress.className=a.-b                         | a.-b
            app.gateway.namespace=a.b                          | a.b
            app.serviceMonitor.interval=30                     | interval
            app.serviceMonitor.interval=30s1m                  | 30s1m
            app.serviceMonitor.labels.release=a b              | a b
            app.serviceMonitor.tlsConfig.insecure=true         | insecure
            app.livenessProbe.successThreshold=2               | successThreshold
            app.readinessProbe.failureThreshold=1000000        | failureThreshold
            app.readinessProbe.httpGet.scheme=null             | scheme
            app.startupProbe.httpGet=null                      | httpGet
            app.image=a b                                      | a b
            """)
    void aTypoIsRefusedByItsName(String value, String name) {
        assertRefused("schema", name, "--set", value);
    }

    /** Each would be more open, or less, than it looks. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            from=[]                                                                            | from': minItems
            from=null                                                                          | from
            from=[{}]                                                                          | from/0': minProperties
            from=[{"namespaceSelectr":{}}]                                                     | namespaceSelectr
            from=[{"podSelector":{"matchLabel":{}}}]                                           | matchLabel
            from=[{"podSelector":{"matchLabels":{"a":1}}}]                                     | matchLabels/a
            from=[{"podSelector":{"matchExpressions":[]}}]                                     | matchExpressions
            from=[{"podSelector":{"matchExpressions":[{"key":"a","operater":"Exists"}]}}]      | operater
            from=[{"podSelector":{"matchExpressions":[{"key":"a","operator":"in"}]}}]          | operator
            from=[{"podSelector":{"matchExpressions":[{"key":"a","operator":"In"}]}}]          | values
            from=[{"ipBlok":{"cidr":"10.0.0.0/8"}}]                                            | ipBlok
            from=[{"ipBlock":{"cdir":"10.0.0.0/8"}}]                                           | cdir
            from=[{"ipBlock":{"cidr":"10.0.0.0"}}]                                             | 10.0.0.0
            from=[{"ipBlock":{"cidr":"10.0.0.0/33"}}]                                          | 10.0.0.0/33
            from=[{"ipBlock":{"cidr":"10.0.0.0/8","exept":[]}}]                                | exept
            from=[{"ipBlock":{"cidr":"10.0.0.0/8"},"podSelector":{}}]                          | maxProperties
            egress=[{}]                                                                        | minProperties
            egress=[{"prots":[{"port":443}]}]                                                  | prots
            egress=[{"to":[]}]                                                                 | minItems
            egress=[{"to":[{"ipBlok":{"cidr":"10.0.0.0/8"}}]}]                                 | ipBlok
            egress=[{"ports":[]}]                                                              | minItems
            egress=[{"ports":[{}]}]                                                            | minProperties
            egress=[{"ports":[{"port":443,"protcol":"TCP"}]}]                                  | protcol
            egress=[{"ports":[{"port":443,"protocol":"tcp"}]}]                                 | protocol
            egress=[{"ports":[{"port":"443"}]}]                                                | port
            egress=[{"ports":[{"port":70000}]}]                                                | port
            egress=[{"ports":[{"port":"https","endPort":444}]}]                                | port
            egress=[{"ports":[{"endPort":444}]}]                                               | port
            """)
    void aTypoInTheNetworkPolicyIsRefused(String value, String name) {
        assertRefused("schema", name, "--set-json", "app.networkPolicy." + value);
    }

    /** The API server would refuse some of them, after the migration; of others nobody would tell. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            app.env[0].name=LIVE_RECORDINGS_REGISTYR,app.env[0].value=postgresql | app.env: there is no setting LIVE_RECORDINGS_REGISTYR
            app.env[0].name=LIVE_RECORDING_REGISTRY,app.env[0].value=postgresql  | app.env: there is no setting LIVE_RECORDING_REGISTRY
            app.env[0].name=MP_JWT_VERIFY_ISUER,app.env[0].value=a               | app.env: there is no setting MP_JWT_VERIFY_ISUER
            app.env[0].name=A,app.env[0].value=a,app.env[1].name=A,app.env[1].value=b | app.env: A is there twice
            app.replicas.min=5,app.replicas.max=2                                | app.replicas: min is 5, more than max, which is 2
            app.strategy.rollingUpdate.maxSurge=0%                               | maxSurge and maxUnavailable are both 0
            app.resources.limits.memory=64Mi                                     | of memory 128Mi is requested, more than the limit, which is 64Mi
            app.resources.requests.cpu=1500m                                     | of cpu 1500m is requested, more than the limit, which is 1
            app.host=10.0.0.1                                                    | app.host: must be a name, and 10.0.0.1 is an address
            app.readinessProbe.httpGet.scheme=HTTPS                              | app.startupProbe.httpGet.scheme: isn't HTTPS
            app.settings.LIVE_RECORDINGS_DATABASE_MIGRATE=only | each replica would migrate and end
            app.secrets.create=true,app.secrets.keys=a,app.secrets.passwords=a   | passwords and keys are both a
            app.secrets.create=true,app.settings.LIVE_RECORDINGS_REGISTRY=postgresql | the migration needs the Secrets
            """)
    void valuesThatDontFitEachOtherAreRefused(String values, String message) {
        assertRefused("checks.yaml", message, "--set", values);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "app.settings.QUARKUS_HTTP_PORT=9090",
                "app.env[0].name=QUARKUS_HTTP_PORT,app.env[0].value=9090",
                "app.env[0].name=PORT,app.env[0].value=9090"
            })
    void aPortAtWhichNobodyListensIsRefused(String setting) {
        assertRefused(
                "checks.yaml",
                "app.ports.http: is 8080, and by the settings the service listens at 9090",
                "--set-string",
                setting);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/(?i:fw)(/.*)?", "/fw//Apps", "fw", "/fw?a"})
    void aPrefixIsAPath(String path) {
        assertRefused(
                "schema",
                "/app/gateway/path/value",
                "--set-json",
                "app.gateway.path={\"type\":\"PathPrefix\",\"value\":\"" + path + "\"}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            egress=[{"to":[{"ipBlock":{"cidr":"fd00::/8","except":["fd00:1::/32"]}}],"ports":[{"port":443,"endPort":450,"protocol":"UDP"},{"port":"ari-tls"}]}]
            from=[{"podSelector":{"matchExpressions":[{"key":"example.com/a","operator":"NotIn","values":["b",""]}]},"namespaceSelector":{}}]
            from=[{"ipBlock":{"cidr":"0.0.0.0/0"}}]
            egress=[]
            """)
    void everythingThatANetworkPolicyKnowsIsTaken(String value) {
        Output output = template("--set-json", "app.networkPolicy." + value);

        assertEquals(0, output.exitCode(), output.text());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "app.settings.LIVE_RECORDINGS_ASTERISK_NODES_EAST_URL=http://pbx:8088",
                "app.settings.LIVE_RECORDINGS_WEBHOOKS__MY_CRM__URL=https://crm.example.com",
                "app.settings.QUARKUS_TLS_IDP_TRUST_STORE_PEM_CERTS=/a",
                "app.env[0].name=LIVE_RECORDINGS_ASTERISK_NODES_EAST_URL,app.env[0].value=http://pbx:8088",
                "app.env[0].name=HTTPS_PROXY,app.env[0].value=http://proxy",
                "app.serviceMonitor.interval=1m30s",
                "app.serviceMonitor.interval=1d",
                "app.strategy.rollingUpdate.maxSurge=150%",
                "app.resources.limits=null",
                "app.resources.limits.cpu=0.5",
                "app.resources.limits.memory=536870912"
            })
    void whatMakesSenseIsTaken(String values) {
        Output output = template("--set", values);

        assertEquals(0, output.exitCode(), output.text());
    }

    private static void assertRefused(String by, String message, String option, String values) {
        Output output = template(option, values);

        assertEquals(1, output.exitCode(), output.text());
        assertTrue(output.text().contains(by), output.text());
        assertTrue(output.text().contains(message), output.text());
    }

    private static Output template(String option, String values) {
        return Helm.run("helm", "template", Helm.CHART.toString(), option, values);
    }
}
