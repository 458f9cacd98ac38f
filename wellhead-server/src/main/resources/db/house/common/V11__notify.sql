-- Alarms. One key has at most one row that is not resolved; what comes again is counted in it.
-- Severities are ordered: 0 is for information, 1 is a warning, 2 is critical.
CREATE TABLE alarm (
  id              BIGINT  PRIMARY KEY,
  key             TEXT    NOT NULL,
  severity        INTEGER NOT NULL,
  subject         TEXT    NOT NULL,
  sentence        TEXT    NOT NULL,
  owner           TEXT    NOT NULL,
  first_ms        BIGINT  NOT NULL,
  last_ms         BIGINT  NOT NULL,
  times           BIGINT  NOT NULL,
  acknowledged_ms BIGINT,
  acknowledged_by TEXT,
  resolved_ms     BIGINT
);
CREATE UNIQUE INDEX alarm_by_key ON alarm (key) WHERE resolved_ms IS NULL;
CREATE INDEX alarm_by_time ON alarm (resolved_ms, last_ms);

-- What is to be told of alarms, as it was when it happened: a message that is sent again says the
-- same.
CREATE TABLE alarm_event (
  id       BIGINT  PRIMARY KEY,
  alarm    BIGINT  NOT NULL REFERENCES alarm (id),
  kind     TEXT    NOT NULL,
  at_ms    BIGINT  NOT NULL,
  severity INTEGER NOT NULL,
  subject  TEXT    NOT NULL,
  sentence TEXT    NOT NULL,
  owner    TEXT    NOT NULL
);
CREATE INDEX alarm_event_by_alarm ON alarm_event (alarm);

-- A destination of the settings, by name. `seen` is the last event that was looked at for it.
CREATE TABLE notify_destination (
  name             TEXT   PRIMARY KEY,
  seen             BIGINT NOT NULL,
  delivered_ms     BIGINT,
  failing_since_ms BIGINT,
  failure          TEXT
);

-- An event on its way to a destination. `state` is `waiting`, `delivered` or `given-up`.
CREATE TABLE notify_delivery (
  destination TEXT    NOT NULL REFERENCES notify_destination (name),
  event       BIGINT  NOT NULL REFERENCES alarm_event (id),
  state       TEXT    NOT NULL,
  attempts    INTEGER NOT NULL,
  next_ms     BIGINT  NOT NULL,
  PRIMARY KEY (destination, event)
);
CREATE INDEX notify_delivery_by_time ON notify_delivery (destination, state, next_ms);
CREATE INDEX notify_delivery_by_event ON notify_delivery (event);
