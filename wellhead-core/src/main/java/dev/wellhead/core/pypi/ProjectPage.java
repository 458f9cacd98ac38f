package dev.wellhead.core.pypi;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The page of one project: what exists, in the order in which the index lists it (PEP 691, 700).
///
/// `name` is as the index spells it, and empty where the index does not say: whoever asked knows
/// the name and puts it in with [#withName]. `versions` is empty where the index does not list them
/// (before API 1.1); they can then be had from the file names. `lastSerial` is the upstream's count
/// of changes, where it gives one.
public record ProjectPage(
    String name,
    ProjectStatus status,
    List<String> versions,
    List<FileEntry> files,
    @Nullable Long lastSerial) {

  public ProjectPage {
    versions = List.copyOf(versions);
    files = List.copyOf(files);
  }

  /// The name as pages write it: normalized, where it is valid.
  String normalizedName() {
    return ProjectName.of(name).map(ProjectName::normalized).orElse(name);
  }

  /// This page under another spelling of the project's name.
  public ProjectPage withName(String newName) {
    return new ProjectPage(newName, status, versions, files, lastSerial);
  }

  /// This page with other versions listed.
  public ProjectPage withVersions(List<String> newVersions) {
    return new ProjectPage(name, status, newVersions, files, lastSerial);
  }

  /// This page with other files.
  public ProjectPage withFiles(List<FileEntry> newFiles) {
    return new ProjectPage(name, status, versions, newFiles, lastSerial);
  }
}
