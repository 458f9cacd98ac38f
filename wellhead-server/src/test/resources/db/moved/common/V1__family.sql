CREATE TABLE zebra (name text NOT NULL PRIMARY KEY);
CREATE TABLE ant (
  name text NOT NULL REFERENCES zebra (name),
  part text NOT NULL,
  PRIMARY KEY (name, part)
);
CREATE TABLE total (one bigint NOT NULL PRIMARY KEY, count bigint NOT NULL);
INSERT INTO total (one, count) VALUES (1, 0);
