-- Plain SQL that CockroachDB and YugabyteDB take as well: no extension, no trigger, no sequence, no enum, no advisory lock. Where
-- ranges are read the order is spelled out, since YugabyteDB hashes an index's first column by default.

CREATE TABLE live_recording (
    id uuid PRIMARY KEY,
    device_name text,
    device_key text,
    directory_number text NOT NULL,
    mode text NOT NULL,
    origin text NOT NULL,
    started_at timestamptz NOT NULL,
    status text NOT NULL,
    -- What a started recording occupies; null for those that were there before us, of which one line may have several.
    line_slot text UNIQUE
);
CREATE INDEX live_recording_by_device ON live_recording (device_key, directory_number);
CREATE INDEX live_recording_by_number ON live_recording (directory_number);
CREATE INDEX live_recording_start_pending ON live_recording (id) WHERE status = 'START_PENDING';

-- What the embedded recorder's file brought once doesn't come back when a replica starts again.
CREATE TABLE imported_recording (
    id uuid PRIMARY KEY
);

CREATE TABLE pending_stop (
    attempt_id uuid PRIMARY KEY,
    target text NOT NULL,
    recording_id uuid,
    -- F in flight, U ended unknown, O in flight but outlived by a confirmed stop, T overdue and told to another caller,
    -- C claimed: kept for recordings that aren't in the registry, S stopped and about to be told
    state char(1) NOT NULL,
    -- From then on an attempt in flight counts as ended unknown.
    overdue_at timestamptz NOT NULL,
    -- Null: as long as the recording is in the registry.
    expires_at timestamptz,
    -- Of what is about to be told, whose entry has left the registry. No device names a manual dial-in.
    device_key text,
    directory_number text,
    manual_dial_in boolean
);
CREATE INDEX pending_stop_untold ON pending_stop (attempt_id) WHERE state = 'S';
CREATE INDEX pending_stop_by_target ON pending_stop (target, attempt_id);

CREATE TABLE line (
    device_key text NOT NULL,
    directory_number text NOT NULL,
    device_name text NOT NULL,
    username text,
    user_key text,
    tapi_monitorable boolean NOT NULL,
    automatic_recording boolean NOT NULL,
    PRIMARY KEY (device_key, directory_number)
);
CREATE INDEX line_by_number ON line (directory_number);
CREATE INDEX line_by_user ON line (user_key);

-- Whoever works on a duty holds its row until the time it names; the import of lines notes its file here.
CREATE TABLE duty (
    name text PRIMARY KEY,
    holder text NOT NULL,
    until timestamptz NOT NULL,
    note text
);
INSERT INTO duty (name, holder, until, note) VALUES ('lines', '', '2000-01-01T00:00:00Z', NULL);

CREATE TABLE audit_entry (
    id uuid PRIMARY KEY,
    asked_at timestamptz NOT NULL,
    operation text NOT NULL,
    username text NOT NULL,
    user_key text NOT NULL,
    user_level int4 NOT NULL,
    address text,
    asked_id text,
    -- The asked id if it is a GUID.
    recording_id uuid,
    device_name text,
    directory_number text,
    correlation_id text NOT NULL,
    replica text NOT NULL
);
CREATE INDEX audit_entry_by_time ON audit_entry (asked_at ASC, id ASC);
CREATE INDEX audit_entry_by_user ON audit_entry (user_key, asked_at, id);
CREATE INDEX audit_entry_by_recording ON audit_entry (recording_id);

CREATE TABLE audit_confirmation (
    id uuid PRIMARY KEY,
    entry_id uuid NOT NULL REFERENCES audit_entry (id) ON DELETE CASCADE,
    recording_id uuid,
    confirmed_at timestamptz NOT NULL
);
CREATE INDEX audit_confirmation_by_entry ON audit_confirmation (entry_id);
CREATE INDEX audit_confirmation_by_recording ON audit_confirmation (recording_id);

CREATE TABLE audit_end (
    entry_id uuid PRIMARY KEY REFERENCES audit_entry (id) ON DELETE CASCADE,
    ended_at timestamptz NOT NULL,
    result text NOT NULL,
    reason int4,
    duration_ms int8 NOT NULL,
    cause text
);
