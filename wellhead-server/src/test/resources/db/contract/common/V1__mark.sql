CREATE TABLE mark (
  name text NOT NULL PRIMARY KEY,
  count bigint NOT NULL
);
