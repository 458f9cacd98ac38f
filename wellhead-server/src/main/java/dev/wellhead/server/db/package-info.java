/// Connections, write units and migrations: the one seam between SQLite and PostgreSQL. It knows no
/// table of any other room.
@NullMarked
package dev.wellhead.server.db;

import org.jspecify.annotations.NullMarked;
