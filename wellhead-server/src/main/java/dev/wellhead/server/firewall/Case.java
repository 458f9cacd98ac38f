package dev.wellhead.server.firewall;

import dev.wellhead.core.policy.Subject;
import dev.wellhead.server.catalog.HeldProject;
import dev.wellhead.server.catalog.SourceId;

/// What is to be judged: all files of a project, as one source has it, seen through a view.
///
/// @param view its name, without the day where it stands still: today's verdicts hold for every day
/// @param project with all files that were ever seen, those that are gone among them
public record Case(String view, SourceId source, String sourceName, HeldProject project) {
  /// Whether the project is at home here: nobody else published its files.
  boolean isHosted() {
    return sourceName.equals(Subject.HOSTED);
  }
}
