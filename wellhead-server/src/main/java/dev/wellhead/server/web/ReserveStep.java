package dev.wellhead.server.web;

import dev.wellhead.server.catalog.Reserved;
import dev.wellhead.server.index.Reservations;
import java.util.List;

/// The second step of reserving: what it would shadow.
///
/// @param changed whether that is no longer what was shown before
public record ReserveStep(Shell shell, Reservations.Wish.Fits wish, boolean changed) {
  public Words words() {
    return shell.words();
  }

  /// Those to show, of all that are shadowed.
  public List<Reserved.Used> shown() {
    return wish.shadowed().stream().limit(Reservations.MOST_SHOWN).toList();
  }

  /// How many there are beside those.
  public int more() {
    return wish.shadowed().size() - shown().size();
  }
}
