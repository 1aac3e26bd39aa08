package org.liverecordings.api.signin.keys;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.spec.X509EncodedKeySpec;
import java.util.List;
import java.util.Map;

/** Reads a public key or a certificate in DER. What else it is, the first elements of its outermost sequence tell. */
final class DerKey {

    static final String PRIVATE =
            "holds a private key, which belongs to the issuer alone; 'openssl pkey -in <file> -pubout' writes the"
                    + " public one";
    static final String PKCS1 = "holds a key in the format PKCS#1; 'openssl rsa -RSAPublicKey_in -in <file> -pubout'"
            + " writes it as 'PUBLIC KEY'";
    private static final String PKCS12 =
            "holds a key store (PKCS#12); 'openssl pkcs12 -in <file> -clcerts -nokeys' writes its certificate";
    private static final String PKCS7 =
            "holds certificates in the format PKCS#7; 'openssl pkcs7 -in <file> -print_certs' writes them as PEM";
    private static final String EXPLICIT =
            "holds an EC key with explicit parameters; needed is one that names its curve:"
                    + " 'openssl ec -pubin -in <file> -param_enc named_curve -pubout'";
    private static final String CUT = "holds a key or a certificate that is cut";
    private static final String NEITHER = "holds neither a public key (RSA, EC, EdDSA) nor a certificate";

    private static final List<String> KEY_TYPES = List.of("RSA", "EC", "EdDSA");

    private static final String EC = "2a8648ce3d0201";

    /** Types of keys that verify no token, by the object identifiers in front of them. */
    private static final Map<String, String> OTHER_TYPES = Map.of(
            "2a864886f70d01010a", "RSA-PSS",
            "2a864886f70d010107", "RSA-OAEP",
            "2a8648ce380401", "DSA",
            "2a864886f70d010301", "DH",
            "2a8648ce3e0201", "DH",
            "2b656e", "X25519",
            "2b656f", "X448");

    private DerKey() {}

    /**
     * The key.
     *
     * @throws IllegalArgumentException if there is none; the message is what it is instead, such as "holds a private key"
     */
    static PublicKey read(byte[] der) {
        for (String type : KEY_TYPES) {
            try {
                return KeyFactory.getInstance(type).generatePublic(new X509EncodedKeySpec(der));
            } catch (GeneralSecurityException e) {
                // Another type, a certificate, or nothing of all that.
            }
        }
        try {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(der))
                    .getPublicKey();
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(fault(DerElement.sequence(der)), e);
        }
    }

    private static String fault(DerElement file) {
        List<DerElement> parts = file.parts();
        DerElement first = parts.isEmpty() ? DerElement.NONE : parts.get(0);
        DerElement second = parts.size() < 2 ? DerElement.NONE : parts.get(1);
        if (first.tag() == DerElement.INTEGER && first.hex().equals("03")) {
            return PKCS12;
        }
        // A version comes first in every format of a private key; in an encrypted one, what it is encrypted with.
        if (first.tag() == DerElement.INTEGER
                        && (first.hex().equals("00") || first.hex().equals("01"))
                || first.tag() == DerElement.SEQUENCE && second.tag() == DerElement.OCTETS) {
            return PRIVATE;
        }
        if (file.isCut()) {
            return CUT;
        }
        if (first.tag() == DerElement.INTEGER && second.tag() == DerElement.INTEGER && parts.size() == 2) {
            return PKCS1;
        }
        if (first.tag() == DerElement.OBJECT_IDENTIFIER) {
            return first.hex().startsWith("2a864886f70d0107") ? PKCS7 : NEITHER;
        }
        return second.tag() == DerElement.BITS ? otherType(first.parts()) : NEITHER;
    }

    private static String otherType(List<DerElement> algorithm) {
        String type = algorithm.isEmpty() ? "" : algorithm.get(0).hex();
        if (type.equals(EC) && algorithm.size() > 1) {
            return algorithm.get(1).tag() == DerElement.SEQUENCE
                    ? EXPLICIT
                    : "holds an EC key of a curve that isn't known; P-256, P-384 and P-521 are";
        }
        return OTHER_TYPES.containsKey(type)
                ? "holds a key of type " + OTHER_TYPES.get(type) + "; needed is one of type RSA, EC or EdDSA"
                : NEITHER;
    }
}
