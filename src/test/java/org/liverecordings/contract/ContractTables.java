package org.liverecordings.contract;

import java.util.stream.IntStream;
import java.util.stream.Stream;

/** All that the contracts' tables hold the service to. */
public final class ContractTables {

    private ContractTables() {}

    /** Every row, with its placeholders filled in. */
    public static Stream<Row> rows() {
        return Stream.concat(
                IntStream.range(0, StopContract.TABLE.size())
                        .mapToObj(i -> StopContract.TABLE.get(i).numbered(i + 1)),
                IntStream.range(0, SisterContract.TABLE.size())
                        .mapToObj(i -> SisterContract.TABLE.get(i).numbered(i + 501)));
    }
}
