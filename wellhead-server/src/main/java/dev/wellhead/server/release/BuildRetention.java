package dev.wellhead.server.release;

import dev.wellhead.core.pypi.ProjectName;
import dev.wellhead.core.pypi.Sha256;
import dev.wellhead.server.blob.Blobs;
import dev.wellhead.server.catalog.Catalog;
import dev.wellhead.server.catalog.HeldFile;
import dev.wellhead.server.catalog.HeldNames;
import dev.wellhead.server.catalog.HeldProject;
import dev.wellhead.server.catalog.Hosting;
import dev.wellhead.server.catalog.SourceId;
import dev.wellhead.server.db.Database;
import dev.wellhead.server.db.DatabaseFault;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/// Removes development builds of hosted projects that have had their time by a rule.
///
/// First the rows, with history and ledger, then the bytes. Where the work ends in between, the
/// next run, or `gc`, finds bytes that nobody wants.
public final class BuildRetention {
  private static final int PORTION = 500;

  /// Who was handed a path within this time may still be about to open it.
  private static final Duration UNTOUCHED = Duration.ofMinutes(15);

  private final Database database;
  private final Blobs blobs;
  private final InstantSource clock;
  private final List<RetentionRule> rules;
  private final HostedProjects hosted;
  private final Catalog catalog;

  public BuildRetention(
      Database database, Blobs blobs, InstantSource clock, List<RetentionRule> rules) {
    this.database = database;
    this.blobs = blobs;
    this.clock = clock;
    this.rules = List.copyOf(rules);
    this.hosted = new HostedProjects(database, clock);
    this.catalog = new Catalog(database);
  }

  /// Whether files are removed or only told.
  public enum Mode {
    DRY_RUN,
    REMOVE
  }

  /// A file that went, or would go.
  ///
  /// @param rule in words
  public record Outdated(ProjectName project, String filename, long size, String rule) {}

  /// Applies the rules to every hosted project, as long as `goOn` says so.
  public List<Outdated> run(Mode mode, BooleanSupplier goOn) throws DatabaseFault, IOException {
    List<Outdated> all = new ArrayList<>();
    Optional<SourceId> source = database.read(Hosting::usedSource);
    if (rules.isEmpty() || source.isEmpty()) {
      return all;
    }
    HeldNames names = new HeldNames(database);
    List<String> next = names.next(source.get(), "", PORTION);
    while (!next.isEmpty()) {
      for (String name : next) {
        ProjectName project = new ProjectName(name);
        Optional<RetentionRule> rule = RetentionRule.of(rules, project);
        if (!goOn.getAsBoolean()) {
          return all;
        }
        if (rule.isPresent()) {
          all.addAll(run(project, rule.get(), mode));
        }
      }
      next = names.next(source.get(), next.getLast(), PORTION);
    }
    return all;
  }

  private List<Outdated> run(ProjectName project, RetentionRule rule, Mode mode)
      throws DatabaseFault, IOException {
    Instant now = clock.instant();
    Optional<HeldProject> held = hosted.held(project);
    if (held.isEmpty()) {
      return List.of();
    }
    Set<String> names = rule.outdated(held.get(), now);
    List<Outdated> outdated = new ArrayList<>();
    for (HeldFile file : held.get().listed()) {
      if (names.contains(file.entry().filename())) {
        Long size = file.entry().size();
        outdated.add(
            new Outdated(project, file.entry().filename(), size == null ? 0 : size, rule.words()));
      }
    }
    if (mode == Mode.REMOVE) {
      while (hosted.remove(project, rule)) {
        // the next portion of a big project
      }
      forgetBytes(project);
    }
    return outdated;
  }

  private void forgetBytes(ProjectName project) throws DatabaseFault, IOException {
    Instant untouched = clock.instant().minus(UNTOUCHED);
    List<HeldFile> files = hosted.held(project).map(HeldProject::files).orElse(List.of());
    for (HeldFile file : files) {
      Optional<Sha256> sha256 = file.sha256();
      if (file.goneSince() != null && sha256.isPresent()) {
        blobs.discard(
            sha256.get(), untouched, () -> catalog.named(List.of(sha256.get())).isEmpty());
      }
    }
  }
}
