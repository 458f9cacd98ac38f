CREATE TABLE kinds (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  small integer,
  truth boolean,
  words text,
  "order" double precision,
  bytes bytea
);
