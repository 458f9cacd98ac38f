-- What an import read at which place, so that a second run need not read it again. `stamp` is what
-- tells without reading that a file is still the same; a row that is wrong costs a reading and
-- nothing else.
CREATE TABLE import_memory (
  place  TEXT PRIMARY KEY,
  stamp  TEXT NOT NULL,
  sha256 TEXT NOT NULL
);
