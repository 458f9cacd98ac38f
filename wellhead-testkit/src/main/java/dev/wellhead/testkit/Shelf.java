package dev.wellhead.testkit;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What a [FakeIndex] has to offer.
final class Shelf {
  private final Map<String, FakeFile> files = new ConcurrentSkipListMap<>();
  private final Map<String, String> recorded = new ConcurrentSkipListMap<>();
  private final Map<String, String> yanks = new ConcurrentHashMap<>();
  private final Map<String, String> requiresPython = new ConcurrentHashMap<>();
  private final Map<String, String> statuses = new ConcurrentHashMap<>();
  private volatile @Nullable Function<String, @Nullable Instant> uploadTimes;

  void add(FakeFile file) {
    files.put(file.filename(), file);
  }

  void remove(String filename) {
    files.remove(filename);
  }

  void record(String project, String json) {
    recorded.put(project, json);
  }

  void uploadTimes(Function<String, @Nullable Instant> byName) {
    uploadTimes = byName;
  }

  void yank(String filename, String reason) {
    yanks.put(filename, reason);
  }

  void requiresPython(String filename, String specifiers) {
    requiresPython.put(filename, specifiers);
  }

  void status(String project, String status) {
    statuses.put(project, status);
  }

  FakeFile file(String filename) {
    FakeFile file = files.get(filename);
    if (file == null) {
      throw new IllegalArgumentException("the fake index has no " + filename);
    }
    return file;
  }

  /// By the path on the files' origin.
  Optional<FakeFile> at(String path) {
    FakeFile file = files.get(path.substring(path.lastIndexOf('/') + 1));
    return file != null && file.path().equals(path) ? Optional.of(file) : Optional.empty();
  }

  List<FakeFile> of(String project) {
    return files.values().stream().filter(file -> file.project().equals(project)).toList();
  }

  Optional<String> recorded(String project) {
    return Optional.ofNullable(recorded.get(project));
  }

  List<String> projects() {
    return java.util.stream.Stream.concat(
            files.values().stream().map(FakeFile::project), recorded.keySet().stream())
        .distinct()
        .sorted()
        .toList();
  }

  @Nullable Instant uploadTime(FakeFile file) {
    Function<String, @Nullable Instant> byName = uploadTimes;
    return byName == null ? file.uploadTime() : byName.apply(file.filename());
  }

  Optional<String> yank(String filename) {
    return Optional.ofNullable(yanks.get(filename));
  }

  Optional<String> requiresPython(String filename) {
    return Optional.ofNullable(requiresPython.get(filename));
  }

  String status(String project) {
    return statuses.getOrDefault(project, "active");
  }
}
