package dev.wellhead.server.boot;

import java.io.IOException;
import java.net.SocketOption;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import jdk.net.ExtendedSocketOptions;
import jdk.net.UnixDomainPrincipal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/// The socket in the data folder by which verbs of this machine run inside the server.
///
/// Only who may use the folder can reach it, and the system tells who calls: nobody but the user
/// that the server runs as, and root. Whoever is let in may do everything.
final class AdminSocket implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AdminSocket.class);
  private static final int MOST_CALLS = 16;
  private static final long SECONDS_TO_END = 10;

  private final AdminRooms rooms;
  private final Supplier<CommandLine> verbs;
  private final Path path;
  private final ServerSocketChannel listening;
  private final UserPrincipal owner;
  private final AtomicLong counter = new AtomicLong();
  private final Turns turns;
  private final Lock lock = new ReentrantLock();
  private final Condition ended = lock.newCondition();
  // Guarded by lock.
  private final Set<AdminVisit> visits = new HashSet<>();
  // Guarded by lock.
  private boolean closed;

  private AdminSocket(
      AdminRooms rooms,
      Supplier<CommandLine> verbs,
      Path path,
      ServerSocketChannel listening,
      UserPrincipal owner) {
    this.rooms = rooms;
    this.verbs = verbs;
    this.path = path;
    this.listening = listening;
    this.owner = owner;
    AdminRooms.Running running = rooms.running();
    this.turns = running == null ? new Turns(() -> {}) : running.turns();
  }

  /// Listens in the data folder, whose lock this process holds: what lies there under the socket's
  /// name was left by a process that was killed.
  ///
  /// Empty where the folder's path is too long for a socket; the log says so.
  ///
  /// @param directory where this process runs
  static Optional<AdminSocket> open(AdminRooms rooms, Path directory) throws IOException {
    return open(rooms, directory, () -> Verbs.commandLine(Map.of()));
  }

  /// The same with other verbs.
  static Optional<AdminSocket> open(AdminRooms rooms, Path directory, Supplier<CommandLine> verbs)
      throws IOException {
    Path folder = rooms.folder().path();
    Path path = AdminWire.socket(folder);
    Optional<UnixDomainSocketAddress> address = AdminWire.address(folder, directory);
    if (address.isEmpty()) {
      LOG.warn(
          "the path of {} is too long for a socket, so verbs such as gc work only while this server"
              + " is stopped; a shorter path, or a symbolic link to the folder, changes that",
          folder);
      return Optional.empty();
    }
    if (Files.isDirectory(path)) {
      throw new FileSystemException(path.toString(), null, "is a folder; move it away");
    }
    Files.deleteIfExists(path);
    ServerSocketChannel listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      listening.bind(address.get());
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
      AdminSocket socket = new AdminSocket(rooms, verbs, path, listening, Files.getOwner(path));
      Thread.ofVirtual().name("admin").start(socket::accept);
      return Optional.of(socket);
    } catch (IOException e) {
      listening.close();
      throw e;
    }
  }

  /// Lets nobody new in, asks verbs under way to end, and waits for them for a while.
  @Override
  public void close() throws IOException {
    lock.lock();
    try {
      closed = true;
      listening.close();
      Files.deleteIfExists(path);
      visits.forEach(AdminVisit::cancel);
      long left = TimeUnit.SECONDS.toNanos(SECONDS_TO_END);
      while (!visits.isEmpty() && left > 0) {
        left = ended.awaitNanos(left);
      }
      visits.forEach(AdminVisit::cut);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  private void accept() {
    while (listening.isOpen()) {
      try {
        receive(listening.accept());
      } catch (IOException e) {
        if (listening.isOpen()) {
          LOG.warn("nobody can call at {} any more", path, e);
          return;
        }
      }
    }
  }

  private void receive(SocketChannel channel) throws IOException {
    AdminVisit visit = new AdminVisit(rooms, verbs, channel, turns);
    lock.lock();
    try {
      if (closed || visits.size() >= MOST_CALLS || !isWelcome(channel)) {
        channel.close();
        return;
      }
      visits.add(visit);
    } finally {
      lock.unlock();
    }
    // A platform thread, since verbs read files and databases for long.
    Thread.ofPlatform()
        .name("admin-" + counter.incrementAndGet())
        .daemon()
        .start(() -> {
          try {
            visit.run();
          } finally {
            leave(visit);
          }
        });
  }

  private boolean isWelcome(SocketChannel channel) throws IOException {
    SocketOption<UnixDomainPrincipal> who = ExtendedSocketOptions.SO_PEERCRED;
    if (!channel.supportedOptions().contains(who)) {
      return true; // the socket's permissions alone have to do
    }
    UserPrincipal user = channel.getOption(who).user();
    boolean welcome = user.equals(owner) || user.getName().equals("root");
    if (!welcome) {
      LOG.warn("{} called at {} and was turned away", user.getName(), path);
    }
    return welcome;
  }

  private void leave(AdminVisit visit) {
    lock.lock();
    try {
      visits.remove(visit);
      ended.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
