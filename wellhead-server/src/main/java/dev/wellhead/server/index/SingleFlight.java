package dev.wellhead.server.index;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;

/// Lets one caller do the work for a key while the others wait for what it gets.
///
/// The map holds the work under way and nothing else: who comes after the end begins anew.
final class SingleFlight<K, V> {
  private final ConcurrentMap<K, CompletableFuture<V>> underWay = new ConcurrentHashMap<>();

  /// The outcome of `work`, or of the same work that another caller is doing now.
  ///
  /// @throws Exception what the work threw, to every waiting caller alike
  V run(K key, Callable<V> work) throws Exception {
    CompletableFuture<V> mine = new CompletableFuture<>();
    CompletableFuture<V> leader = underWay.putIfAbsent(key, mine);
    if (leader != null) {
      return await(leader);
    }
    try {
      mine.complete(work.call());
    } catch (Throwable e) {
      // Also an Error must reach those who wait, else they would wait for ever.
      mine.completeExceptionally(e);
    } finally {
      underWay.remove(key, mine);
    }
    return await(mine);
  }

  private static <V> V await(CompletableFuture<V> outcome) throws Exception {
    try {
      return outcome.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case Exception cause -> throw cause;
        case Error error -> throw error;
        case null, default -> throw e;
      }
    }
  }
}
