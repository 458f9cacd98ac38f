-- Advisories and lists of others. `confirmed_ms` is when what is held was last known to be what the
-- source has; `stamp` tells without reading that a list is still the same.
CREATE TABLE feed (
  name         TEXT   PRIMARY KEY,
  kind         TEXT   NOT NULL,
  source       TEXT   NOT NULL,
  tried_ms     BIGINT,
  loaded_ms    BIGINT,
  confirmed_ms BIGINT,
  whole_ms     BIGINT,
  newest_ms    BIGINT,
  stamp        TEXT   NOT NULL,
  records      BIGINT NOT NULL,
  vanished     BIGINT NOT NULL,
  broken       BIGINT NOT NULL,
  trouble      TEXT   NOT NULL,
  revision     BIGINT NOT NULL
);

-- `body` is the record as it came, deflated. `digest` is of the record as it came. `listed_ms` is
-- the time that the source's list of changes gave for what is held. A record that its source no
-- longer has, and never withdrew, stays and has `vanished_ms`.
CREATE TABLE advisory (
  feed         TEXT   NOT NULL,
  id           TEXT   NOT NULL,
  modified_ms  BIGINT NOT NULL,
  listed_ms    BIGINT NOT NULL,
  withdrawn_ms BIGINT,
  vanished_ms  BIGINT,
  digest       BYTEA  NOT NULL,
  body         BYTEA  NOT NULL,
  PRIMARY KEY (feed, id)
);
CREATE INDEX advisory_by_id ON advisory (id);
CREATE INDEX advisory_vanished ON advisory (feed) WHERE vanished_ms IS NOT NULL;

CREATE TABLE advisory_project (
  project TEXT NOT NULL,
  feed    TEXT NOT NULL,
  id      TEXT NOT NULL,
  PRIMARY KEY (project, feed, id)
);
CREATE INDEX advisory_project_by_id ON advisory_project (feed, id);

-- Lists: CVEs that are exploited, popular projects by rank, blocks. `subject` is the CVE, the
-- project's normalized name or `sha256:` and the digest; `version` is empty where all are meant.
CREATE TABLE feed_entry (
  subject  TEXT   NOT NULL,
  version  TEXT   NOT NULL,
  feed     TEXT   NOT NULL,
  position BIGINT NOT NULL,
  reason   TEXT   NOT NULL,
  since_ms BIGINT NOT NULL,
  PRIMARY KEY (subject, version, feed)
);
CREATE INDEX feed_entry_by_feed ON feed_entry (feed, position);

-- Records and lines that could not be read, the first thousand of each feed.
CREATE TABLE feed_broken (
  feed    TEXT   NOT NULL,
  place   TEXT   NOT NULL,
  why     TEXT   NOT NULL,
  seen_ms BIGINT NOT NULL,
  PRIMARY KEY (feed, place)
);
