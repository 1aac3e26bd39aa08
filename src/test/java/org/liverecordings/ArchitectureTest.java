package org.liverecordings;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.smallrye.config.ConfigMapping;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.liverecordings.database.JdbcUrl;

/** The walls between the rooms. */
class ArchitectureTest {

    private static final String OURS = "org.liverecordings";

    private static final JavaClasses SERVICE = new ClassFileImporter()
            // ArchUnit's own option knows only one folder of a build.
            .withImportOption(location -> !location.contains("/test-classes/"))
            .importPackages(OURS);

    @Test
    void theInsideIsPlainJava() {
        classes()
                .that()
                .resideInAPackage(OURS + ".recording..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        OURS + ".recording..",
                        OURS + ".text..",
                        "java.lang..",
                        "java.math..",
                        "java.nio.charset..",
                        "java.time..",
                        "java.util..",
                        "jakarta.inject..",
                        "jakarta.enterprise..")
                .check(SERVICE);
    }

    /** {@code MetricLabels} bounds the labels of the framework's own. */
    @Test
    void whatIsMeasuredIsInOneRoom() {
        noClasses()
                .that()
                .resideOutsideOfPackages(OURS + ".metrics", OURS + ".wiring..")
                .and()
                .doNotHaveSimpleName("MetricLabels")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.micrometer..", "io.prometheus..")
                .check(SERVICE);
    }

    @Test
    void theInsideWritesNoLog() {
        noClasses()
                .that()
                .resideInAPackage(OURS + ".recording..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.util.logging..")
                .check(SERVICE);
    }

    @ParameterizedTest
    @CsvSource({
        "registry, recording text database metrics",
        "lines, recording csv text database settings",
        "recorder, recording csv text settings metrics",
        "audit, recording csv text database settings",
        "events, recording text database settings",
        "database, recording text settings",
        "api, recording text settings metrics",
        "metrics, recording text",
        "csv, recording text",
        "text, ''",
        "settings, ''"
    })
    void aRoomKnowsOnlyTheRoomsItNeeds(String room, String known) {
        DescribedPredicate<JavaClass> allowed =
                resideOutsideOfPackage(OURS + "..").or(inRoom(room));
        for (String other : known.isEmpty() ? new String[0] : known.split(" ")) {
            allowed = allowed.or(inRoom(other));
        }
        classes()
                .that(inRoom(room))
                .should()
                .onlyDependOnClassesThat(allowed.as("are of no other room than " + known))
                .check(SERVICE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"stop", "start", "pause", "list", "hold", "reconcile"})
    void anOperationIsKnownToNoOtherAndToNoPort(String operation) {
        noClasses()
                .that()
                .resideInAPackage(OURS + ".recording..")
                .and()
                .resideOutsideOfPackage(OURS + ".recording." + operation)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(OURS + ".recording." + operation)
                .check(SERVICE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"recording", "api", "recorder", "events", "wiring"})
    void whatIsInARoomHasNoCycles(String room) {
        slices().matching(OURS + "." + room + ".(*)..")
                .should()
                .beFreeOfCycles()
                .check(SERVICE);
    }

    @ParameterizedTest
    @CsvSource({
        "recorder.embedded, recorder.imagicle",
        "recorder.embedded, recorder.asterisk",
        "recorder.imagicle, recorder.embedded",
        "recorder.imagicle, recorder.asterisk",
        "recorder.asterisk, recorder.embedded",
        "recorder.asterisk, recorder.imagicle",
        "api.recordings, api.audit",
        "api.audit, api.recordings",
        "api.events, api.recordings",
        "api.recordings, api.events",
        "api.events, api.audit",
        "api.audit, api.events",
        "api.holds, api.recordings",
        "api.recordings, api.holds",
        "api.holds, api.audit",
        "api.holds, api.events"
    })
    void neighboursDontKnowEachOther(String room, String other) {
        noClasses()
                .that(inRoom(room))
                .should()
                .dependOnClassesThat(inRoom(other))
                .check(SERVICE);
    }

    @Test
    void noRoomIsCrowded() {
        Map<String, Long> sizes = SERVICE.stream()
                .filter(JavaClass::isTopLevelClass)
                .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));
        sizes.values().removeIf(size -> size <= 15);
        assertEquals(Map.of(), sizes);
    }

    @Test
    void noClassIsLongerThanAReaderCanHoldInMind() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            Map<Path, Long> lengths = files.filter(file -> file.toString().endsWith(".java"))
                    .collect(Collectors.toMap(Function.identity(), ArchitectureTest::lines));
            assertFalse(lengths.isEmpty());
            lengths.values().removeIf(length -> length <= 200);
            assertEquals(Map.of(), lengths);
        }
    }

    private static long lines(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void everyRoomIsKnownHere() {
        classes()
                .should(
                        be(
                                DescribedPredicate.describe(
                                        "in a known room",
                                        type -> type.getPackageName()
                                                .matches(
                                                        OURS
                                                                + "(\\.(recording|wiring|api|registry|lines|recorder|audit|events|database|metrics|csv|text|settings)(\\..*)?)?"))))
                .check(SERVICE);
    }

    @Test
    void nobodyKnowsTheWiring() {
        noClasses()
                .that()
                .resideOutsideOfPackage(OURS + ".wiring..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(OURS, OURS + ".wiring..")
                .check(SERVICE);
    }

    /** In the room itself is what the rooms in it share. */
    @Test
    void theWiringKnowsNoRoomInIt() {
        noClasses()
                .that()
                .resideInAPackage(OURS + ".wiring")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(OURS + ".wiring.*..")
                .check(SERVICE);
    }

    @Test
    void thereAreNoCycles() {
        slices().matching(OURS + ".(*)..").should().beFreeOfCycles().check(SERVICE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"io.vertx.core.http..", "java.net.http.."})
    void onlyTheRecorderAndSignInAndWebhooksSpeakHttpToOthers(String client) {
        noClasses()
                .that()
                .resideOutsideOfPackages(OURS + ".recorder..", OURS + ".events.webhook..", OURS + ".api.signin.keys..")
                .should()
                .dependOnClassesThat(resideInAPackage(client)
                        .and(DescribedPredicate.describe(
                                "are clients", type -> client.startsWith("java") || isOfTheClient(type))))
                .check(SERVICE);
    }

    /** The package of Vert.x's HTTP client is that of its server as well. */
    private static boolean isOfTheClient(JavaClass type) {
        return type.getSimpleName().startsWith("HttpClient")
                || type.getSimpleName().startsWith("WebSocketClient")
                || type.getSimpleName().equals("RequestOptions");
    }

    /** What is below {@code api} may ask who the caller is; who the caller is doesn't depend on what is asked. */
    @Test
    void signInKnowsNothingOfWhatItGuards() {
        noClasses()
                .that()
                .resideInAPackage(OURS + ".api.signin..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(OURS + ".api")
                .check(SERVICE);
    }

    @Test
    void onlyTheApiSpeaksJakartaRest() {
        noClasses()
                .that()
                .resideOutsideOfPackage(OURS + ".api..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jakarta.ws.rs..")
                .check(SERVICE);
    }

    /** The database's addresses are Quarkus's settings; they are only looked at. */
    @Test
    void everySettingIsBelowOurName() {
        classes()
                .that()
                .areAnnotatedWith(ConfigMapping.class)
                .and()
                .areNotAssignableTo(JdbcUrl.Datasource.class)
                .and()
                .areNotAssignableTo(JdbcUrl.Migration.class)
                .should(be(DescribedPredicate.describe(
                        "mapped below live-recordings",
                        type -> type.getAnnotationOfType(ConfigMapping.class)
                                .prefix()
                                .matches("live-recordings(\\..+)?"))))
                .check(SERVICE);
    }

    private static DescribedPredicate<JavaClass> inRoom(String room) {
        return resideInAPackage(OURS + "." + room + "..");
    }
}
