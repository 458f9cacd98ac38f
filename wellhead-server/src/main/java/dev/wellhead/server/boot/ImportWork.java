package dev.wellhead.server.boot;

import dev.wellhead.core.archive.ReadingLimits;
import dev.wellhead.core.pypi.ProjectName;
import dev.wellhead.server.blob.Blobs;
import dev.wellhead.server.db.Database;
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
import org.jspecify.annotations.Nullable;

/// What `wellhead import` does, wherever it runs.
final class ImportWork {
  private final Rooms rooms;
  private final Output output;

  ImportWork(Rooms rooms, Output output) {
    this.rooms = rooms;
    this.output = output;
  }

  /// What it works with.
  ///
  /// @param temporary a folder for files that need not outlive the verb
  record Rooms(Database database, Blobs blobs, Wiring wiring, Entropy entropy, Path temporary) {}

  /// Whom it talks to, a line at a time.
  interface Output {
    void out(String line);

    void err(String line);

    /// How far the work is; a person wants to see the newest such line alone.
    void progress(String line);

    boolean cancelled();

    /// Where the verb was called, absolute.
    Path directory();
  }

  /// What is asked for.
  ///
  /// @param from a folder, or the URL of an index
  /// @param projects of an index; all where none is named
  /// @param files further hosts on which the files of an index may lie
  /// @param credentials for the index, or null for those of the settings, should it be the same one
  /// @param every nanoseconds between two lines about progress
  record Order(
      String from,
      List<String> projects,
      List<URI> files,
      @Nullable Credentials credentials,
      ImportMode mode,
      long every) {
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
    Path folder = output.directory().resolve(order.from());
    if (!Files.isDirectory(folder)) {
      throw new RefusedException(
          "There is no folder " + folder + ": name one with wheels, or the URL of an index.");
    }
    if (!order.projects().isEmpty() || !order.files().isEmpty()) {
      throw new MisuseException("--project and --files are for the URL of an index.");
    }
    return FolderImport.run(folder, ground, watch(order));
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
      return IndexImport.run(upstream, offer, ground, watch(order));
    } catch (UpstreamRefusedException e) {
      throw new RefusedException(String.valueOf(e.getMessage()), e);
    }
  }

  private IndexImport.Offer offer(List<ProjectName> projects, Upstream upstream)
      throws IOException {
    if (!projects.isEmpty()) {
      return new IndexImport.Offer(projects, List.of(), null);
    }
    Path list = Files.createTempFile(rooms.temporary(), "names-", ".import");
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
    UpstreamSettings set = rooms.wiring().upstream();
    boolean same =
        Objects.equals(set.index().getScheme(), index.getScheme())
            && Objects.equals(set.index().getRawAuthority(), index.getRawAuthority());
    Access known = set.access();
    Credentials configured = same ? known.credentials() : new Credentials.None();
    return new UpstreamSettings(
        index,
        order.files(),
        new Access(
            order.credentials() == null ? configured : order.credentials(),
            same ? known.certificate() : null,
            known.companyCa(),
            known.proxy()),
        set.times(),
        set.sizes(),
        set.persistence());
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

  private ImportWatch watch(Order order) {
    ImportPace pace = new ImportPace(rooms.entropy().ticker(), order.every());
    return new ImportWatch() {
      @Override
      public void progress(ImportProgress progress) {
        pace.line(progress).ifPresent(output::progress);
      }

      @Override
      public void refused(String place, List<String> reasons) {
        output.err("Left out " + place + ": " + String.join(" ", reasons));
      }

      @Override
      public boolean cancelled() {
        return output.cancelled();
      }
    };
  }

  private void tell(Order order, ImportSummary summary) {
    boolean dry = order.mode() == ImportMode.DRY_RUN;
    output.out(
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
      output.out(
          String.format(
              Locale.ROOT,
              "%,d other files are neither wheels nor source distributions.",
              summary.passedOver()));
    }
    if (summary.unhashed() > 0) {
      output.out(
          String.format(
              Locale.ROOT,
              "%,d files came without a hash to compare: they are as the index sent them.",
              summary.unhashed()));
    }
    if (summary.projectsRefused() > 0) {
      output.out(
          String.format(
              Locale.ROOT,
              "%,d projects could not be looked at, each is named above.",
              summary.projectsRefused()));
    }
    if (!summary.isWhole()) {
      output.out("It ended before all was seen. Run the same command again: it goes on from here.");
    }
  }
}
