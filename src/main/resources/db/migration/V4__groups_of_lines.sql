-- The group that a line belongs to, and whether no call on it is recorded. Replicas of the version before leave both alone.
ALTER TABLE line ADD COLUMN group_key text;
ALTER TABLE line ADD COLUMN recording_none boolean NOT NULL DEFAULT false;

-- Who stops a suite's recording as the manager of its line.
ALTER TABLE stop_lease ADD COLUMN manager text;
CREATE INDEX stop_lease_by_manager ON stop_lease (manager) WHERE manager IS NOT NULL;

-- The groups whose lines a request named, as they were when it was asked: what those who manage a group may read of the trail.
CREATE TABLE audit_line_group (
    entry_id uuid NOT NULL REFERENCES audit_entry (id) ON DELETE CASCADE,
    group_key text NOT NULL,
    PRIMARY KEY (entry_id, group_key)
);
CREATE INDEX audit_line_group_by_group ON audit_line_group (group_key, entry_id);

-- The reason that the caller gave.
ALTER TABLE audit_entry ADD COLUMN why text;
