-- Sums by hour since this table is there; fetches of before are not in it.

CREATE TABLE fetch_hour (
  start_ms bigint NOT NULL PRIMARY KEY,
  fetches bigint NOT NULL,
  brought bigint NOT NULL,
  bytes bigint NOT NULL
);
