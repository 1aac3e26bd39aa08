-- Which trace the request belongs to that brought the event about, for those who are told of it.
ALTER TABLE event ADD COLUMN traceparent text;
