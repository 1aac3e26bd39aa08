package org.liverecordings.contract;

import java.net.URI;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.liverecordings.support.ServiceProcess;

/** The same answers for clients that sign in with HTTP Basic. */
class BasicContractIT {

    private static ServiceProcess service;

    @BeforeAll
    static void start() {
        Map<String, String> environment = ContractFiles.environment();
        environment.put("LIVE_RECORDINGS_BASIC_USERS_FILE", BasicUsersFile.write(Contract.rows()));
        service = ServiceProcess.start(environment);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    /** The users file has no level 0: nobody is in it who may do nothing. */
    static Stream<Row> rows() {
        return Contract.rows().filter(row -> !row.token().startsWith("level 0"));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void answersAsDocumented(Row row) {
        URI uri = service.uri();

        row.check(uri, BasicUsersFile.BASIC);
    }
}
