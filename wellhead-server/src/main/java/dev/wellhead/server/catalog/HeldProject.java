package dev.wellhead.server.catalog;

import dev.wellhead.core.pypi.ProjectName;
import dev.wellhead.core.pypi.ProjectStatus;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A project as the catalog holds it.
///
/// @param versions as the source lists them; empty where it lists none
/// @param files all that were ever seen, in the source's order, those that are gone among them
/// @param confirmed when the source last said that it is so
/// @param goneSince when the source said that there is no such project (any more), or null
/// @param revision counts the changes; a page depends on it
public record HeldProject(
    ProjectName name,
    ProjectStatus status,
    List<String> versions,
    @Nullable Long lastSerial,
    List<HeldFile> files,
    Instant confirmed,
    @Nullable Instant goneSince,
    PageMemory memory,
    long revision) {
  public HeldProject {
    versions = List.copyOf(versions);
    files = List.copyOf(files);
  }

  /// The files that the source lists now.
  public List<HeldFile> listed() {
    return files.stream().filter(file -> file.goneSince() == null).toList();
  }

  /// This project with other files.
  public HeldProject withFiles(List<HeldFile> newFiles) {
    return new HeldProject(
        name, status, versions, lastSerial, newFiles, confirmed, goneSince, memory, revision);
  }

  /// This project with other versions listed.
  public HeldProject withVersions(List<String> newVersions) {
    return new HeldProject(
        name, status, newVersions, lastSerial, files, confirmed, goneSince, memory, revision);
  }

  HeldProject confirmedAt(Instant at, PageMemory nowRemembered) {
    return new HeldProject(
        name, status, versions, lastSerial, files, at, goneSince, nowRemembered, revision);
  }
}
