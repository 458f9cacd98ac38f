package dev.wellhead.server.db;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Lets the k-th thing fail that the database is asked for, before or after it took hold: a
/// connection, a statement, a commit, a rollback. Any thread may ask.
public final class FaultyStatements implements Seam {
  private static final Set<String> ENDS = Set.of("commit", "rollback");

  // All three are guarded by this.
  private final List<String> effects = new ArrayList<>();
  private int failing = -1;
  private boolean tookHold;

  /// The effects so far, in words.
  public synchronized List<String> effects() {
    return List.copyOf(effects);
  }

  /// Counts from here on, and lets the effect with this number fail; none when it is negative.
  public synchronized void fail(int number, boolean afterItTookHold) {
    effects.clear();
    failing = number;
    tookHold = afterItTookHold;
  }

  @Override
  public DataSource over(DataSource source) {
    return proxy(
        DataSource.class,
        (method, arguments) ->
            method.getName().equals("getConnection")
                ? over((Connection) effect("connect", source, method, arguments))
                : invoke(source, method, arguments));
  }

  private Connection over(Connection real) {
    return proxy(
        Connection.class,
        (method, arguments) -> {
          String name = method.getName();
          if (ENDS.contains(name)) {
            return effect(name, real, method, arguments);
          }
          Object result = invoke(real, method, arguments);
          return name.equals("prepareStatement")
              ? over((PreparedStatement) result, words(arguments[0]))
              : result;
        });
  }

  private PreparedStatement over(PreparedStatement real, String sql) {
    return proxy(
        PreparedStatement.class,
        (method, arguments) ->
            method.getName().startsWith("execute")
                ? effect(sql, real, method, arguments)
                : invoke(real, method, arguments));
  }

  private Object effect(String name, Object real, Method method, Object[] arguments)
      throws Throwable {
    Fate fate = next(name);
    if (fate == Fate.FAILS) {
      throw new SQLException("the line went dead before " + name, "08006");
    }
    Object result = invoke(real, method, arguments);
    if (fate == Fate.FAILS_AFTERWARDS) {
      if (result instanceof Connection open) {
        open.close();
      }
      throw new SQLException("the line went dead after " + name, "08006");
    }
    return result;
  }

  private enum Fate {
    SUCCEEDS,
    FAILS,
    FAILS_AFTERWARDS
  }

  private synchronized Fate next(String name) {
    boolean fails = effects.size() == failing;
    effects.add(name);
    if (!fails) {
      return Fate.SUCCEEDS;
    }
    return tookHold ? Fate.FAILS_AFTERWARDS : Fate.FAILS;
  }

  private static String words(Object sql) {
    String text = sql.toString().strip().replaceAll("\\s+", " ");
    return text.length() <= 40 ? text : text.substring(0, 40);
  }

  private interface Answering {
    @Nullable Object of(Method method, Object[] arguments) throws Throwable;
  }

  private static <T> T proxy(Class<T> type, Answering answering) {
    return type.cast(
        Proxy.newProxyInstance(
            FaultyStatements.class.getClassLoader(),
            new Class<?>[] {type},
            (_, method, arguments) ->
                answering.of(method, arguments == null ? new Object[0] : arguments)));
  }

  private static Object invoke(Object real, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(real, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }
}
