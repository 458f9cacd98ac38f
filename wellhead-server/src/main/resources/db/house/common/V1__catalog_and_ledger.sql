-- Times are milliseconds since 1970 in UTC, but for upload_us, which is microseconds as PEP 700 has
-- them. Digests are lower-case hex. A source is an index whose pages are kept here, known by its URL:
-- another URL is another source with its own first sightings.

CREATE TABLE source (
  id            BIGINT PRIMARY KEY,
  url           TEXT   NOT NULL UNIQUE,
  first_used_ms BIGINT NOT NULL
);

CREATE TABLE project (
  source        BIGINT  NOT NULL REFERENCES source (id),
  name          TEXT    NOT NULL,
  status        TEXT    NOT NULL,
  status_reason TEXT    NOT NULL,
  last_serial   BIGINT,
  versions      TEXT    NOT NULL,
  first_seen_ms BIGINT  NOT NULL,
  confirmed_ms  BIGINT  NOT NULL,
  gone_ms       BIGINT,
  etag          TEXT,
  last_modified TEXT,
  body_sha256   TEXT    NOT NULL,
  revision      BIGINT  NOT NULL,
  PRIMARY KEY (source, name)
);

-- `identity` tells apart what one file name meant at different times: the SHA-256 where the source
-- states one, else `path:` and the path.
CREATE TABLE file (
  source          BIGINT  NOT NULL,
  project         TEXT    NOT NULL,
  filename        TEXT    NOT NULL,
  identity        TEXT    NOT NULL,
  position        INTEGER NOT NULL,
  path            TEXT    NOT NULL,
  url             TEXT    NOT NULL,
  hashes          TEXT    NOT NULL,
  size            BIGINT,
  upload_us       BIGINT,
  first_seen_ms   BIGINT  NOT NULL,
  requires_python TEXT,
  yank            TEXT,
  metadata_kind   TEXT    NOT NULL,
  metadata_sha256 TEXT,
  provenance      TEXT,
  gone_ms         BIGINT,
  PRIMARY KEY (source, project, filename, identity),
  FOREIGN KEY (source, project) REFERENCES project (source, name)
);
CREATE INDEX file_by_path ON file (source, path);
CREATE INDEX file_by_identity ON file (identity);
CREATE INDEX file_by_metadata ON file (metadata_sha256);

-- METADATA of wheels as it was read from them or beside them.
CREATE TABLE wheel_metadata (
  source     BIGINT NOT NULL,
  wheel      TEXT   NOT NULL,
  sha256     TEXT   NOT NULL,
  origin     TEXT   NOT NULL,
  learned_ms BIGINT NOT NULL,
  PRIMARY KEY (source, wheel)
);
CREATE INDEX wheel_metadata_by_sha256 ON wheel_metadata (sha256);

-- What changed, so that a page of an earlier day can be shown again.
CREATE TABLE file_event (
  source   BIGINT NOT NULL,
  project  TEXT   NOT NULL,
  filename TEXT   NOT NULL,
  identity TEXT   NOT NULL,
  at_ms    BIGINT NOT NULL,
  kind     TEXT   NOT NULL,
  detail   TEXT   NOT NULL
);
CREATE INDEX file_event_by_project ON file_event (source, project, at_ms);
CREATE INDEX file_event_by_time ON file_event (at_ms);

-- Leaves that wait for the log. `hash` is the leaf hash of RFC 6962.
CREATE TABLE ledger_pending (
  hash    TEXT   PRIMARY KEY,
  at_ms   BIGINT NOT NULL,
  kind    TEXT   NOT NULL,
  subject TEXT   NOT NULL,
  leaf    TEXT   NOT NULL
);
CREATE INDEX ledger_pending_by_time ON ledger_pending (at_ms, hash);
