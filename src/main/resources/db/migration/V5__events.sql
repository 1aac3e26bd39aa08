-- What is to be told of recordings, written in the transaction in which it takes effect.
CREATE TABLE event (
    id uuid PRIMARY KEY,
    -- Null until somebody has read what was committed, and numbered it.
    position int8,
    at timestamptz NOT NULL,
    -- As the enum EventType explains them.
    type text NOT NULL,
    recording_id uuid,
    device_name text,
    directory_number text,
    username text,
    operation text,
    correlation_id text,
    recorder text NOT NULL,
    node text,
    inferred boolean NOT NULL
);
CREATE UNIQUE INDEX event_by_position ON event (position ASC);
CREATE INDEX event_by_time ON event (at ASC);
CREATE INDEX event_unnumbered ON event (at ASC, id ASC) WHERE position IS NULL;

-- Whoever numbers events holds this row until the numbers are committed.
CREATE TABLE event_counter (
    id int4 PRIMARY KEY,
    last int8 NOT NULL
);
INSERT INTO event_counter (id, last) VALUES (1, 0);

-- The status that was told last.
ALTER TABLE live_recording ADD COLUMN told text;
UPDATE live_recording SET told = status;
CREATE INDEX live_recording_untold ON live_recording (id) WHERE told IS DISTINCT FROM status;

-- How far each webhook has got, and who is at it.
CREATE TABLE webhook (
    name text PRIMARY KEY,
    -- All events up to this one were delivered.
    position int8 NOT NULL,
    holder text NOT NULL,
    held_until timestamptz NOT NULL,
    -- How often the next event was tried in vain.
    attempts int4 NOT NULL,
    failing_since timestamptz,
    next_attempt_at timestamptz,
    -- Why the last attempt failed; null if it didn't.
    failure text,
    -- Since when nothing is tried any more.
    parked_at timestamptz
);
