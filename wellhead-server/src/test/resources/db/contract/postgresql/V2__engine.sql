CREATE TABLE engine AS SELECT 'postgresql' AS name;
