package dev.wellhead.server.http;

import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/// Watches a [MemoryHandler] for answers that take longer than 10 ms, for that handler holds up all
/// connections.
///
/// A test wraps its handler, asks it a few times, calls [#warm()], does its work and calls
/// [#check()] at its end. One slow answer in a hundred is forgiven: on a shared machine the
/// collector or another process may have been the cause.
public final class WatchedMemory implements MemoryHandler {
  private static final long LIMIT = Duration.ofMillis(10).toNanos();

  private final MemoryHandler watched;
  private final Queue<String> slow = new ConcurrentLinkedQueue<>();
  private final AtomicInteger asked = new AtomicInteger();

  public WatchedMemory(MemoryHandler watched) {
    this.watched = watched;
  }

  @Override
  public Optional<Response> answer(Request request) {
    long start = System.nanoTime();
    Optional<Response> answer = watched.answer(request);
    long took = System.nanoTime() - start;
    asked.incrementAndGet();
    if (took > LIMIT) {
      slow.add(request.method() + " " + request.path() + " took " + took / 1_000_000 + " ms");
    }
    return answer;
  }

  /// Forgets what was slow so far: the first answers of a JVM load classes.
  public void warm() {
    slow.clear();
    asked.set(0);
  }

  /// Fails when answers were slow.
  public void check() {
    if (slow.size() > asked.get() / 100) {
      throw new AssertionError("memory handlers must not block: " + slow);
    }
  }
}
