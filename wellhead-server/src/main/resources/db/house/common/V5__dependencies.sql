-- Which release requires which project, as far as METADATA was read here. Several lines of one
-- release for one project stand in one row, line by line.

CREATE TABLE dependency (
  source      BIGINT NOT NULL,
  project     TEXT   NOT NULL,
  version     TEXT   NOT NULL,
  required    TEXT   NOT NULL,
  requirement TEXT   NOT NULL,
  PRIMARY KEY (source, project, version, required)
);
CREATE INDEX dependency_by_required ON dependency (required, project, version);
