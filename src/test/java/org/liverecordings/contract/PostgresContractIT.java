package org.liverecordings.contract;

import java.net.URI;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.liverecordings.support.PostgresServer;
import org.liverecordings.support.ServiceProcess;

class PostgresContractIT extends Contract {

    private static ServiceProcess service;

    @BeforeAll
    static void start() {
        PostgresServer server = PostgresServer.shared();
        Map<String, String> environment = ContractFiles.environment();
        environment.putAll(PostgresServer.settings(server.url(server.newDatabase())));
        service = ServiceProcess.start(environment);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Override
    URI service() {
        return service.uri();
    }
}
