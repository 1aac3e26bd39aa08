package org.liverecordings.lines;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

import org.liverecordings.database.Database;
import org.liverecordings.database.Sql;
import org.liverecordings.recording.DeviceName;
import org.liverecordings.recording.DirectoryNumber;
import org.liverecordings.recording.Line;
import org.liverecordings.recording.LineSelector;
import org.liverecordings.recording.store.LineCapabilities;

/** The inventory of lines in PostgreSQL. Nothing of it is kept here: what a line allows is read for every decision. */
public final class PostgresLineCapabilities implements LineCapabilities {

    private final Database database;

    /** Never null. */
    public PostgresLineCapabilities(Database database) {
        this.database = database;
    }

    @Override
    public Optional<Line> find(DeviceName deviceName, DirectoryNumber directoryNumber) {
        Sql select = where("device_key = ? AND directory_number = ?").with(deviceName.key(), directoryNumber.value());
        return database.first(select, LineRows::line);
    }

    @Override
    public List<Line> find(LineSelector selector) {
        if (selector.deviceName() == null) {
            return list(where("directory_number = ?")
                    .with(selector.directoryNumber().value()));
        }
        if (selector.directoryNumber() == null) {
            return list(where("device_key = ?").with(selector.deviceName().key()));
        }
        return find(selector.deviceName(), selector.directoryNumber()).stream().toList();
    }

    @Override
    public List<Line> ofUser(String username) {
        return list(where("user_key = ?").with(Line.userKey(username)));
    }

    @Override
    public List<Line> ofUsers(Collection<String> usernames) {
        return list(where("user_key = ANY (?)").with((Object) Sql.texts(usernames, Line::userKey)));
    }

    @Override
    public List<Line> ofNumbers(Collection<DirectoryNumber> numbers) {
        return list(where("directory_number = ANY (?)").with((Object) Sql.texts(numbers, DirectoryNumber::value)));
    }

    @Override
    public long count() {
        return database.first(Sql.of("SELECT count(*) AS n FROM line"), row -> row.getLong("n"))
                .orElseThrow();
    }

    private static Sql where(String condition) {
        return Sql.of("SELECT " + LineRows.COLUMNS + " FROM line WHERE " + condition);
    }

    /** Sorted here, since databases sort text by rules of their own. */
    private List<Line> list(Sql select) {
        return database.list(select, LineRows::line).stream()
                .sorted(Line.IN_ORDER)
                .toList();
    }
}
