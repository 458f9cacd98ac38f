package dev.wellhead.server.release;

import dev.wellhead.core.pypi.FileEntry;
import dev.wellhead.core.pypi.ProjectName;
import dev.wellhead.core.pypi.ProjectStatus;
import dev.wellhead.core.pypi.Yank;
import dev.wellhead.server.catalog.HeldFile;
import dev.wellhead.server.catalog.HeldProject;
import dev.wellhead.server.catalog.Hosting;
import dev.wellhead.server.catalog.PageChange;
import dev.wellhead.server.catalog.SourceId;
import dev.wellhead.server.db.Database;
import dev.wellhead.server.db.DatabaseFault;
import dev.wellhead.server.ledger.Leaf;
import dev.wellhead.server.ledger.Ledger;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Changes what is hosted here: *gather, decide, record*, in one transaction with the ledger's
/// leaves. Whoever may do so was asked before.
public final class HostedProjects {
  /// So many files at once at most, so that what became of them fits a leaf.
  static final int MOST_AT_ONCE = 64;

  private static final int TRIES = 20;
  private static final int LONGEST_REASON = 1_000;

  private final Database database;
  private final InstantSource clock;

  public HostedProjects(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /// A file whose bytes are kept, on its way onto a page.
  ///
  /// @param status of the project, should it begin with this file
  public record Arriving(ProjectName project, FileEntry entry, ProjectStatus status) {}

  /// What is hosted of a project, or empty where it never was.
  public Optional<HeldProject> held(ProjectName project) throws DatabaseFault {
    return database.read(
        tx -> Hosting.usedSource(tx).flatMap(source -> Hosting.held(tx, source, project)));
  }

  /// Puts files onto the pages of their projects, all in one transaction: afterwards each is there,
  /// or its fate says why not.
  ///
  /// @param files 64 at most, of any projects
  /// @param also is done in the same transaction
  /// @return for each of `files` what became of it
  public List<Hosting.Fate> add(List<Arriving> files, Consumer<Handle> also) throws DatabaseFault {
    if (files.size() > MOST_AT_ONCE) {
      throw new IllegalArgumentException(files.size() + " files at once");
    }
    return recorded(
        also,
        source -> {
          Instant now = clock.instant();
          Map<ProjectName, List<Arriving>> byProject = new TreeMap<>();
          files.forEach(
              file -> byProject.computeIfAbsent(file.project(), _ -> new ArrayList<>()).add(file));
          Map<ProjectName, HeldProject> held = held(source, byProject.keySet());
          List<Change> changes = new ArrayList<>();
          IdentityHashMap<Arriving, Hosting.Fate> fates = new IdentityHashMap<>();
          byProject.forEach((project, arriving) -> {
            Hosting.Adding adding =
                Hosting.adding(
                    held.get(project),
                    project,
                    arriving.getFirst().status(),
                    arriving.stream().map(Arriving::entry).toList(),
                    now);
            for (int i = 0; i < arriving.size(); i++) {
              fates.put(arriving.get(i), adding.fates().get(i));
            }
            PageChange change = adding.change();
            if (change != null) {
              changes.add(new Change(change, filesLeaf(change, arriving, fates, now)));
            }
          });
          return new Decided<>(changes, files.stream().map(fates::get).toList());
        });
  }

  /// Yanks a file or takes its yank back.
  ///
  /// @return false where it is so already, or there is no such file
  public boolean yank(ProjectName project, String filename, Yank yank) throws DatabaseFault {
    return recorded(
        _ -> {},
        source -> {
          Instant now = clock.instant();
          HeldProject held = held(source, List.of(project)).get(project);
          Optional<PageChange> change =
              held == null ? Optional.empty() : Hosting.yanking(held, filename, yank, now);
          return new Decided<>(
              change.map(made -> new Change(made, yankLeaf(made, filename, yank, now))).stream()
                  .toList(),
              change.isPresent());
        });
  }

  /// Gives a project another status.
  ///
  /// @return false where it has it already, or there is no such project
  public boolean stand(ProjectName project, ProjectStatus status) throws DatabaseFault {
    return recorded(
        _ -> {},
        source -> {
          Instant now = clock.instant();
          HeldProject held = held(source, List.of(project)).get(project);
          Optional<PageChange> change =
              held == null ? Optional.empty() : Hosting.standing(held, status, now);
          return new Decided<>(
              change.map(made -> new Change(made, statusLeaf(made, now))).stream().toList(),
              change.isPresent());
        });
  }

  /// Takes what has had its time by `rule` off the page of a project, 64 files at most.
  ///
  /// @return whether something was removed, and there may be more
  boolean remove(ProjectName project, RetentionRule rule) throws DatabaseFault {
    return recorded(
        _ -> {},
        source -> {
          Instant now = clock.instant();
          HeldProject held = held(source, List.of(project)).get(project);
          Set<String> outdated = held == null ? Set.of() : rule.outdated(held, now);
          Set<String> some =
              outdated.stream().sorted().limit(MOST_AT_ONCE).collect(Collectors.toSet());
          Optional<PageChange> change =
              held == null ? Optional.empty() : Hosting.removing(held, some, rule.words(), now);
          return new Decided<>(
              change.map(made -> new Change(made, removedLeaf(made, some, rule, now))).stream()
                  .toList(),
              change.isPresent());
        });
  }

  private record Change(PageChange page, Leaf leaf) {}

  private record Decided<T>(List<Change> changes, T answer) {}

  private interface Decision<T> {
    Decided<T> make(SourceId source) throws DatabaseFault;
  }

  /// Somebody changed one of the projects meanwhile; thrown to roll back what was written.
  private static final class Outrun extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Outrun() {
      super("a project was changed meanwhile", null, false, false);
    }
  }

  private <T> T recorded(Consumer<Handle> also, Decision<T> decision) throws DatabaseFault {
    SourceId source = source();
    Outrun outrun = new Outrun();
    for (int attempt = 0; attempt < TRIES; attempt++) {
      Decided<T> decided = decision.make(source);
      try {
        database.<@Nullable Void>write(tx -> {
          for (Change change : decided.changes()) {
            if (!Hosting.record(tx, source, change.page())) {
              throw new Outrun();
            }
            Ledger.pend(tx, change.leaf());
          }
          also.accept(tx);
          return null;
        });
        return decided.answer();
      } catch (Outrun e) {
        outrun = e;
      }
    }
    throw new IllegalStateException("outrun " + TRIES + " times", outrun);
  }

  private SourceId source() throws DatabaseFault {
    Optional<SourceId> used = database.read(Hosting::usedSource);
    Instant now = clock.instant();
    return used.isPresent() ? used.get() : database.write(tx -> Hosting.source(tx, now));
  }

  private Map<ProjectName, HeldProject> held(SourceId source, Iterable<ProjectName> projects)
      throws DatabaseFault {
    return database.read(tx -> {
      Map<ProjectName, HeldProject> held = new TreeMap<>();
      for (ProjectName project : projects) {
        Hosting.held(tx, source, project).ifPresent(found -> held.put(project, found));
      }
      return held;
    });
  }

  private static Leaf filesLeaf(
      PageChange change,
      List<Arriving> files,
      IdentityHashMap<Arriving, Hosting.Fate> fates,
      Instant now) {
    Map<String, Object> added = new TreeMap<>();
    for (Arriving file : files) {
      FileEntry entry = file.entry();
      if (fates.get(file) instanceof Hosting.Fate.Added) {
        String yanked = entry.yank() instanceof Yank.Yanked ? " yanked" : "";
        added.put(entry.filename(), entry.sha256().orElseThrow().hex() + yanked);
      }
    }
    return leaf("hosted-files", change, now, Map.of("files", added));
  }

  private static Leaf removedLeaf(
      PageChange change, Set<String> filenames, RetentionRule rule, Instant now) {
    Map<String, Object> removed = new TreeMap<>();
    for (HeldFile file : change.after().files()) {
      if (now.equals(file.goneSince()) && filenames.contains(file.entry().filename())) {
        removed.put(file.entry().filename(), file.identity());
      }
    }
    return leaf("hosted-removed", change, now, Map.of("files", removed, "why", rule.words()));
  }

  private static Leaf yankLeaf(PageChange change, String filename, Yank yank, Instant now) {
    String state =
        switch (yank) {
          case Yank.Not _ -> "no";
          case Yank.Yanked(String reason) -> "yes: " + bounded(reason);
        };
    return leaf("hosted-yank", change, now, Map.of("file", filename, "yanked", state));
  }

  private static Leaf statusLeaf(PageChange change, Instant now) {
    ProjectStatus status = change.after().status();
    return leaf(
        "hosted-status",
        change,
        now,
        Map.of("status", status.state().word(), "reason", bounded(status.reason())));
  }

  private static Leaf leaf(String kind, PageChange change, Instant now, Map<String, ?> more) {
    Map<String, Object> all = new LinkedHashMap<>(more);
    all.put("source", Hosting.SOURCE);
    all.put("revision", change.after().revision());
    return Leaf.of(kind, change.after().name().normalized(), now, all);
  }

  private static String bounded(String reason) {
    return reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON) + "…";
  }
}
