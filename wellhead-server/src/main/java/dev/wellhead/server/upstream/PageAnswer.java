package dev.wellhead.server.upstream;

import dev.wellhead.core.pypi.ProjectPage;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What came of asking for a project's page.
public sealed interface PageAnswer {
  /// A page that is not the known one. Its file URLs are absolute, canonical and within the
  /// configured hosts, the last segment of each is the file's name; a provenance URL is absolute
  /// and within them too, or left out. An index of HTML states no sizes, times and versions.
  record Fresh(ProjectPage page, Validators validators) implements PageAnswer {}

  /// Still the known page; these validators take the place of the known ones.
  record Unchanged(Validators validators) implements PageAnswer {}

  /// The index says that there is no such project: 404 or 410.
  record Absent(int status) implements PageAnswer {}

  /// It answered, and what it said cannot be used: a sentence with what and where.
  record Refused(String why) implements PageAnswer {}

  /// No usable connection, no answer in time, an answer that broke off, or "try later"; or a host
  /// that is left in peace after failures. `retryAfter` is when it makes sense to ask again, where
  /// that is known.
  record Unreachable(String why, @Nullable Instant retryAfter) implements PageAnswer {}
}
