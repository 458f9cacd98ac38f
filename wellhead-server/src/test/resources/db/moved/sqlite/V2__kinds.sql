CREATE TABLE kinds (
  id INTEGER PRIMARY KEY,
  small INTEGER,
  truth boolean,
  words text,
  "order" double precision,
  bytes blob
);
