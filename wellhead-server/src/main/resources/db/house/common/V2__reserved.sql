-- Names that belong to this house: a normalized project name, or the beginning of some with `*`
-- behind it.
CREATE TABLE reserved (
  pattern  TEXT   PRIMARY KEY,
  reason   TEXT   NOT NULL,
  since_ms BIGINT NOT NULL
);

-- One row. It counts what this house decided itself (reserved names, hosted projects), so that a
-- process sees by one number whether what it remembers still holds.
CREATE TABLE own_changes (
  number BIGINT NOT NULL
);
INSERT INTO own_changes (number) VALUES (0);
