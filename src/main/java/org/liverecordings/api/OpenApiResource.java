package org.liverecordings.api;

import java.io.IOException;
import java.io.InputStream;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;

import io.smallrye.common.annotation.Blocking;

/**
 * Serves the API's description as it stands in a file. An extension would read, check and write it anew at each start, which took a
 * quarter of the native executable's.
 */
@Path("/q/openapi")
@Blocking
public class OpenApiResource {

    private static final String DOCUMENT = "/META-INF/openapi.yaml";

    /** As YAML. */
    @GET
    @Produces("application/yaml;charset=UTF-8")
    @PermitAll
    public byte[] document() throws IOException {
        try (InputStream document = OpenApiResource.class.getResourceAsStream(DOCUMENT)) {
            return document.readAllBytes();
        }
    }
}
