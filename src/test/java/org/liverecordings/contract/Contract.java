package org.liverecordings.contract;

import java.net.URI;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every row of the operations' tables, asked of a running service. */
abstract class Contract {

    static Stream<Row> rows() {
        return ContractTables.rows();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void answersAsDocumented(Row row) {
        row.check(service(), credentials());
    }

    /** Where a service runs that knows every row's state. */
    abstract URI service();

    Row.Credentials credentials() {
        return Row.Credentials.BEARER;
    }
}
