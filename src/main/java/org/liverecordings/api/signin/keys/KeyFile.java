package org.liverecordings.api.signin.keys;

import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.smallrye.jwt.algorithm.SignatureAlgorithm;

/**
 * Reads a file's verification keys: a public key or a certificate as PEM or DER, a JWK or a JWKS. What isn't understood is refused
 * by its name, with what to do about it. The library would start with it and refuse every token.
 */
public final class KeyFile {

    private static final Pattern BEGIN = Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----");
    private static final Pattern BLOCK = Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");
    private static final Pattern HTML = Pattern.compile("(?is)\\s*<(!doctype|html|\\?xml|head|body).*");

    /** Options, such as {@code no-pty}, and comments may stand before it. */
    private static final Pattern OPEN_SSH = Pattern.compile("(?<!\\S)(ssh-|ecdsa-sha2-|sk-)\\S+[ \\t]+AAAA");

    private static final Pattern BARE_BASE64 = Pattern.compile("[A-Za-z0-9+/_=\\s-]{40,}");
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private KeyFile() {}

    /**
     * The keys in a file's content.
     *
     * @throws IllegalArgumentException if there is no key in it that one of the algorithms uses; the message is what the file does
     *     wrong, such as "holds a private key"
     */
    public static KeySet read(byte[] content, Set<SignatureAlgorithm> algorithms) {
        if (content.length > 0 && content[0] == 0x30 && !isText(content)) {
            return holding(DerKey.read(content), algorithms);
        }
        String text = new String(content, utf16(content) ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8);
        if (!text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK) {
            text = text.substring(1);
        }
        if (text.isBlank()) {
            throw new IllegalArgumentException("is empty");
        }
        if (BEGIN.matcher(text).find()) {
            return holding(pem(text), algorithms);
        }
        if (text.stripLeading().startsWith("{")) {
            return KeySet.ofJson(text, algorithms);
        }
        return other(text, algorithms);
    }

    private static KeySet other(String text, Set<SignatureAlgorithm> algorithms) {
        if (HTML.matcher(text).matches()) {
            throw new IllegalArgumentException("holds a web page, not a key");
        }
        if (text.startsWith("PuTTY-User-Key-File")) {
            throw new IllegalArgumentException(
                    "holds a private key in PuTTY's format, which belongs to the issuer alone");
        }
        if (OPEN_SSH.matcher(text).find() || text.contains("---- BEGIN SSH2 PUBLIC KEY ----")) {
            throw new IllegalArgumentException(
                    "holds a key in OpenSSH's format; 'ssh-keygen -e -m PKCS8 -f <file>' writes it as PEM");
        }
        if (text.contains("-----END ")) {
            throw new IllegalArgumentException("holds PEM that is cut: its first line is missing");
        }
        if (BARE_BASE64.matcher(text).matches()) {
            byte[] decoded = base64(text.replace('-', '+').replace('_', '/'));
            return decoded[0] == '{'
                    ? KeySet.ofJson(new String(decoded, StandardCharsets.UTF_8), algorithms)
                    : holding(DerKey.read(decoded), algorithms);
        }
        throw new IllegalArgumentException("holds no key: neither PEM nor DER nor a JWKS");
    }

    private static KeySet holding(PublicKey key, Set<SignatureAlgorithm> algorithms) {
        try {
            return KeySet.of(key, algorithms);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("holds " + e.getMessage(), e);
        }
    }

    private static PublicKey pem(String text) {
        Matcher begin = BEGIN.matcher(text);
        List<String> kinds = new ArrayList<>();
        while (begin.find()) {
            kinds.add(begin.group(1));
        }
        if (kinds.stream().anyMatch(kind -> kind.endsWith("PRIVATE KEY"))) {
            throw new IllegalArgumentException(DerKey.PRIVATE);
        }
        if (kinds.size() > 1) {
            throw new IllegalArgumentException("holds " + kinds.size() + " PEM blocks; put several keys into a JWKS");
        }
        Matcher block = BLOCK.matcher(text);
        if (!block.find()) {
            throw new IllegalArgumentException(
                    "holds PEM that is cut: there is no '-----END " + kinds.get(0) + "-----'");
        }
        return switch (kinds.get(0)) {
            case "PUBLIC KEY", "CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE" ->
                DerKey.read(base64(block.group(2)));
            case "RSA PUBLIC KEY" -> throw new IllegalArgumentException(DerKey.PKCS1);
            default ->
                throw new IllegalArgumentException(
                        "holds " + kinds.get(0).toLowerCase(Locale.ROOT) + "; needed is a public key or a certificate");
        };
    }

    private static byte[] base64(String text) {
        try {
            byte[] decoded = Base64.getMimeDecoder().decode(text);
            if (decoded.length == 0) {
                throw new IllegalArgumentException("holds PEM without a key between its first and its last line");
            }
            return decoded;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("holds PEM that is cut or not Base64", e);
        }
    }

    /** DER begins with a byte that is the digit 0 as well. */
    private static boolean isText(byte[] content) {
        for (byte b : content) {
            if (b >= 0 && b < 0x20 && b != '\n' && b != '\r' && b != '\t') {
                return false;
            }
        }
        return true;
    }

    private static boolean utf16(byte[] content) {
        return content.length >= 2
                && ((content[0] == (byte) 0xFE && content[1] == (byte) 0xFF)
                        || (content[0] == (byte) 0xFF && content[1] == (byte) 0xFE));
    }
}
