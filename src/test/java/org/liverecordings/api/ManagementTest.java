package org.liverecordings.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What operators and integrators look at. */
@QuarkusTest
class ManagementTest {

    @ParameterizedTest
    @ValueSource(strings = {"live", "ready", "started", "well"})
    void everyProbeHasItsOwnPath(String probe) {
        given().when().get("/q/health/" + probe).then().statusCode(200).body("status", equalTo("UP"));
    }

    @Test
    void theRecordersCircuitIsSeenInTheWellGroupAlone() {
        given().when()
                .get("/q/health/well")
                .then()
                .body("checks.name", equalTo(List.of("recorder")))
                .body("checks[0].data.circuit", equalTo("closed"));
        given().when().get("/q/health/live").then().body("checks.size()", equalTo(0));
    }

    @Test
    void metricsAreThere() {
        given().when().get("/q/metrics").then().statusCode(200).body(containsString("jvm_memory_used_bytes"));
    }

    /** The document is written by hand, so that it says what annotations can't; this holds it to the code. */
    @Test
    void theDocumentHasExactlyTheOperationsThatThereAre() throws IOException {
        String document = given().when()
                .get("/q/openapi")
                .then()
                .statusCode(200)
                .contentType("application/yaml")
                .extract()
                .asString();

        Map<String, Set<String>> operations = new TreeMap<>();
        new ObjectMapper(new YAMLFactory())
                .readTree(document)
                .at("/paths")
                .properties()
                .forEach(path -> path.getValue()
                        .fieldNames()
                        .forEachRemaining(method -> operations
                                .computeIfAbsent(path.getKey(), where -> new TreeSet<>())
                                .add(method)));
        assertEquals(Set.of("get"), operations.remove("/audit"));

        assertEquals(operationsInCode(), operations);
    }

    private static Map<String, Set<String>> operationsInCode() {
        Map<String, Set<String>> operations = new TreeMap<>();
        for (Method method : LiveRecordingsResource.class.getDeclaredMethods()) {
            Path path = method.getAnnotation(Path.class);
            String where = ApiPaths.LIVE_RECORDINGS + (path == null ? "" : "/" + path.value());
            Map.of(GET.class, "get", POST.class, "post", PUT.class, "put", DELETE.class, "delete")
                    .forEach((annotation, name) -> {
                        if (method.isAnnotationPresent(annotation)) {
                            operations
                                    .computeIfAbsent(where, w -> new TreeSet<>())
                                    .add(name);
                        }
                    });
        }
        return operations;
    }
}
