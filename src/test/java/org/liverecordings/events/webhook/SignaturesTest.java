package org.liverecordings.events.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With the vector that the libraries of Standard Webhooks are tested with. */
class SignaturesTest {

    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private static final long TIMESTAMP = 1_614_265_330L;
    private static final String BODY = "{\"test\": 2432232314}";
    private static final String SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    @Test
    void itIsThatOfTheSpecification() {
        assertEquals(SIGNATURE, Signatures.of("secret", SECRET).of(ID, TIMESTAMP, BODY));
    }

    @Test
    void whileASecretIsReplacedThereIsOneOfEach() {
        String other = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
        String both = Signatures.of("secret", " " + SECRET + "  " + other).of(ID, TIMESTAMP, BODY);
        assertEquals(SIGNATURE + " " + Signatures.of("secret", other).of(ID, TIMESTAMP, BODY), both);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "secret",
                "whsec_",
                "whsec_c2hvcnQ=",
                "whsec_not Base64",
                "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw whsec_x",
                "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
            })
    void aSecretThatIsNoneIsRefusedAndNotTold(String secret) {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> Signatures.of("webhooks.crm.secret", secret));
        assertEquals(
                "webhooks.crm.secret: must be whsec_ and Base64 of 24 to 64 bytes; of several, with a space between",
                refused.getMessage());
    }
}
