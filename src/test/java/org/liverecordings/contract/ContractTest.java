package org.liverecordings.contract;

import java.net.URI;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
@QuarkusTestResource(value = ContractFiles.class, restrictToAnnotatedClass = true)
class ContractTest extends Contract {

    @TestHTTPResource
    URI uri;

    @Override
    URI service() {
        return uri;
    }
}
