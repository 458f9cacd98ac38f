package dev.wellhead.server.backup;

import dev.wellhead.server.db.DatabaseSettings;
import dev.wellhead.server.db.Migrations;

/// A database whose rows are kept, or come back.
///
/// @param name of its folder in a backup
public record Source(String name, DatabaseSettings settings, Migrations migrations) {}
