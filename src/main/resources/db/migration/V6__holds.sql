-- Lines on which nothing may be started for a while.
CREATE TABLE hold (
    -- The line, the device or the number that it is on.
    line text PRIMARY KEY,
    id uuid NOT NULL UNIQUE,
    device_name text,
    directory_number text,
    why text,
    username text NOT NULL,
    put_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL
);
CREATE INDEX hold_by_time ON hold (put_at ASC, id ASC);
CREATE INDEX hold_by_end ON hold (ends_at ASC);
