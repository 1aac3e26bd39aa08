package org.liverecordings.contract;

import java.net.URI;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.liverecordings.support.ServiceProcess;

class ContractIT extends Contract {

    private static ServiceProcess service;

    @BeforeAll
    static void start() {
        service = ServiceProcess.start(ContractFiles.environment());
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
