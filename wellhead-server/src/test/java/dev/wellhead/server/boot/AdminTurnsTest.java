package dev.wellhead.server.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.server.blob.Blobs;
import dev.wellhead.server.db.Database;
import dev.wellhead.server.fetches.Fetches;
import dev.wellhead.testkit.Await;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/// Several verbs at once inside one server, and callers who leave.
final class AdminTurnsTest {
  @TempDir private Path data = Path.of("");
  private final Waits waits = new Waits();
  private DataFolder folder;
  private Database database;
  private Fetches fetches;
  private AdminSocket socket;

  @BeforeEach
  void open() throws Exception {
    Settings settings =
        SettingsLoader.load(
            Map.of("data", data.toString()), Map.of(), Path.of("").toAbsolutePath());
    folder = DataFolder.own(settings.data());
    Wiring wiring = new Wiring(settings, folder);
    Entropy entropy = Entropy.real();
    database = Database.open(wiring.database(), Wiring.HOUSE);
    fetches = Fetches.open(wiring.fetchesDatabase(), wiring.retention(), entropy.clock());
    AdminRooms rooms =
        new AdminRooms(
            settings, folder, wiring, database, fetches, new Blobs(wiring.blobs()), entropy, null);
    socket =
        AdminSocket.open(
                rooms,
                data,
                () ->
                    new CommandLine(CommandSpec.create().name("wellhead"))
                        .addSubcommand("waits", waits)
                        .addSubcommand("looks", new Looks())
                        .addSubcommand("fails", new Fails()))
            .orElseThrow();
  }

  @AfterEach
  void close() throws IOException {
    socket.close();
    fetches.close();
    database.close();
    folder.close();
  }

  @Test
  void one_changes_something_at_a_time_and_others_look_meanwhile() throws Exception {
    try (SocketChannel first = call("waits")) {
      waits.begun.await();

      assertThat(read(call("waits")))
          .containsExactly(
              "ewellhead waits is at work in this server: wait for its end, or stop it where it was"
                  + " called.",
              "x1");
      assertThat(read(call("looks"))).containsExactly("o" + data.toAbsolutePath(), "x3");
      waits.goOn.countDown();
      assertThat(read(first)).containsExactly("pwaiting", "odone", "x0");
    }
    assertThat(read(call("waits"))).containsExactly("pwaiting", "odone", "x0");
  }

  @Test
  void a_caller_who_leaves_cancels_the_verb_and_the_next_may_change_something() throws Exception {
    try (SocketChannel _ = call("waits")) {
      waits.begun.await();
    }
    Await.until("the verb was cancelled", () -> waits.cancelled);

    waits.goOn.countDown();
    Await.until(
        "it is the next one's turn",
        () -> {
          try {
            return read(call("waits")).contains("odone");
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        });
  }

  @Test
  void a_server_that_stops_cancels_what_is_under_way_and_waits_for_it() throws Exception {
    SocketChannel caller = call("waits");
    waits.begun.await();

    socket.close();

    assertThat(waits.cancelled).isTrue();
    assertThat(waits.ended).isTrue();
    assertThat(read(caller)).containsExactly("pwaiting", "eStopped before the end.", "x1");
    assertThat(data.resolve("admin.sock")).doesNotExist();
  }

  @Test
  void a_verb_that_fails_unforeseen_costs_one_line_and_no_server() throws Exception {
    assertThat(read(call("fails"))).hasSize(2).last().isEqualTo("x1");
    assertThat(read(call("looks"))).hasSize(2);
  }

  private SocketChannel call(String verb) throws IOException {
    SocketChannel channel =
        SocketChannel.open(UnixDomainSocketAddress.of(data.resolve("admin.sock")));
    AdminWire.send(
        channel,
        new AdminWire.Request(Versions.current(), data.toAbsolutePath(), List.of(verb)).line());
    return channel;
  }

  private static List<String> read(SocketChannel channel) throws IOException {
    List<String> answer = new ArrayList<>();
    try (channel) {
      AdminWire.Lines lines = new AdminWire.Lines(channel, AdminWire.LONGEST_FRAME);
      for (String line = lines.next(); line != null; line = lines.next()) {
        answer.add(line);
      }
    }
    return answer;
  }

  /// Works until it is let go or cancelled.
  @Command(name = "waits")
  private static final class Waits extends AdminVerb {
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private volatile boolean cancelled;
    private volatile boolean ended;

    @Override
    Work work() {
      return Work.CHANGES;
    }

    @Override
    int run(AdminRooms rooms, AdminConsole console) throws RefusedException {
      console.progress("waiting");
      begun.countDown();
      Await.until("let go", () -> goOn.getCount() == 0 || console.cancelled());
      cancelled |= console.cancelled();
      ended = true;
      console.stopIfCancelled();
      console.out("done");
      return 0;
    }
  }

  /// Says where it was called.
  @Command(name = "looks")
  private static final class Looks extends AdminVerb {
    @Override
    Work work() {
      return Work.LOOKS;
    }

    @Override
    int run(AdminRooms rooms, AdminConsole console) {
      console.out(console.directory().toString());
      return 3;
    }
  }

  @Command(name = "fails")
  private static final class Fails extends AdminVerb {
    @Override
    Work work() {
      return Work.LOOKS;
    }

    @Override
    int run(AdminRooms rooms, AdminConsole console) {
      throw new IllegalStateException("a bug");
    }
  }
}
