package org.liverecordings.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.liverecordings.support.FakeSuite;
import org.liverecordings.support.RawHttp;
import org.liverecordings.support.ServiceProcess;
import org.liverecordings.support.TestCertificate;

/**
 * A suite whose certificate isn't trusted is one that can't be reached: nothing was sent, and once either side's certificates
 * are put right the same call works. Hence 504 without a stop pending, and not the 500 of a suite that refuses our user.
 */
class SuiteTlsIT {

    private static TestCertificate certificate;
    private static FakeSuite suite;

    @BeforeAll
    static void start() {
        certificate = TestCertificate.forName("ip:127.0.0.1");
        suite = FakeSuite.startTls(certificate.serverContext());
    }

    @AfterAll
    static void stop() {
        suite.close();
    }

    @Test
    void aSelfSignedCertificateIsTrustedThroughTheTlsRegistry() {
        Map<String, String> settings = trusting(suite, certificate);
        try (ServiceProcess service = ServiceProcess.start(settings)) {

            RawHttp.Answer answer = SuiteInTrouble.stop(service, SuiteInTrouble.byId(UUID.randomUUID()));

            SuiteInTrouble.assertStopped(answer);
        }
    }

    @Test
    void aCertificateThatIsNotTrustedIs504AndGetsNoRequest() {
        try (ServiceProcess service = ServiceProcess.start(patient(suite))) {
            int before = suite.requests().size();

            RawHttp.Answer answer = SuiteInTrouble.stop(service, SuiteInTrouble.byId(UUID.randomUUID()));

            SuiteInTrouble.assertProblem(504, answer);
            assertEquals(before, suite.requests().size());
            assertTrue(service.log().contains("outcome=failed"), service.log());
        }
    }

    @Test
    void aTrustedCertificateOfAnotherHostIs504AndGetsNoRequest() {
        TestCertificate other = TestCertificate.forName("dns:other.example.com");
        try (FakeSuite impostor = FakeSuite.startTls(other.serverContext());
                ServiceProcess service = ServiceProcess.start(trusting(impostor, other))) {

            RawHttp.Answer answer = SuiteInTrouble.stop(service, SuiteInTrouble.byId(UUID.randomUUID()));

            SuiteInTrouble.assertProblem(504, answer);
            assertEquals(0, impostor.requests().size());
        }
    }

    /** The first handshake of a JVM takes longer than the other tests allow for a try. */
    private static Map<String, String> patient(FakeSuite suite) {
        Map<String, String> settings = SuiteInTrouble.settings(suite.uri());
        settings.put("LIVE_RECORDINGS_GUARD_DEADLINE", "20s");
        settings.put("LIVE_RECORDINGS_GUARD_ATTEMPT_TIMEOUT", "10s");
        return settings;
    }

    private static Map<String, String> trusting(FakeSuite suite, TestCertificate certificate) {
        Map<String, String> settings = patient(suite);
        settings.put(
                "QUARKUS_TLS_SUITE_TRUST_STORE_PEM_CERTS", certificate.pemFile().toString());
        settings.put("LIVE_RECORDINGS_IMAGICLE_TLS_CONFIGURATION_NAME", "suite");
        return settings;
    }
}
