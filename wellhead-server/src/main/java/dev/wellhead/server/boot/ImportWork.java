package dev.wellhead.server.boot;

import dev.wellhead.core.archive.ReadingLimits;
import dev.wellhead.core.pypi.ProjectName;
import dev.wellhead.server.db.DatabaseFault;
import dev.wellhead.server.release.FolderImport;
import dev.wellhead.server.release.ImportGround;
import dev.wellhead.server.release.ImportMode;
import dev.wellhead.server.release.ImportProgress;
import dev.wellhead.server.release.ImportSummary;
import dev.wellhead.server.release.ImportWatch;
import dev.wellhead.server.release.IndexImport;
import dev.wellhead.server.release.Intake;
import dev.wellhead.server.upstream.Access;
import dev.wellhead.server.upstream.Credentials;
import dev.wellhead.server.upstream.PageFormat;
import dev.wellhead.server.upstream.Surroundings;
import dev.wellhead.server.upstream.Upstream;
import dev.wellhead.server.upstream.UpstreamRefusedException;
import dev.wellhead.server.upstream.UpstreamSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What `wellhead import` does, wherever it runs.
final class ImportWork {
  private static final long EVERY_NANOS = 200_000_000;

  private final AdminRooms rooms;
  private final AdminConsole console;

  ImportWork(AdminRooms rooms, AdminConsole console) {
    this.rooms = rooms;
    this.console = console;
  }

  /// What is asked for.
  ///
  /// @param from a folder, or the URL of an index
  /// @param projects of an index; all where none is named
  /// @param files further hosts on which the files of an index may lie
  /// @param credentials for the index, or null for those of the settings, should it be the same one
  record Order(
      String from,
      List<String> projects,
      List<URI> files,
      @Nullable Credentials credentials,
      ImportMode mode) {
    Order {
      projects = List.copyOf(projects);
      files = List.copyOf(files);
    }

    boolean isIndex() {
      String lower = from.toLowerCase(Locale.ROOT);
      return lower.startsWith("http://") || lower.startsWith("https://");
    }
  }

  /// Imports, and answers the exit code: 0 where everything that was offered is here now.
  ///
  /// @throws RefusedException where nothing can be imported at all
  int run(Order order) throws RefusedException, DatabaseFault, IOException {
    ImportGround ground =
        new ImportGround(
            rooms.database(),
            rooms.blobs(),
            new Intake(ReadingLimits.USUAL),
            rooms.entropy().clock(),
            order.mode());
    ImportSummary summary = order.isIndex() ? index(order, ground) : folder(order, ground);
    tell(order, summary);
    return summary.isComplete() ? 0 : Faults.REFUSED;
  }

  private ImportSummary folder(Order order, ImportGround ground)
      throws RefusedException, DatabaseFault, IOException {
    Path folder = console.directory().resolve(order.from());
    if (!Files.isDirectory(folder)) {
      throw new RefusedException(
          "There is no folder " + folder + ": name one with wheels, or the URL of an index.");
    }
    if (!order.projects().isEmpty() || !order.files().isEmpty()) {
      throw new MisuseException("--project and --files are for the URL of an index.");
    }
    return FolderImport.run(folder, ground, watch());
  }

  private ImportSummary index(Order order, ImportGround ground)
      throws RefusedException, DatabaseFault, IOException {
    UpstreamSettings settings = settings(order);
    List<ProjectName> projects = new ArrayList<>();
    for (String project : order.projects()) {
      projects.add(
          ProjectName.of(project)
              .orElseThrow(
                  () -> new MisuseException("--project " + project + ": no project's name.")));
    }
    try (Upstream upstream = Upstream.open(settings, surroundings())) {
      IndexImport.Offer offer = offer(projects, upstream);
      if (offer.why() != null) {
        throw new RefusedException(offer.why());
      }
      return IndexImport.run(upstream, offer, ground, watch());
    } catch (UpstreamRefusedException e) {
      throw new RefusedException(String.valueOf(e.getMessage()), e);
    }
  }

  private IndexImport.Offer offer(List<ProjectName> projects, Upstream upstream)
      throws IOException {
    if (!projects.isEmpty()) {
      return new IndexImport.Offer(projects, List.of(), null);
    }
    Path list = Files.createTempFile(rooms.folder().temporary(), "names-", ".import");
    try {
      return IndexImport.offer(upstream, list);
    } finally {
      Files.deleteIfExists(list);
    }
  }

  /// Proxy, authorities and limits are those of the configured upstream; who we are there only
  /// where it is the same index.
  private UpstreamSettings settings(Order order) throws MisuseException {
    URI index;
    try {
      index = URI.create(order.from());
    } catch (IllegalArgumentException e) {
      throw new MisuseException("This is no URL: " + e.getMessage());
    }
    if (index.getRawUserInfo() != null) {
      throw new MisuseException(
          "Leave user and password out of the URL, where everybody can see them: use --user NAME.");
    }
    Settings.Upstream own = rooms.settings().upstream();
    Settings.Upstream known =
        Stream.concat(Stream.of(own), rooms.settings().source().values().stream())
            .filter(source -> isSameHost(source.index(), index))
            .findFirst()
            .orElse(null);
    UpstreamSettings set = rooms.wiring().upstream(known == null ? own : known);
    Access access = set.access();
    Credentials configured = known == null ? new Credentials.None() : access.credentials();
    return new UpstreamSettings(
        index,
        order.files().isEmpty() && known != null ? set.files() : order.files(),
        known == null ? PageFormat.AUTO : set.format(),
        new Access(
            order.credentials() == null ? configured : order.credentials(),
            known == null ? null : access.certificate(),
            access.companyCa(),
            access.proxy()),
        set.times(),
        set.sizes(),
        set.persistence());
  }

  private static boolean isSameHost(URI one, URI other) {
    return Objects.equals(one.getScheme(), other.getScheme())
        && Objects.equals(one.getRawAuthority(), other.getRawAuthority());
  }

  private Surroundings surroundings() {
    Entropy entropy = rooms.entropy();
    return new Surroundings(
        entropy.clock(),
        entropy.ticker(),
        entropy.random(),
        entropy.pause(),
        entropy.resolver(),
        new SimpleMeterRegistry());
  }

  private ImportWatch watch() {
    ImportPace pace = new ImportPace(rooms.entropy().ticker(), EVERY_NANOS);
    return new ImportWatch() {
      @Override
      public void progress(ImportProgress progress) {
        pace.line(progress).ifPresent(console::progress);
      }

      @Override
      public void refused(String place, List<String> reasons) {
        console.err("Left out " + place + ": " + String.join(" ", reasons));
      }

      @Override
      public boolean cancelled() {
        return console.cancelled();
      }
    };
  }

  private void tell(Order order, ImportSummary summary) {
    boolean dry = order.mode() == ImportMode.DRY_RUN;
    console.out(
        String.format(
            Locale.ROOT,
            "%,d files seen = %,d %s (%s) + %,d already here + %,d refused.",
            summary.seen(),
            summary.imported(),
            dry ? "that would be imported" : "imported",
            ImportPace.bytes((double) summary.bytes()),
            summary.here(),
            summary.refused()));
    if (summary.passedOver() > 0) {
      console.out(
          String.format(
              Locale.ROOT,
              "%,d other files are neither wheels nor source distributions.",
              summary.passedOver()));
    }
    if (summary.unhashed() > 0) {
      console.out(
          String.format(
              Locale.ROOT,
              "%,d files came without a hash to compare: they are as the index sent them.",
              summary.unhashed()));
    }
    if (summary.projectsRefused() > 0) {
      console.out(
          String.format(
              Locale.ROOT,
              "%,d projects could not be looked at, each is named above.",
              summary.projectsRefused()));
    }
    if (!summary.isWhole()) {
      console.out(
          "It ended before all was seen. Run the same command again: it goes on from here.");
    }
  }
}
