package dev.wellhead.server.web;

import dev.wellhead.core.pypi.FileEntry;
import dev.wellhead.core.pypi.ProjectName;
import dev.wellhead.core.pypi.ReleaseGuess;
import dev.wellhead.core.pypi.UploadTime;
import dev.wellhead.core.pypi.Version;
import dev.wellhead.core.pypi.Yank;
import dev.wellhead.server.catalog.HeldFile;
import dev.wellhead.server.catalog.HeldProject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A release and its files, in the order of the source's page.
public record Release(String version, List<HeldFile> files) {
  private static final Comparator<Release> NEWEST_FIRST =
      Comparator.<Release, @Nullable Version>comparing(
              release -> Version.parse(release.version()).orElse(null),
              Comparator.nullsFirst(Comparator.naturalOrder()))
          .reversed();

  public Release {
    files = List.copyOf(files);
  }

  /// The releases of a project, the newest first; those whose version is none of PEP 440 come last.
  static List<Release> of(HeldProject project) {
    Map<String, List<HeldFile>> files = new LinkedHashMap<>();
    project.versions().forEach(version -> files.put(normalized(version), new ArrayList<>()));
    for (HeldFile file : project.listed()) {
      files.computeIfAbsent(versionOf(project.name(), file), _ -> new ArrayList<>()).add(file);
    }
    return files.entrySet().stream()
        .map(entry -> new Release(entry.getKey(), entry.getValue()))
        .sorted(NEWEST_FIRST)
        .toList();
  }

  /// The release that people mean by the newest: final and not yanked, else the first there is.
  static Optional<Release> newest(List<Release> releases) {
    return releases.stream()
        .filter(release -> !release.files().isEmpty() && !release.isYanked())
        .filter(release ->
            Version.parse(release.version()).filter(version -> !version.isPrerelease()).isPresent())
        .findFirst()
        .or(() -> releases.stream().filter(release -> !release.files().isEmpty()).findFirst())
        .or(() -> releases.stream().findFirst());
  }

  private static String versionOf(ProjectName name, HeldFile file) {
    return ReleaseGuess.of(name, file.entry().filename()).map(ReleaseGuess::version).orElse("?");
  }

  private static String normalized(String version) {
    return Version.parse(version).map(Version::toString).orElse(version);
  }

  /// Whether `asked` means this release.
  boolean is(String asked) {
    return version.equals(normalized(asked));
  }

  /// Whether every file of it is yanked.
  public boolean isYanked() {
    return !files.isEmpty()
        && files.stream().allMatch(file -> file.entry().yank() instanceof Yank.Yanked);
  }

  /// Whether it is a pre-release by its version.
  public boolean isPrerelease() {
    return Version.parse(version).filter(Version::isPrerelease).isPresent();
  }

  /// When its first file was uploaded, or seen here where no source says; null without any file.
  public @Nullable Instant uploaded() {
    return files.stream().map(Release::uploaded).min(Comparator.naturalOrder()).orElse(null);
  }

  /// The sum of its files' sizes; those that nobody knows count nothing.
  public long size() {
    return files.stream()
        .map(file -> file.entry().size())
        .mapToLong(size -> size == null ? 0 : size)
        .sum();
  }

  /// When a file was uploaded, or else first seen here.
  public static Instant uploaded(HeldFile file) {
    return switch (file.entry().uploadTime()) {
      case UploadTime.Stated(Instant at) -> at;
      case UploadTime.FirstSeen(Instant at) -> at;
      case UploadTime.Unstated _ -> file.firstSeen();
    };
  }

  /// Why a file is yanked, perhaps an empty text, or null where it is not.
  public static @Nullable String yank(FileEntry entry) {
    return entry.yank() instanceof Yank.Yanked(String reason) ? reason : null;
  }
}
