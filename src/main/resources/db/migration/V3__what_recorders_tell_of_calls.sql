-- What a recorder with nodes told of the call, and how long it was paused.
ALTER TABLE live_recording ADD COLUMN node text;
ALTER TABLE live_recording ADD COLUMN remote_name text;
ALTER TABLE live_recording ADD COLUMN remote_number text;
ALTER TABLE live_recording ADD COLUMN paused_millis int8 NOT NULL DEFAULT 0;
ALTER TABLE live_recording ADD COLUMN paused_since timestamptz;
