package dev.wellhead.server.boot;

import dev.wellhead.server.blob.Blobs;
import dev.wellhead.server.db.Database;
import dev.wellhead.server.db.DatabaseFault;
import dev.wellhead.server.db.DatabaseRefusedException;
import dev.wellhead.server.fetches.Fetches;
import java.io.IOException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One call of a verb from the command line: through the folder's socket where a server answers
/// there, else on rooms of its own.
final class AdminCall {
  private static final long SECONDS_TO_END = 10;

  private final Settings settings;
  private final List<String> arguments;
  private final TerminalConsole console;

  AdminCall(Settings settings, List<String> arguments, TerminalConsole console) {
    this.settings = settings;
    this.arguments = List.copyOf(arguments);
    this.console = console;
  }

  int make(AdminVerb verb) throws RefusedException, IOException {
    Path folder = settings.data().toAbsolutePath().normalize();
    if (!Files.isDirectory(folder)) {
      throw new RefusedException(
          "There is no data folder %s: name the one that the server uses with --data."
              .formatted(folder));
    }
    requireAccess(folder);
    Optional<UnixDomainSocketAddress> address = AdminWire.address(folder, console.directory());
    try (SocketChannel channel = address.isEmpty() ? null : connect(address.get())) {
      return channel == null ? alone(verb, inUse(folder, address.isPresent())) : inServer(channel);
    } finally {
      console.end();
    }
  }

  private int inServer(SocketChannel channel) throws IOException, RefusedException {
    AdminWire.send(
        channel, new AdminWire.Request(Versions.current(), console.directory(), arguments).line());
    AdminWire.Lines lines = new AdminWire.Lines(channel, AdminWire.LONGEST_FRAME);
    for (String line = lines.next(); line != null; line = lines.next()) {
      String said = line.isEmpty() ? "" : line.substring(1);
      switch (line.isEmpty() ? ' ' : line.charAt(0)) {
        case 'o' -> console.out(said);
        case 'e' -> console.err(said);
        case 'p' -> console.progress(said);
        case 'x' -> {
          return said.matches("[0-9]{1,3}") ? Integer.parseInt(said) : Faults.REFUSED;
        }
        default -> {} // of a later version, which said by its own that this one may go on
      }
    }
    throw new RefusedException(
        "The server ended before the verb did; its log says why. What was done until then stays.");
  }

  private int alone(AdminVerb verb, String inUse) throws RefusedException, IOException {
    CountDownLatch ended = new CountDownLatch(1);
    Thread stop = Thread.ofPlatform().name("stop").unstarted(() -> awaitEnd(ended));
    try (DataFolder folder = DataFolder.ownExisting(settings.data(), inUse)) {
      Ground.prepare(folder);
      Runtime.getRuntime().addShutdownHook(stop);
      Wiring wiring = new Wiring(settings, folder);
      Entropy entropy = Entropy.real();
      try (Database database = Database.open(wiring.database(), Wiring.HOUSE);
          Fetches fetches =
              Fetches.open(wiring.fetchesDatabase(), wiring.retention(), entropy.clock())) {
        Blobs blobs = new Blobs(wiring.blobs());
        return verb.run(
            new AdminRooms(settings, folder, wiring, database, fetches, blobs, entropy, null),
            console);
      }
    } catch (DatabaseRefusedException e) {
      throw new RefusedException(String.valueOf(e.getMessage()), e);
    } catch (DatabaseFault e) {
      throw new RefusedException("The database does not answer: " + e.getMessage(), e);
    } finally {
      ended.countDown();
      forget(stop);
    }
  }

  /// Ctrl-C asks the verb to end, and gives it a moment to leave things in order.
  private void awaitEnd(CountDownLatch ended) {
    console.cancel();
    try {
      var _ = ended.await(SECONDS_TO_END, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void forget(Thread stop) {
    try {
      Runtime.getRuntime().removeShutdownHook(stop);
    } catch (IllegalStateException stopping) {
      // it runs already
    }
  }

  /// Null where no server listens. A socket that a killed server left behind refuses.
  private static @Nullable SocketChannel connect(UnixDomainSocketAddress address)
      throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.connect(address);
      return channel;
    } catch (SocketException none) {
      channel.close();
      return null;
    }
  }

  /// Another user sees neither socket nor lock, and would be told that something is broken.
  private static void requireAccess(Path folder) throws RefusedException, IOException {
    if (!Files.isReadable(folder) || !Files.isWritable(folder) || !Files.isExecutable(folder)) {
      String owner = Files.getOwner(folder).getName();
      throw new RefusedException(
          "The data folder %s belongs to %s, and %s may not use it: run this as that user, such as with sudo -u %s."
              .formatted(folder, owner, System.getProperty("user.name", "this user"), owner));
    }
  }

  private static String inUse(Path folder, boolean reachable) {
    return reachable
        ? "it does not answer at its socket, since it is just starting or stopping; try again in a moment."
        : "its socket cannot be reached, since the path of %s is longer than the system allows; call this verb inside that folder, with --data ."
            .formatted(folder);
  }
}
