-- One row. It counts what may change a verdict: blocks by hand, decisions, policies, feeds. The rows
-- of firewall_touch say for which project, or `*` for all, so that a process sees what it has to
-- judge again.
CREATE TABLE firewall_change (
  number BIGINT NOT NULL
);
INSERT INTO firewall_change (number) VALUES (0);

CREATE TABLE firewall_touch (
  number  BIGINT NOT NULL,
  project TEXT   NOT NULL,
  at_ms   BIGINT NOT NULL,
  PRIMARY KEY (number, project)
);

-- Blocks by hand: a project (`evil`), one of its releases (`evil==1.0`), or bytes (`sha256:` and the
-- digest). `project` is the name in the first two, empty in the last.
CREATE TABLE hand_block (
  pattern  TEXT   PRIMARY KEY,
  project  TEXT   NOT NULL,
  reason   TEXT   NOT NULL,
  by_whom  TEXT   NOT NULL,
  since_ms BIGINT NOT NULL
);
CREATE INDEX hand_block_by_project ON hand_block (project);

-- Files that somebody said may go, whatever holds them, until a block by hand or a record of known
-- malware with their digest says otherwise.
CREATE TABLE hand_release (
  sha256   TEXT   PRIMARY KEY,
  project  TEXT   NOT NULL,
  reason   TEXT   NOT NULL,
  by_whom  TEXT   NOT NULL,
  since_ms BIGINT NOT NULL
);

-- Digests that were in use before the policy began: no cooldown holds them.
CREATE TABLE adopted (
  sha256   TEXT   PRIMARY KEY,
  origin   TEXT   NOT NULL,
  since_ms BIGINT NOT NULL
);

-- Every policy that was read, those that were refused among them. The newest accepted one is in
-- force.
CREATE TABLE policy_load (
  number   BIGINT  PRIMARY KEY,
  at_ms    BIGINT  NOT NULL,
  origin   TEXT    NOT NULL,
  sha256   TEXT    NOT NULL,
  accepted BOOLEAN NOT NULL,
  text     TEXT    NOT NULL,
  problems TEXT    NOT NULL
);

-- What was decided last about a file in a view, where it was not plainly allowed. `token` is the
-- short address of the page that tells why.
CREATE TABLE decision (
  token      TEXT   PRIMARY KEY,
  view_name  TEXT   NOT NULL,
  source     BIGINT NOT NULL,
  project    TEXT   NOT NULL,
  filename   TEXT   NOT NULL,
  identity   TEXT   NOT NULL,
  verdict    TEXT   NOT NULL,
  rules      TEXT   NOT NULL,
  until_ms   BIGINT,
  sentence   TEXT   NOT NULL,
  policy     TEXT   NOT NULL,
  decided_ms BIGINT NOT NULL,
  since_ms   BIGINT NOT NULL,
  UNIQUE (view_name, source, project, filename, identity)
);
CREATE INDEX decision_by_verdict ON decision (verdict, decided_ms);
CREATE INDEX decision_by_project ON decision (project);

-- How often a file was asked for and what came of it, by hour: for "stopped" and "would have been
-- stopped".
CREATE TABLE stop_hour (
  hour_ms  BIGINT NOT NULL,
  rule     TEXT   NOT NULL,
  mode     TEXT   NOT NULL,
  verdict  TEXT   NOT NULL,
  asked    BIGINT NOT NULL,
  PRIMARY KEY (hour_ms, rule, mode, verdict)
);

-- What only a file's bytes tell, by their digest.
CREATE TABLE arrived (
  sha256      TEXT    PRIMARY KEY,
  licence     TEXT,
  native_code BOOLEAN,
  why         TEXT    NOT NULL,
  at_ms       BIGINT  NOT NULL
);
