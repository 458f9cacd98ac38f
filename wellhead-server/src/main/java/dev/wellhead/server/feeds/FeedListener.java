package dev.wellhead.server.feeds;

import dev.wellhead.core.pypi.ProjectName;
import java.util.Set;

/// Hears what a feed has changed, after it is committed and under no lock.
///
/// A load says so in parts, as it goes; what it said before it broke off has taken hold. Called on
/// the thread that loads, which waits.
public interface FeedListener {
  /// Hears nothing.
  FeedListener NONE =
      new FeedListener() {
        @Override
        public void touched(Set<ProjectName> projects) {}

        @Override
        public void touchedAll() {}
      };

  /// For these projects, and no other, there is something new, changed, withdrawn, vanished or
  /// back.
  void touched(Set<ProjectName> projects);

  /// Any project may be concerned: a list came that does not name projects, or another server
  /// loaded something.
  void touchedAll();
}
