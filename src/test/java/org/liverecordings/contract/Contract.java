package org.liverecordings.contract;

import java.net.URI;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every row of the operations' tables, asked of a running service. */
abstract class Contract {

    static Stream<Row> rows() {
        return Stream.concat(
                IntStream.range(0, StopContract.TABLE.size())
                        .mapToObj(i -> StopContract.TABLE.get(i).numbered(i + 1)),
                IntStream.range(0, SisterContract.TABLE.size())
                        .mapToObj(i -> SisterContract.TABLE.get(i).numbered(i + 501)));
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
