CREATE TABLE engine AS SELECT 'sqlite' AS name;
