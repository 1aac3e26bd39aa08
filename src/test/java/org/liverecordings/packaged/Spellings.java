package org.liverecordings.packaged;

import java.util.List;
import java.util.Random;

/** Spellings of request targets that a proxy and a server may read in different ways. */
final class Spellings {

    private static final List<String> API = List.of("fw", "Apps", "Recorder", "WebAPI", "LiveRecordings");
    private static final List<List<String>> OTHERS = List.of(
            List.of("q", "metrics"),
            List.of("q", "health"),
            List.of("q", "health", "ready"),
            List.of("q", "health", "group", "x"),
            List.of("q", "openapi"),
            List.of("audit"));

    private final long seed;
    private final Random random;

    Spellings(long seed) {
        this.seed = seed;
        this.random = new Random(seed);
    }

    /** A way to something else than the API, that a proxy may take for a way to the API, or the other way round. */
    String ofSomethingElse() {
        List<String> other = OTHERS.get(random.nextInt(OTHERS.size()));
        String target = random.nextInt(4) > 0 ? detour(other, API) : detour(API, other);
        return switch (random.nextInt(12)) {
            case 0 -> "/" + target;
            case 1 -> "http://localhost" + target;
            case 2 -> target + any("?", "#", "%3f", "%23", "%00", ";", "/") + random.nextInt(9);
            default -> target;
        };
    }

    /** First here, then up to the root, then there. */
    private String detour(List<String> here, List<String> there) {
        StringBuilder target = new StringBuilder();
        for (String segment : here) {
            target.append(target.isEmpty() ? "/" : slash()).append(letters(segment));
        }
        if (random.nextInt(3) == 0) {
            target.append(any(";", "%3b", ";a", ";a=b", "%00", "#", "%23", "?", "%3f"));
        }
        int up = here.size()
                + (target.toString().contains("?") ? 0 : random.nextInt(4) == 0 ? random.nextInt(3) - 1 : 0);
        for (int i = 0; i < up; i++) {
            target.append(slash()).append(dot()).append(dot());
        }
        for (String segment : there) {
            target.append(slash())
                    .append(random.nextInt(8) == 0 ? dot() + slash() : "")
                    .append(letters(segment));
        }
        return target.toString();
    }

    private String slash() {
        return random.nextInt(3) > 0
                ? any("/", "%2f", "%2F")
                : any("//", "\\", "%5c", "%252f", ";/", "/./", "%c0%af", "/");
    }

    private String dot() {
        return random.nextInt(6) > 0 ? any(".", "%2e", "%2E") : any(".", "%252e", "%c0%ae");
    }

    private String letters(String text) {
        int at = random.nextInt(text.length());
        return switch (random.nextInt(8)) {
            case 0 -> text.substring(0, at) + escape(text.charAt(at)) + text.substring(at + 1);
            case 1 -> text.toLowerCase();
            default -> text;
        };
    }

    private String any(String... texts) {
        return texts[random.nextInt(texts.length)];
    }

    private static String escape(char c) {
        return String.format("%%%02x", (int) c);
    }

    /** A stop of a recording that there isn't, as a client may well spell it. */
    String ofAStop() {
        String path = anyCase("/" + String.join("/", API));
        return switch (random.nextInt(4)) {
            case 0 ->
                path + "?" + anyCase("deviceName") + "="
                        + any("SEP0", "SEP%200", "SEP;0", "SEP\\0", "%2f..%2f", "../../q");
            case 1 ->
                path + "/?" + anyCase("directoryNumber") + "="
                        + any("\\+39058", "+39058", "%2B39058", "%5C%2B39058", "58#");
            default -> path + "/" + id() + any("", "/", "//", "?x=..%2f");
        };
    }

    private String id() {
        String id = anyCase("75a90276-e47e-4e9e-b463-e3c743d50001");
        int at = random.nextInt(id.length());
        return switch (random.nextInt(6)) {
            case 0 -> "{" + id + "}";
            case 1 -> "%7B" + id + "%7d";
            case 2 -> "(" + id + ")";
            case 3 -> id.replace("-", "");
            case 4 -> id.substring(0, at) + escape(id.charAt(at)) + id.substring(at + 1);
            default -> id;
        };
    }

    private String anyCase(String text) {
        StringBuilder mixed = new StringBuilder();
        for (char c : text.toCharArray()) {
            mixed.append(random.nextBoolean() ? Character.toUpperCase(c) : Character.toLowerCase(c));
        }
        return mixed.toString();
    }

    /** How to get the same ones again. */
    @Override
    public String toString() {
        return "ingress.seed=" + seed;
    }
}
