package dev.wellhead.server.index;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.wellhead.core.policy.Finding;
import dev.wellhead.core.policy.Judgement;
import dev.wellhead.core.policy.Verdict;
import dev.wellhead.core.pypi.ProjectName;
import dev.wellhead.core.pypi.ProjectStatus;
import dev.wellhead.core.pypi.Yank;
import dev.wellhead.server.catalog.HeldFile;
import dev.wellhead.server.catalog.HeldProject;
import dev.wellhead.server.db.DatabaseFault;
import dev.wellhead.server.firewall.Case;
import dev.wellhead.server.firewall.Firewall;
import dev.wellhead.server.firewall.Verdicts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The one gate that every file and every page passes on its way out: what the firewall says of a
/// project is asked here, remembered while it holds, and put onto its page.
final class Gate {
  private static final long MOST_FILES = 400_000;

  private final Firewall firewall;
  private final Stops stops;
  private final Cache<Key, Verdicts> known =
      Caffeine.newBuilder()
          .maximumWeight(MOST_FILES)
          .weigher((Key _, Verdicts verdicts) -> 10 + verdicts.size())
          .build();

  private record Key(String view, long source, ProjectName project) {}

  Gate(Firewall firewall, Stops stops) {
    this.firewall = firewall;
    this.stops = stops;
  }

  Stops stops() {
    return stops;
  }

  /// What holds of `today`, the project as `shelf` has it now, seen through `view`.
  Verdicts judge(View view, Shelf shelf, HeldProject today) throws DatabaseFault {
    Key key = new Key(Views.base(view.name()), shelf.source().id().value(), today.name());
    Verdicts before = known.getIfPresent(key);
    if (before != null && before.revision() == today.revision() && firewall.stillHolds(before)) {
      return before;
    }
    Verdicts verdicts =
        firewall.judge(new Case(key.view(), shelf.source().id(), shelf.source().name(), today));
    known.put(key, verdicts);
    return verdicts;
  }

  /// What was decided about the project last, where it still holds whatever became of the project.
  @Nullable Verdicts known(View view, Shelf shelf, ProjectName project) throws DatabaseFault {
    Verdicts known =
        this.known.getIfPresent(
            new Key(Views.base(view.name()), shelf.source().id().value(), project));
    return known != null && firewall.stillHolds(known) ? known : null;
  }

  /// Whether all of these would be given again at `now`: a look into memory.
  boolean holds(List<Verdicts> verdicts, Instant now) {
    for (Verdicts each : verdicts) {
      if (!firewall.holds(each, now)) {
        return false;
      }
    }
    return true;
  }

  /// The same, read where memory does not say.
  boolean stillHolds(List<Verdicts> verdicts) throws DatabaseFault {
    for (Verdicts each : verdicts) {
      if (!firewall.stillHolds(each)) {
        return false;
      }
    }
    return true;
  }

  /// Counts that a file was asked for; never waits.
  void count(Verdicts.Ruling ruling) {
    firewall.count(ruling.judgement());
  }

  /// Looks into bytes that have come, for what rules ask about them.
  void inspect(Located.Found found, java.nio.file.Path bytes)
      throws DatabaseFault, java.io.IOException {
    firewall.inspect(found.sha256(), bytes, found.file().entry().filename(), found.project());
  }

  /// `there` as it is shown: what may not leave is listed as yanked with the reason, so that ranges
  /// fall back to what may, and a pin gets to hear why; what is hidden is not there. A project that
  /// is bad as a whole offers nothing (PEP 792).
  HeldProject shown(HeldProject there, Verdicts verdicts) {
    String whole = verdicts.whole();
    if (whole != null && !there.files().isEmpty()) {
      return new HeldProject(
          there.name(),
          new ProjectStatus(ProjectStatus.State.QUARANTINED, stops.ofProject(whole)),
          there.versions(),
          there.lastSerial(),
          List.of(),
          there.confirmed(),
          there.goneSince(),
          there.memory(),
          there.revision());
    }
    if (verdicts.isPlain()) {
      return there;
    }
    List<HeldFile> files = new ArrayList<>(there.files().size());
    for (HeldFile file : there.files()) {
      HeldFile shown = shown(file, verdicts.find(file));
      if (shown != null) {
        files.add(shown);
      }
    }
    return there.withFiles(files);
  }

  private @Nullable HeldFile shown(HeldFile file, Verdicts.@Nullable Ruling ruling) {
    if (ruling == null || ruling.judgement().verdict() instanceof Verdict.Hide) {
      return null; // what was not judged is not shown
    }
    if (!ruling.isServed()) {
      boolean back =
          file.goneSince() == null || ruling.judgement().verdict() instanceof Verdict.Block;
      return back ? yanked(file, stops.onPage(ruling)) : file;
    }
    return announced(ruling.judgement()) && file.goneSince() == null
        ? yanked(file, stops.onPage(ruling))
        : file;
  }

  private static boolean announced(Judgement judgement) {
    return judgement.verdict() instanceof Verdict.Warn
        && judgement.findings().stream().anyMatch(Finding::yank);
  }

  private static HeldFile yanked(HeldFile file, String reason) {
    return new HeldFile(
        file.entry().withYank(new Yank.Yanked(reason)), file.path(), file.firstSeen(), null);
  }
}
