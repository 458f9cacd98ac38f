package dev.wellhead.server.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.server.boot.TestHouse.Choices;
import dev.wellhead.server.boot.TestHouse.Said;
import dev.wellhead.testkit.FakeIndex;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AdminSocketTest {
  @TempDir private Path temp = Path.of("");
  private final FakeIndex upstream = FakeIndex.start();

  @AfterEach
  void stop() {
    upstream.close();
  }

  @Test
  void a_verb_says_the_same_inside_a_server_and_alone() throws Exception {
    Path data = temp.resolve("data");
    Said inside;
    Said refused;
    try (TestHouse _ = open(data)) {
      inside = verb(data, "fsck");
      refused = verb(data, "gc", "--dry-rum");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket(data))))
          .isEqualTo("rw-------");
    }

    assertThat(inside)
        .isEqualTo(verb(data, "fsck"))
        .isEqualTo(
            new Said(
                0, "Checked 0 blobs of 0 bytes (0 of them named by nothing): all is well.\n", ""));
    assertThat(refused).isEqualTo(verb(data, "gc", "--dry-rum"));
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(socket(data)).doesNotExist();
  }

  @Test
  void what_a_killed_server_left_is_in_nobodys_way() throws Exception {
    Path data = temp.resolve("data");
    try (TestHouse _ = open(data)) {
      // the folder is there now
    }
    try (ServerSocketChannel left = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      left.bind(UnixDomainSocketAddress.of(socket(data)));
    }
    assertThat(socket(data)).exists();

    assertThat(verb(data, "fsck").exitCode()).isZero();
    try (TestHouse _ = open(data)) {
      assertThat(verb(data, "fsck").exitCode()).isZero();
    }
  }

  @Test
  void a_folder_that_is_held_and_does_not_answer_is_told_in_one_sentence() throws Exception {
    Path data = temp.resolve("data");
    try (DataFolder _ = DataFolder.own(data)) {
      Said said = verb(data, "gc");

      assertThat(said.exitCode()).isEqualTo(1);
      assertThat(said.err())
          .startsWith("The data folder " + data + " is in use by another Wellhead")
          .endsWith(
              "it does not answer at its socket, since it is just starting or stopping; try again"
                  + " in a moment.\n");
    }
  }

  @Test
  void no_folder_is_told_in_one_sentence() {
    assertThat(verb(temp.resolve("none"), "gc"))
        .isEqualTo(
            new Said(
                1,
                "",
                "There is no data folder "
                    + temp.resolve("none")
                    + ": name the one that the server uses with --data.\n"));
  }

  @Test
  void a_path_too_long_for_a_socket_keeps_nothing_from_working() throws Exception {
    Path data = temp.resolve("long".repeat(40));
    try (TestHouse house = open(data)) {
      assertThat(house.url()).isNotNull();
      assertThat(verb(data, "gc").err()).contains("call this verb inside that folder");
    }

    assertThat(verb(data, "gc").exitCode()).isZero();
    assertThat(AdminWire.address(data, data))
        .contains(UnixDomainSocketAddress.of("admin.sock")); // which is how it works inside
  }

  @Test
  void what_is_no_call_is_refused_and_costs_nothing() throws Exception {
    Path data = temp.resolve("data");
    String sorry =
        "eThis is no call that the server understands: use the program that the server is.";
    try (TestHouse _ = open(data)) {
      assertThat(answer(data, "GET / HTTP/1.1\n")).containsExactly(sorry, "x2");
      assertThat(answer(data, "{}\n")).containsExactly(sorry, "x2");
      assertThat(answer(data, "[".repeat(100_000) + "\n")).containsExactly(sorry, "x2");
      assertThat(answer(data, "{\"arguments\":[\"gc\"],\"version\":\"9\",\"directory\":\"x\"}\n"))
          .containsExactly(sorry, "x2");
      assertThat(answer(data, call("9.9", "gc")))
          .containsExactly(
              "eThe server that runs here is Wellhead development, and this program is 9.9:"
                  + " restart the server with this one, or call the verb with that one.",
              "x1");
      assertThat(answer(data, call(Versions.current(), "serve")))
          .containsExactly("ewellhead serve is no verb that runs inside a server.", "x2");
      assertThat(answer(data, "x".repeat(AdminWire.LONGEST_REQUEST + 1))).isEmpty();
      assertThat(verb(data, "fsck").exitCode()).isZero();
    }
  }

  @Test
  void lines_with_control_characters_steer_no_terminal() {
    assertThat(AdminConsole.plain("a\u001b[31m\nb\u202e\u0000\u2028ü")).isEqualTo("a?[31m?b???ü");
  }

  private TestHouse open(Path data) throws IOException {
    return TestHouse.open(data, upstream, Choices.usual());
  }

  private static Said verb(Path data, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--data", data.toString()));
    return TestHouse.verb(all.toArray(new String[0]));
  }

  private static Path socket(Path data) {
    return data.resolve("admin.sock");
  }

  private String call(String version, String... arguments) {
    return new AdminWire.Request(version, temp, List.of(arguments)).line() + "\n";
  }

  private static List<String> answer(Path data, String sent) throws IOException {
    List<String> answer = new ArrayList<>();
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket(data)))) {
      AdminWire.send(channel, sent.stripTrailing());
      AdminWire.Lines lines = new AdminWire.Lines(channel, AdminWire.LONGEST_FRAME);
      for (String line = lines.next(); line != null; line = lines.next()) {
        answer.add(line);
      }
    } catch (java.net.SocketException reset) {
      answer.clear();
    }
    return answer;
  }
}
