-- When each file was fetched first and last, by anybody: the clients' own times are forgotten after a
-- while, and there may be a million of them.

ALTER TABLE fetch_file ADD COLUMN first_ms bigint NOT NULL DEFAULT 0;
ALTER TABLE fetch_file ADD COLUMN last_ms bigint NOT NULL DEFAULT 0;

UPDATE fetch_file SET
  first_ms = coalesce(
    (SELECT min(seen.first_ms) FROM fetch_seen AS seen WHERE seen.file_id = fetch_file.id), 0),
  last_ms = coalesce(
    (SELECT max(seen.last_ms) FROM fetch_seen AS seen WHERE seen.file_id = fetch_file.id), 0);

CREATE INDEX fetch_file_by_project ON fetch_file (project);
CREATE INDEX fetch_file_by_first ON fetch_file (first_ms);
