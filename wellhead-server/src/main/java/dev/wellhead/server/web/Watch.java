package dev.wellhead.server.web;

import dev.wellhead.server.db.DatabaseFault;
import dev.wellhead.server.notify.Alarms;
import dev.wellhead.server.notify.Delivery;

/// What the pages tell of alarms.
public record Watch(Alarms alarms, Delivery delivery) {
  /// How many are open, for the link on every page; 0 also where that is not known, since a page
  /// must not fail for it.
  long open() {
    try {
      return alarms.open().all();
    } catch (DatabaseFault e) {
      return 0;
    }
  }

  /// The same as it was known last.
  long remembered() {
    return alarms.remembered().all();
  }
}
