package org.liverecordings.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import org.liverecordings.support.ServiceProcess;
import org.liverecordings.support.TestTokens;

/** The settings of a service that knows the state of every row. */
public class ContractFiles implements QuarkusTestResourceLifecycleManager {

    /** As environment variables; the inventory has these lines besides. */
    static Map<String, String> environment(String... moreLines) {
        Map<String, String> settings = ServiceProcess.tokenSettings();
        settings.put("LIVE_RECORDINGS_SIGN_IN_LEVELS", TeamContract.LEVELS);
        settings.put(
                "LIVE_RECORDINGS_LINES_FILE",
                file(
                        "deviceName,directoryNumber,username,tapiMonitorable,automaticRecording,recording,group",
                        ContractFiles::lines,
                        Stream.of(moreLines).map(ContractFiles::padded).toArray(String[]::new)));
        settings.put(
                "LIVE_RECORDINGS_EMBEDDED_RECORDINGS_FILE",
                file("id,deviceName,directoryNumber,mode,origin", Row::recordings));
        settings.put("LIVE_RECORDINGS_EMBEDDED_IDLE_NUMBERS", SisterContract.IDLE_NUMBER);
        settings.put("LIVE_RECORDINGS_EMBEDDED_SIMULATE_FAILING", StopContract.FAILING_ID);
        settings.put("LIVE_RECORDINGS_EMBEDDED_SIMULATE_UNREACHABLE", StopContract.UNREACHABLE_ID);
        return settings;
    }

    private static List<String> lines(Row row) {
        return row.lines().stream().map(ContractFiles::padded).toList();
    }

    /** Most lines are written as files without the optional columns have them. */
    private static String padded(String line) {
        return line.chars().filter(c -> c == ',').count() == 4 ? line + ",," : line;
    }

    private static String file(String header, Function<Row, List<String>> content, String... more) {
        List<String> rows = new ArrayList<>();
        rows.add(header);
        Contract.rows().map(content).forEach(rows::addAll);
        rows.addAll(List.of(more));
        try {
            Path file = Files.createTempFile("contract", ".csv");
            file.toFile().deleteOnExit();
            return Files.write(file, rows).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lines that the inventory has besides those of the rows. */
    protected String[] moreLines() {
        return new String[0];
    }

    @Override
    public Map<String, String> start() {
        Map<String, String> environment = environment(moreLines());
        return Map.of(
                // In tests the framework sets this to a key of its own, and it outranks the key's location.
                "mp.jwt.verify.publickey",
                TestTokens.publicKey(),
                "mp.jwt.verify.issuer",
                environment.get("MP_JWT_VERIFY_ISSUER"),
                "live-recordings.sign-in.levels",
                TeamContract.LEVELS,
                "live-recordings.lines.file",
                environment.get("LIVE_RECORDINGS_LINES_FILE"),
                "live-recordings.embedded.recordings-file",
                environment.get("LIVE_RECORDINGS_EMBEDDED_RECORDINGS_FILE"),
                "live-recordings.embedded.idle-numbers",
                SisterContract.IDLE_NUMBER,
                "live-recordings.embedded.simulate.failing",
                StopContract.FAILING_ID,
                "live-recordings.embedded.simulate.unreachable",
                StopContract.UNREACHABLE_ID);
    }

    @Override
    public void stop() {
        // Nothing runs.
    }
}
