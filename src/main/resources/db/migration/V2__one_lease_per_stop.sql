-- One lease per stop and target takes the place of one row per attempt. A replica of the version before can't stop anything from here
-- on: it answers that its database is away, and whoever repeats the stop gets the answer from a replica of this version.

CREATE TABLE stop_lease (
    -- What is to be stopped: a recording, or a line where a suite is asked by line.
    target text PRIMARY KEY,
    -- Who may settle it: the fencing token.
    holder uuid NOT NULL,
    -- ASKING, UNKNOWN or CLAIMED, as the enum LeaseState explains them.
    state text NOT NULL,
    -- From then on ASKING counts as UNKNOWN.
    asking_until timestamptz NOT NULL,
    -- From then on the row counts as none.
    kept_until timestamptz NOT NULL,
    -- Whether the outcome of an earlier holder was unknown when this one took the lease.
    inherited boolean NOT NULL,
    -- Whether the end of the recording was claimed; only where no registry entry tells it.
    claimed boolean NOT NULL,
    -- The line and the user by which a suite listed the recording.
    line text,
    username text
);
CREATE INDEX stop_lease_by_line ON stop_lease (line) WHERE line IS NOT NULL;
CREATE INDEX stop_lease_by_user ON stop_lease (username) WHERE username IS NOT NULL;
CREATE INDEX stop_lease_by_keep ON stop_lease (kept_until ASC);

-- Attempts in flight (F), of unknown outcome (U) and claimed stops that nobody was told of (S) become UNKNOWN: whoever repeats the stop
-- may be told of it. Claimed ends (C) stay claimed. What another caller was told already (O, T) leaves nothing.
INSERT INTO stop_lease (target, holder, state, asking_until, kept_until, inherited, claimed, line, username)
SELECT target,
       CAST('00000000-0000-0000-0000-000000000000' AS uuid),
       CASE WHEN bool_or(state <> 'C') THEN 'UNKNOWN' ELSE 'CLAIMED' END,
       now(),
       GREATEST(COALESCE(max(expires_at), now()), now() + INTERVAL '10 minutes'),
       false,
       bool_or(state = 'C') AND NOT bool_or(state = 'S'),
       NULL,
       CASE WHEN target LIKE 'user %' THEN target END
FROM pending_stop
WHERE state IN ('F', 'U', 'S', 'C') AND (expires_at IS NULL OR expires_at > now())
GROUP BY target;

-- The entry of a stop that nobody was told of has left the registry: it comes back as one that is stopped and not claimed.
INSERT INTO live_recording (id, device_name, device_key, directory_number, mode, origin, started_at, status, line_slot)
SELECT recording_id, max(upper(device_key)), max(device_key), max(directory_number),
       CASE WHEN bool_or(manual_dial_in) OR max(device_key) IS NULL THEN 'DIAL_IN' ELSE 'MEDIA_FORKING' END,
       'MANUAL', now(), 'STOPPED', NULL
FROM pending_stop
WHERE state = 'S' AND expires_at > now() AND recording_id IS NOT NULL AND directory_number IS NOT NULL
GROUP BY recording_id
ON CONFLICT DO NOTHING;

DROP TABLE pending_stop;

DROP INDEX live_recording_start_pending;
CREATE INDEX live_recording_unsettled ON live_recording (id) WHERE status IN ('START_PENDING', 'STOPPED');

-- The answers to requests with an Idempotency-Key, and who is working on one.
CREATE TABLE idempotency_key (
    user_key text NOT NULL,
    idempotency_key text NOT NULL,
    -- What was asked, so that the key can't be used for something else.
    fingerprint text NOT NULL,
    holder uuid NOT NULL,
    -- Until then the holder works on it.
    held_until timestamptz NOT NULL,
    kept_until timestamptz NOT NULL,
    -- The definitive answer; null while there is none.
    status int4,
    media_type text,
    body text,
    PRIMARY KEY (user_key, idempotency_key)
);
CREATE INDEX idempotency_key_by_keep ON idempotency_key (kept_until ASC);

-- The call may have ended by itself: the recorder knew no such recording after a stop whose outcome is unknown.
ALTER TABLE audit_confirmation ADD COLUMN inferred boolean NOT NULL DEFAULT false;
-- The answer was given before, to a request with the same key.
ALTER TABLE audit_end ADD COLUMN repetition boolean NOT NULL DEFAULT false;
