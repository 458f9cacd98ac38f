package dev.wellhead.server.release;

import dev.wellhead.core.pypi.Sha256;
import dev.wellhead.server.catalog.Hosting;
import dev.wellhead.server.db.DatabaseFault;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/// Works on several files of an import at once, and records them in the order in which they were
/// put on, many in one transaction.
///
/// The order makes an import that was stopped and taken up again end like one that ran through.
/// Bytes are kept before the rows that name them; rows come whole or not at all. Used from one
/// thread; the files are worked on by threads of its own, which are not those that serve requests.
final class Conveyor implements AutoCloseable {
  /// What is done at once waits for disks more than for processors.
  private static final int WIDTH = 8;

  private final ImportGround ground;
  private final HostedProjects hosted;
  private final ImportWatch watch;
  private final ExecutorService workers =
      Executors.newFixedThreadPool(
          WIDTH, Thread.ofPlatform().daemon().name("import-", 0).factory());
  private final Deque<Future<Done>> underWay = new ArrayDeque<>();
  private final List<Done.Ready> ready = new ArrayList<>();
  private final List<ImportMemory.Reading> readings = new ArrayList<>();
  private final Tally tally = new Tally();
  private Pace pace = new Pace(0, 0, "files", _ -> 0);

  /// How far the work is in steps that only the caller knows.
  ///
  /// @param fraction of all work, by what was tallied so far
  record Pace(long done, long total, String what, ToDoubleFunction<Tally> fraction) {}

  /// Counts as they grow.
  static final class Tally {
    private long seen;
    private long imported;
    private long here;
    private long refused;
    private long bytes;
    private long importedBytes;
    private long unhashed;
    private long projectsRefused;

    long files() {
      return seen;
    }

    long bytes() {
      return bytes;
    }
  }

  Conveyor(ImportGround ground, ImportWatch watch) {
    this.ground = ground;
    this.hosted = ground.hosted();
    this.watch = watch;
  }

  void pace(Pace now) {
    pace = now;
  }

  /// Lets a file be worked on; what came of earlier ones is taken off meanwhile.
  void put(Callable<Done> work) throws DatabaseFault, IOException {
    while (underWay.size() >= 2 * WIDTH) {
      takeOff();
    }
    underWay.add(workers.submit(work));
  }

  /// Notes what came of a file at once.
  void put(Done done) throws DatabaseFault, IOException {
    put(() -> done);
  }

  /// A project of which no file is known.
  void refuseProject(String place, String why) {
    tally.projectsRefused++;
    watch.refused(place, List.of(why));
  }

  /// Takes off and records all that is under way.
  void clear() throws DatabaseFault, IOException {
    while (!underWay.isEmpty()) {
      takeOff();
    }
    record();
  }

  ImportSummary summary(long passedOver, boolean isWhole) {
    return new ImportSummary(
        tally.seen,
        tally.imported,
        tally.here,
        tally.refused,
        tally.importedBytes,
        tally.unhashed,
        passedOver,
        tally.projectsRefused,
        isWhole);
  }

  /// Ends what is under way and waits for it, so that nobody works in a folder that is given up.
  @Override
  public void close() {
    workers.shutdownNow();
    boolean interrupted = Thread.interrupted();
    while (true) {
      try {
        if (workers.awaitTermination(1, TimeUnit.MINUTES)) {
          break;
        }
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void takeOff() throws DatabaseFault, IOException {
    Done done = result(underWay.remove());
    tally.seen++;
    tally.bytes += done.size();
    switch (done) {
      case Done.Ready file -> {
        ready.add(file);
        remember(file.reading());
        // Counted as imported until its transaction says something else.
        tally.imported++;
      }
      case Done.Here file -> {
        tally.here++;
        remember(file.reading());
      }
      case Done.Refused file -> refuse(file.place(), file.reasons());
    }
    if (ready.size() == HostedProjects.MOST_AT_ONCE
        || readings.size() >= 4 * HostedProjects.MOST_AT_ONCE) {
      record();
    }
    watch.progress(
        new ImportProgress(
            tally.seen,
            tally.bytes,
            pace.done(),
            pace.total(),
            pace.what(),
            pace.fraction().applyAsDouble(tally)));
  }

  private void remember(ImportMemory.@Nullable Reading reading) {
    if (reading != null) {
      readings.add(reading);
    }
  }

  private void record() throws DatabaseFault {
    if (!ground.isDry() && !(ready.isEmpty() && readings.isEmpty())) {
      List<ImportMemory.Reading> remembered = List.copyOf(readings);
      List<Hosting.Fate> fates =
          hosted.add(
              ready.stream().map(Done.Ready::arriving).toList(),
              tx -> remembered.forEach(reading -> ImportMemory.remember(tx, reading)));
      for (int i = 0; i < ready.size(); i++) {
        tell(ready.get(i), fates.get(i));
      }
    } else {
      ready.forEach(file -> tell(file, new Hosting.Fate.Added()));
    }
    ready.clear();
    readings.clear();
  }

  private void tell(Done.Ready file, Hosting.Fate fate) {
    switch (fate) {
      case Hosting.Fate.Added _ -> {
        tally.importedBytes += file.size();
        tally.unhashed += file.isHashed() ? 0 : 1;
      }
      case Hosting.Fate.Here _ -> {
        tally.imported--;
        tally.here++;
      }
      case Hosting.Fate.Taken(String identity, var _) -> {
        tally.imported--;
        Sha256 own = file.arriving().entry().sha256().orElseThrow();
        refuse(file.place(), List.of(taken(identity, own)));
      }
    }
  }

  private void refuse(String place, List<String> reasons) {
    tally.refused++;
    watch.refused(place, reasons);
  }

  /// Why a file is left out whose name is another one's.
  static String taken(String identity, Sha256 own) {
    return "Another file of this name is hosted here: its SHA-256 is "
        + identity
        + ", that of this one is "
        + own
        + ". A name that was used stays used: give the new file another version or build number.";
  }

  private static Done result(Future<Done> future) throws DatabaseFault, IOException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException fault -> throw fault;
        case DatabaseFault fault -> throw fault;
        case RuntimeException bug -> throw bug;
        case Error error -> throw error;
        case null, default -> throw new IllegalStateException(e);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("the import was interrupted", e);
    }
  }
}
