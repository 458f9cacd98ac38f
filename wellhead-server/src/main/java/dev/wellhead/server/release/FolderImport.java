package dev.wellhead.server.release;

import dev.wellhead.core.pypi.DistributionFilename;
import dev.wellhead.core.pypi.Parse;
import dev.wellhead.core.pypi.ProjectName;
import dev.wellhead.core.pypi.Sha256;
import dev.wellhead.core.pypi.Version;
import dev.wellhead.server.catalog.HeldFile;
import dev.wellhead.server.db.DatabaseFault;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Takes in the wheels and source distributions of a folder and of all folders below it.
///
/// May be stopped at any point, by a kill too, and run again: it then goes on where it was, and the
/// end is the same. A file that is hosted already is not read again where nothing at its place
/// changed since it was.
public final class FolderImport {
  /// What a file costs beside its bytes, in bytes; for the guess how long the rest takes.
  private static final double PER_FILE = 50_000;

  private final ImportGround ground;
  private final ImportWatch watch;
  private final Conveyor conveyor;
  private final Map<String, String> hosted = new HashMap<>();
  private @Nullable ProjectName hostedOf;

  private FolderImport(ImportGround ground, ImportWatch watch, Conveyor conveyor) {
    this.ground = ground;
    this.watch = watch;
    this.conveyor = conveyor;
  }

  /// A file with what its name says.
  private record Named(FoundFile file, DistributionFilename name, ProjectName project) {
    private static final Comparator<Named> ORDER =
        Comparator.comparing(Named::project)
            .thenComparing(Named::version)
            .thenComparing(named -> named.file().filename())
            .thenComparing(named -> named.file().place());

    Version version() {
      return name.version();
    }
  }

  /// Imports what lies in `folder` now. The `IOException` is that of our own disk, or of the folder
  /// as a whole.
  public static ImportSummary run(Path folder, ImportGround ground, ImportWatch watch)
      throws DatabaseFault, IOException {
    Survey survey = Survey.of(folder.toAbsolutePath().normalize());
    try (Conveyor conveyor = new Conveyor(ground, watch)) {
      return new FolderImport(ground, watch, conveyor).take(survey);
    }
  }

  private ImportSummary take(Survey survey) throws DatabaseFault, IOException {
    long bytes = survey.found().stream().mapToLong(FoundFile::size).sum();
    long total = (long) survey.found().size() + survey.unreadable().size();
    conveyor.pace(
        new Conveyor.Pace(
            0,
            total,
            "files",
            tally -> (tally.bytes() + PER_FILE * tally.files()) / (bytes + PER_FILE * total + 1)));
    for (Done.Refused refused : survey.unreadable()) {
      conveyor.put(refused);
    }
    Map<String, List<Named>> byName = new TreeMap<>();
    for (Named named : named(survey.found())) {
      byName.computeIfAbsent(named.file().filename(), _ -> new ArrayList<>()).add(named);
    }
    List<List<Named>> ordered =
        byName.values().stream().sorted(Comparator.comparing(List::getFirst, Named.ORDER)).toList();
    boolean whole = true;
    for (List<Named> ofOneName : ordered) {
      if (watch.cancelled()) {
        whole = false;
        break;
      }
      if (ofOneName.size() == 1) {
        put(ofOneName.getFirst());
      } else {
        putOneOf(ofOneName);
      }
    }
    conveyor.clear();
    return conveyor.summary(survey.others(), whole);
  }

  private List<Named> named(List<FoundFile> found) throws DatabaseFault, IOException {
    List<Named> named = new ArrayList<>(found.size());
    for (FoundFile file : found) {
      switch (DistributionFilename.parse(file.filename())) {
        case Parse.Invalid<DistributionFilename>(String why) ->
            conveyor.put(new Done.Refused(file.place(), file.size(), why));
        case Parse.Parsed<DistributionFilename>(DistributionFilename name) -> {
          if (name.project().isPresent()) {
            named.add(new Named(file, name, name.project().get()));
          } else { // the intake says why
            conveyor.put(new FolderFile(file, null, ground));
          }
        }
      }
    }
    named.sort(Named.ORDER);
    return named;
  }

  private void put(Named named) throws DatabaseFault, IOException {
    conveyor.put(new FolderFile(named.file(), hosted(named), ground));
  }

  /// Several files have one name. Where they are one and the same, one is taken; else nobody but a
  /// person can tell which is meant, and none is, beside one that is hosted already.
  private void putOneOf(List<Named> several) throws DatabaseFault, IOException {
    Map<Sha256, List<Named>> byDigest = new TreeMap<>();
    for (Named named : several) {
      FolderFile.Digest digest = FolderFile.digest(named.file(), ground);
      if (digest.sha256() == null) {
        conveyor.put(
            new Done.Refused(
                named.file().place(), named.file().size(), String.valueOf(digest.why())));
      } else {
        byDigest.computeIfAbsent(digest.sha256(), _ -> new ArrayList<>()).add(named);
      }
    }
    String places =
        String.join(
            ", ", several.stream().map(named -> named.file().place()).sorted().limit(4).toList());
    for (Map.Entry<Sha256, List<Named>> same : byDigest.entrySet()) {
      List<Named> copies = same.getValue();
      String identity = hosted(copies.getFirst());
      if (byDigest.size() > 1 && !same.getKey().hex().equals(identity)) {
        for (Named copy : copies) {
          conveyor.put(
              new Done.Refused(
                  copy.file().place(),
                  copy.file().size(),
                  "Two different files have this name ("
                      + places
                      + "); this one has the SHA-256 "
                      + same.getKey()
                      + ". Leave only the right one in the folder and import again."));
        }
      } else {
        for (Named copy : copies) {
          conveyor.put(new FolderFile(copy.file(), hosted(copy), ground));
        }
      }
    }
  }

  /// The identity of the hosted file of this name, or null. Files come project by project.
  private @Nullable String hosted(Named named) throws DatabaseFault {
    if (!named.project().equals(hostedOf)) {
      hosted.clear();
      ground
          .hosted()
          .held(named.project())
          .ifPresent(project -> {
            for (HeldFile file : project.files()) {
              String identity = file.identity();
              hosted.put(
                  file.entry().filename(),
                  file.goneSince() == null ? identity : identity + ", deleted");
            }
          });
      hostedOf = named.project();
    }
    return hosted.get(named.file().filename());
  }
}
