package dev.wellhead.server.boot;

import dev.wellhead.server.db.DatabaseFault;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/// One verb that runs inside the server for somebody at the folder's socket.
final class AdminVisit implements AdminConsole {
  private static final Logger LOG = LoggerFactory.getLogger(AdminVisit.class);
  private static final int LONGEST_LINE = 16_000;

  private final AdminRooms rooms;
  private final Supplier<CommandLine> verbs;
  private final SocketChannel channel;
  private final Turns turns;
  private final Object writing = new Object();
  private volatile boolean cancelled;
  private volatile Path directory = Path.of("/");

  AdminVisit(AdminRooms rooms, Supplier<CommandLine> verbs, SocketChannel channel, Turns turns) {
    this.rooms = rooms;
    this.verbs = verbs;
    this.channel = channel;
    this.turns = turns;
  }

  void run() {
    try (channel) {
      AdminWire.Lines lines = new AdminWire.Lines(channel, AdminWire.LONGEST_REQUEST);
      String line = lines.next();
      if (line == null) {
        return;
      }
      Optional<AdminWire.Request> request = AdminWire.Request.of(line);
      int code;
      if (request.isEmpty()) {
        err("This is no call that the server understands: use the program that the server is.");
        code = Faults.MISUSE;
      } else {
        Thread.ofVirtual().name("admin-watch").start(() -> watch(lines));
        code = answer(request.get());
      }
      send("x" + code);
    } catch (IOException gone) {
      LOG.debug("a call at the socket broke off", gone);
    }
  }

  @Override
  public void out(String line) {
    say('o', line);
  }

  @Override
  public void err(String line) {
    say('e', line);
  }

  @Override
  public void progress(String line) {
    say('p', line);
  }

  @Override
  public boolean cancelled() {
    return cancelled;
  }

  @Override
  public Path directory() {
    return directory;
  }

  void cancel() {
    cancelled = true;
  }

  /// Ends the connection, so that no verb waits for a caller that does not read.
  void cut() {
    cancel();
    try {
      channel.close();
    } catch (IOException e) {
      LOG.debug("a connection of the socket could not be closed", e);
    }
  }

  private int answer(AdminWire.Request request) {
    if (!request.version().equals(Versions.current())) {
      err(
          "The server that runs here is Wellhead %s, and this program is %s: restart the server with this one, or call the verb with that one."
              .formatted(Versions.current(), request.version()));
      return Faults.REFUSED;
    }
    directory = request.directory();
    CommandLine line = verbs.get();
    try {
      ParseResult parsed = line.parseArgs(request.arguments().toArray(new String[0]));
      while (parsed.hasSubcommand()) {
        parsed = parsed.subcommand();
      }
      if (parsed.commandSpec().userObject() instanceof AdminVerb verb) {
        return answer(verb, parsed.commandSpec().qualifiedName());
      }
      err(parsed.commandSpec().qualifiedName() + " is no verb that runs inside a server.");
      return Faults.MISUSE;
    } catch (ParameterException e) {
      err(String.valueOf(e.getMessage()));
      return Faults.MISUSE;
    }
  }

  private int answer(AdminVerb verb, String name) {
    if (verb.work() == AdminVerb.Work.LOOKS) {
      return run(verb, name);
    }
    String other = turns.take(name);
    if (other != null) {
      err(
          "%s is at work in this server: wait for its end, or stop it where it was called."
              .formatted(other));
      return Faults.REFUSED;
    }
    try {
      return run(verb, name);
    } finally {
      turns.giveBack();
    }
  }

  // The edge of a verb: whatever went wrong below becomes a sentence and an exit code.
  private int run(AdminVerb verb, String name) {
    LOG.info("{} was called at the folder's socket", name); // arguments may hold secrets
    try {
      return verb.run(rooms, this);
    } catch (DatabaseFault e) {
      err("The database does not answer: " + e.getMessage());
      return Faults.REFUSED;
    } catch (Exception e) {
      if (!(e instanceof RefusedException)) {
        LOG.error("{} failed", name, e);
      }
      StringWriter sentence = new StringWriter();
      int code = Faults.tell(e, new PrintWriter(sentence));
      sentence.toString().lines().forEach(this::err);
      return code;
    }
  }

  /// A caller sends nothing more; when its connection ends, nobody waits for the verb any more.
  private void watch(AdminWire.Lines lines) {
    try {
      while (lines.next() != null) {
        // what a later version may say
      }
    } catch (IOException gone) {
      LOG.debug("a caller left", gone);
    }
    cancel();
  }

  private void say(char kind, String text) {
    String plain = AdminConsole.plain(text);
    try {
      send(kind + plain.substring(0, Math.min(LONGEST_LINE, plain.length())));
    } catch (IOException gone) {
      cancel();
    }
  }

  private void send(String frame) throws IOException {
    synchronized (writing) {
      AdminWire.send(channel, frame);
    }
  }
}
