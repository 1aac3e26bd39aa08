package org.liverecordings;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/** Starts the service. */
@QuarkusMain
public class Main {

    /**
     * Existing clients send what isn't legal in a URI, such as the backslash of CUCM's {@code \+39…}. Quarkus would answer them
     * 400 before any of our code sees the request; we make such requests legal instead, the very first thing that we do
     * ({@code RequestIntake}). There is no other switch for it than this system property, which is read when Quarkus's classes
     * are loaded.
     */
    private static final String DISABLE_URI_VALIDATION = "vertx.disableURIValidation";

    /** No arguments are understood. */
    public static void main(String... args) {
        System.setProperty(DISABLE_URI_VALIDATION, "true");
        Quarkus.run(args);
    }
}
