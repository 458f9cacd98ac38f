package dev.wellhead.server.boot;

import dev.wellhead.server.blob.Blobs;
import dev.wellhead.server.catalog.Catalog;
import dev.wellhead.server.db.Database;
import dev.wellhead.server.fetches.Fetches;
import dev.wellhead.server.index.IndexDoor;
import dev.wellhead.server.ledger.Ledger;
import dev.wellhead.server.notify.Alarms;
import dev.wellhead.server.web.AdminSessions;
import java.net.URI;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What the verbs of a data folder work with: the rooms of the running server, or rooms that were
/// opened for one verb.
///
/// @param settings as they are in force: the server's own where it runs
/// @param wiring makes of them what rooms take
/// @param running what is there only while a server runs
record AdminRooms(
    Settings settings,
    DataFolder folder,
    Wiring wiring,
    Database database,
    Fetches fetches,
    Blobs blobs,
    Entropy entropy,
    @Nullable Running running) {

  /// The doors of a running server.
  record Running(IndexDoor index, AdminSessions sessions, Alarms alarms, Supplier<URI> publicUrl) {}

  Catalog catalog() {
    return new Catalog(database);
  }

  Ledger ledger() {
    return new Ledger(database);
  }
}
