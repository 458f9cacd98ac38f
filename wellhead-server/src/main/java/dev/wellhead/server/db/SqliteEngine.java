package dev.wellhead.server.db;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// SQLite on threads of its own: one that writes, some that read, each with its connection.
///
/// They are platform threads, since a native call pins the carrier of a virtual one.
final class SqliteEngine implements Engine {
  private static final long CHECKPOINT_SECONDS = 1;

  private final String where;
  private final BlockingQueue<Order> writes = new LinkedBlockingQueue<>();
  private final BlockingQueue<Order> reads = new LinkedBlockingQueue<>();
  private final SqliteWriter writer;
  private final Thread writing;
  private final List<Thread> reading;
  private final ScheduledExecutorService ticks;

  SqliteEngine(String where, DataSource writeSource, DataSource readSource, int readers) {
    this.where = where;
    this.writer = new SqliteWriter(where, writeSource, writes);
    this.writing = start("sqlite-writer", writer);
    this.reading =
        IntStream.rangeClosed(1, readers)
            .mapToObj(n -> start("sqlite-reader-" + n, () -> serveReads(readSource)))
            .toList();
    this.ticks =
        new ScheduledThreadPoolExecutor(
            1, task -> Thread.ofPlatform().name("sqlite-ticks").daemon(true).unstarted(task));
    var _ =
        ticks.scheduleWithFixedDelay(
            this::tick, CHECKPOINT_SECONDS, CHECKPOINT_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public <T extends @Nullable Object> T read(Unit<T> unit) throws DatabaseFault {
    return submit(reads, unit);
  }

  @Override
  public <T extends @Nullable Object> T write(Unit<T> unit) throws DatabaseFault {
    return submit(writes, unit);
  }

  /// Readers end first: the last connection to close is the writer's, and SQLite then moves the log
  /// into the file and removes it.
  @Override
  public void close() {
    ticks.shutdownNow();
    reading.forEach(_ -> reads.add(new Order.End()));
    boolean interrupted = false;
    for (Thread reader : reading) {
      interrupted |= join(reader);
    }
    writes.add(new Order.End());
    interrupted |= join(writing);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void tick() {
    if (writer.isAhead()) {
      writes.add(new Order.Checkpoint());
    }
  }

  private void serveReads(DataSource source) {
    try (Lane lane = new Lane(source, "PRAGMA query_only=1")) {
      while (true) {
        switch (next(reads)) {
          case Pending<?> pending when pending.begin() -> runRead(lane, pending);
          case Pending<?> _, Order.Checkpoint _ -> {}
          case Order.End _ -> {
            return;
          }
        }
      }
    }
  }

  /// Each unit ends by rolling back, which lets go of its snapshot.
  private void runRead(Lane lane, Pending<?> pending) {
    try {
      Connection connection = lane.connection();
      connection.setAutoCommit(false); // stays so: the snapshot begins with the first statement
      try (var tx = lane.handle()) {
        pending.run(tx, where);
      }
      connection.rollback();
      pending.end();
    } catch (SQLException | RuntimeException | Error e) { // whatever failed, nobody must wait
      lane.drop();
      pending.fail(where + " could not be read: " + e.getMessage(), e);
    }
  }

  /// Waits for the next order. These threads are interrupted by nobody but a mistake.
  static Order next(BlockingQueue<Order> queue) {
    while (true) {
      try {
        return queue.take();
      } catch (InterruptedException _) {
        // the end comes as an order
      }
    }
  }

  static List<Order> drain(BlockingQueue<Order> queue, int limit) {
    List<Order> orders = new ArrayList<>();
    orders.add(next(queue));
    queue.drainTo(orders, limit - 1);
    return orders;
  }

  private static <T extends @Nullable Object> T submit(BlockingQueue<Order> queue, Unit<T> unit)
      throws DatabaseFault {
    Pending<T> pending = new Pending<>(unit);
    queue.add(pending);
    return pending.await();
  }

  private static Thread start(String name, Runnable work) {
    return Thread.ofPlatform().name(name).daemon(true).start(work);
  }

  private static boolean join(Thread thread) {
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        return interrupted;
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
  }
}
