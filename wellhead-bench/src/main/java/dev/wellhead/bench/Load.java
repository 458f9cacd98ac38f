package dev.wellhead.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Carries out a plan on one thread over non-blocking sockets.
///
/// All connections stand before the first request is sent, so that connecting is in no latency. A
/// connection that the server closes between two answers is replaced; one that breaks within an
/// answer is a fault as well. Everything is bounded: requests, time, faults.
public final class Load implements AutoCloseable {
  private static final int MOST_FAULTS = 1_000;
  private static final int MOST_PENDING_CONNECTS = 128;
  private static final long CONNECT_NANOS = 30_000_000_000L;

  private final Plan plan;
  private final LongSupplier ticker;
  private final Selector selector;
  private final InetSocketAddress address;
  private final ByteBuffer request;
  private final byte[] bytes = new byte[262_144];
  private final ByteBuffer buffer = ByteBuffer.wrap(bytes);
  private final Outcome outcome = new Outcome();
  private final Queue<Connection> idle = new ArrayDeque<>();
  private final Set<Connection> open = new LinkedHashSet<>();
  private final long due;
  private int connecting;
  private int busy;
  private long sent;
  private long faults;
  private long startedAt;
  private long endsAt;

  private Load(Plan plan, LongSupplier ticker) throws IOException {
    this.plan = plan;
    this.ticker = ticker;
    this.selector = Selector.open();
    this.address = new InetSocketAddress(plan.target().host(), plan.target().port());
    byte[] text = plan.target().request().getBytes(StandardCharsets.ISO_8859_1);
    this.request = ByteBuffer.allocateDirect(text.length).put(text).flip();
    this.due =
        switch (plan.pace()) {
          case Pace.AsAnswered _ -> plan.requests();
          case Pace.Steady(double rate) ->
              Math.min(plan.requests(), Math.round(rate * plan.time().toNanos() / 1e9));
        };
  }

  /// Runs a plan to its end.
  ///
  /// @param ticker nanoseconds that only grow
  /// @throws IOException when the server cannot be connected to at all
  public static Outcome run(Plan plan, LongSupplier ticker) throws IOException {
    try (Load load = new Load(plan, ticker)) {
      load.connectAll();
      load.ask();
      return load.outcome;
    }
  }

  private void connectAll() throws IOException {
    long limit = ticker.getAsLong() + CONNECT_NANOS;
    while (open.size() < plan.connections()) {
      while (connecting < MOST_PENDING_CONNECTS && open.size() + connecting < plan.connections()) {
        connect();
      }
      selector.select(this::ready, 100);
      if (faults > 0 || ticker.getAsLong() > limit) {
        throw new IOException(
            "only "
                + open.size()
                + " of "
                + plan.connections()
                + " connections came to stand: "
                + outcome.json());
      }
    }
  }

  private void connect() throws IOException {
    SocketChannel channel = SocketChannel.open();
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.register(selector, SelectionKey.OP_CONNECT);
    connecting++;
    try {
      channel.connect(address);
    } catch (IOException e) {
      connecting--;
      channel.close();
      fault("connect: " + e.getMessage());
    }
  }

  private void ask() throws IOException {
    startedAt = ticker.getAsLong();
    endsAt = startedAt + plan.time().toNanos();
    long lastLimit = endsAt + plan.grace().toNanos();
    long now = startedAt;
    while (now < lastLimit && faults < MOST_FAULTS) {
      sendWhatIsDue(now);
      if (busy == 0 && !more(now)) {
        break;
      }
      selector.select(this::ready, plan.pace() instanceof Pace.Steady ? 1 : 50);
      now = ticker.getAsLong();
    }
    now = ticker.getAsLong();
    outcome.ended((now - startedAt) / 1e9);
    for (Connection connection : open) {
      if (connection.busy()) {
        outcome.unanswered(now - connection.begunAt());
      }
    }
    if (plan.pace() instanceof Pace.Steady steady) {
      for (long index = sent; index < due; index++) {
        outcome.unanswered(Math.max(0, now - startedAt - steady.dueNanos(index)));
      }
    }
  }

  private boolean more(long now) {
    return sent < due && (now < endsAt || plan.pace() instanceof Pace.Steady);
  }

  private void sendWhatIsDue(long now) throws IOException {
    switch (plan.pace()) {
      case Pace.AsAnswered _ -> {
        while (!idle.isEmpty() && more(now)) {
          send(idle.remove(), now);
        }
      }
      case Pace.Steady steady -> {
        while (!idle.isEmpty() && sent < due && startedAt + steady.dueNanos(sent) <= now) {
          send(idle.remove(), startedAt + steady.dueNanos(sent));
        }
      }
    }
  }

  private void send(Connection connection, long begunAt) throws IOException {
    sent++;
    busy++;
    connection.begin(begunAt, plan.checks().hashEvery());
    try {
      if (connection.channel.write(request.duplicate()) < request.limit()) {
        broken(connection, "request not taken at once");
      }
    } catch (IOException e) {
      broken(connection, "write: " + e.getMessage());
    }
  }

  private void ready(SelectionKey key) {
    try {
      if (key.attachment() instanceof Connection connection) {
        read(connection);
      } else {
        finishConnect(key);
      }
    } catch (IOException e) {
      fault("connect: " + e.getMessage());
    }
  }

  private void finishConnect(SelectionKey key) throws IOException {
    SocketChannel channel = (SocketChannel) key.channel();
    connecting--;
    try {
      channel.finishConnect();
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    Connection connection = new Connection(channel, new AnswerReader(sha256()));
    key.attach(connection);
    key.interestOps(SelectionKey.OP_READ);
    open.add(connection);
    idle.add(connection);
    outcome.connected();
  }

  private void read(Connection connection) throws IOException {
    buffer.clear();
    try {
      int count = connection.channel.read(buffer);
      if (count < 0 && connection.busy()) {
        broken(connection, "closed within an answer");
      } else if (count < 0) {
        replace(connection);
      } else if (!connection.busy()) {
        broken(connection, "bytes that nobody asked for");
      } else {
        take(connection, connection.reader.feed(bytes, count));
      }
    } catch (MalformedAnswerException | IOException e) {
      broken(connection, "read: " + e.getMessage());
    }
  }

  private void take(Connection connection, @Nullable Answer answer) throws IOException {
    long now = ticker.getAsLong();
    connection.sawBytes(now);
    if (answer == null) {
      return;
    }
    busy--;
    connection.end();
    outcome.answered(
        answer,
        plan.checks().expectation().metBy(answer),
        now - connection.begunAt(),
        connection.firstByteNanos(now));
    if (connection.reader.closes()) {
      replace(connection);
    } else {
      idle.add(connection);
      if (plan.pace() instanceof Pace.AsAnswered) {
        sendWhatIsDue(now);
      }
    }
  }

  /// The request on it is lost; its time counts up to now.
  private void broken(Connection connection, String why) throws IOException {
    fault(why);
    if (connection.busy()) {
      busy--;
      outcome.unanswered(ticker.getAsLong() - connection.begunAt());
    }
    replace(connection);
  }

  private void replace(Connection connection) throws IOException {
    connection.end();
    connection.channel.close();
    open.remove(connection);
    idle.remove(connection);
    if (faults < MOST_FAULTS) {
      connect();
    }
  }

  private void fault(String what) {
    faults++;
    outcome.fault(what);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  @Override
  public void close() throws IOException {
    for (SelectionKey key : List.copyOf(selector.keys())) {
      key.channel().close();
    }
    selector.close();
  }
}
