-- Who fetched what. Files and clients are numbered, so that a fetch is a few numbers; fetch_seen is
-- the roll-up that answers "who has this file" without reading single fetches. Nothing here refers
-- by foreign key: rows are added with what they name, and forgotten in an order that keeps that.

CREATE TABLE fetch_file (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  sha256 text NOT NULL,
  filename text NOT NULL,
  project text NOT NULL,
  fetches bigint NOT NULL,
  UNIQUE (sha256, filename, project)
);

CREATE INDEX fetch_file_by_fetches ON fetch_file (fetches);

CREATE TABLE fetch_client (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  address text NOT NULL,
  tool text NOT NULL,
  version text NOT NULL,
  implementation text NOT NULL,
  python text NOT NULL,
  system text NOT NULL,
  ci boolean NOT NULL,
  UNIQUE (address, tool, version, implementation, python, system, ci)
);

CREATE TABLE fetch_seen (
  file_id bigint NOT NULL,
  client_id bigint NOT NULL,
  first_ms bigint NOT NULL,
  last_ms bigint NOT NULL,
  count bigint NOT NULL,
  whole bigint NOT NULL,
  bytes bigint NOT NULL,
  PRIMARY KEY (file_id, client_id)
);

CREATE INDEX fetch_seen_by_client ON fetch_seen (client_id);

CREATE TABLE fetch_raw (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at_ms bigint NOT NULL,
  file_id bigint NOT NULL,
  client_id bigint NOT NULL,
  whole boolean NOT NULL,
  bytes bigint NOT NULL
);

CREATE INDEX fetch_raw_by_time ON fetch_raw (at_ms);

CREATE TABLE fetch_total (
  one bigint NOT NULL PRIMARY KEY CHECK (one = 1),
  fetches bigint NOT NULL,
  bytes bigint NOT NULL
);

INSERT INTO fetch_total (one, fetches, bytes) VALUES (1, 0, 0);

-- The last batch of each process that took hold, so that one whose answer was lost is not counted
-- twice.
CREATE TABLE fetch_writer (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  batch bigint NOT NULL
);
