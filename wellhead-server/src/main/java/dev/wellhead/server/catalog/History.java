package dev.wellhead.server.catalog;

import java.time.Instant;
import java.util.List;

/// What happened to a project's files, oldest first. Nothing in it is ever changed; it grows.
///
/// @param firstLook when the project was first seen here
record History(Instant firstLook, List<FileEvent> events) {
  History {
    events = List.copyOf(events);
  }
}
