package dev.wellhead.server.db;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Lets commits fail, before or after they took hold: the next one, or all until told otherwise.
public final class FailingCommits implements Seam {
  /// How a commit fails.
  ///
  /// @param tookHold whether the commit is done before its answer is lost
  public record Failure(String sqlState, boolean tookHold, boolean everyTime) {}

  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicReference<@Nullable Failure> next = new AtomicReference<>();
  private final AtomicReference<@Nullable Error> error = new AtomicReference<>();

  /// The next commit fails thus.
  public void failNext(boolean tookHold) {
    next.set(new Failure("08006", tookHold, false));
  }

  /// The next commit meets this, as it may where memory is short.
  public void breakNext(Error with) {
    error.set(with);
  }

  /// All commits fail so until [#heal()].
  public void failAll(boolean tookHold) {
    next.set(new Failure("08006", tookHold, true));
  }

  /// The next commit is told that it lost a race.
  public void loseNextRace() {
    next.set(new Failure("40001", false, false));
  }

  /// How many commits were asked for.
  public int asked() {
    return asked.get();
  }

  public void heal() {
    next.set(null);
  }

  @Override
  public DataSource over(DataSource source) {
    return proxy(
        DataSource.class,
        source,
        (method, result) -> result instanceof Connection real ? over(real) : result);
  }

  private Connection over(Connection real) {
    return (Connection)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Connection.class},
            (_, method, arguments) -> {
              boolean commit = "commit".equals(method.getName());
              Error broken = commit ? error.getAndSet(null) : null;
              if (broken != null) {
                throw broken;
              }
              Failure failure = commit ? next.get() : null;
              if (commit) {
                asked.incrementAndGet();
              }
              if (failure != null && !failure.everyTime()) {
                next.compareAndSet(failure, null);
              }
              if (failure == null || failure.tookHold()) {
                Object result = invoke(real, method, arguments);
                if (failure == null) {
                  return result;
                }
              }
              throw new SQLException("the line went dead", failure.sqlState());
            });
  }

  private interface Change {
    @Nullable Object of(String method, @Nullable Object result);
  }

  private static <T> T proxy(Class<T> type, T real, Change change) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (_, method, arguments) ->
                change.of(method.getName(), invoke(real, method, arguments))));
  }

  private static @Nullable Object invoke(
      Object real, java.lang.reflect.Method method, Object @Nullable [] arguments)
      throws Throwable {
    try {
      return method.invoke(real, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }
}
