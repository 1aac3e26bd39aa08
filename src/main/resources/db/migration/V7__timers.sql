-- What is to be done by itself: pauses that end, recordings that stop.
CREATE TABLE timer (
    id uuid PRIMARY KEY,
    recording_id uuid NOT NULL,
    -- The request that set it.
    request_id uuid NOT NULL,
    -- As the enum Timers.Action explains them.
    action text NOT NULL,
    due_at timestamptz NOT NULL,
    -- Who set it, and with which request.
    username text NOT NULL,
    correlation_id text NOT NULL,
    -- When that request was over; while that isn't known, when it will be at the latest.
    settled_at timestamptz NOT NULL,
    -- When it is to be tried. Whoever tries it puts that off first, so that nobody else does meanwhile.
    next_at timestamptz NOT NULL,
    -- How often it was tried.
    attempts int4 NOT NULL
);
CREATE INDEX timer_by_recording ON timer (recording_id);
CREATE INDEX timer_by_next ON timer (next_at ASC, id ASC);
