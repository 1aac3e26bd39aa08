package org.liverecordings.contract;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** All that the contracts' tables hold the service to. */
public final class ContractTables {

    private ContractTables() {}

    /** Every row, with its placeholders filled in. */
    public static Stream<Row> rows() {
        return Stream.of(
                        numbered(StopContract.TABLE, 1),
                        numbered(SisterContract.TABLE, 501),
                        numbered(TeamContract.TABLE, 801),
                        numbered(HoldContract.TABLE, 901),
                        numbered(TimerContract.TABLE, 1001))
                .flatMap(rows -> rows);
    }

    private static Stream<Row> numbered(List<Row> table, int first) {
        return IntStream.range(0, table.size()).mapToObj(i -> table.get(i).numbered(first + i));
    }
}
