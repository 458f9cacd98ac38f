package dev.wellhead.server.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class VerbsTest {
  @TempDir private Path folder = Path.of("");

  private record Said(int exitCode, String out, String err) {}

  @Test
  void an_unknown_option_is_misuse() {
    Said said = run("serve", "--prt=1");

    assertThat(said.exitCode()).isEqualTo(2);
    assertThat(said.err()).contains("--prt").endsWith("See: ./wellhead serve --help\n");
  }

  @Test
  void a_value_that_cannot_be_is_misuse_in_one_sentence() {
    assertThat(run("serve", "--data", folder.toString(), "--port", "70000"))
        .isEqualTo(
            new Said(
                2,
                "",
                "--port: server.port must be a whole number from 0 to 65535; it is 70000.\n"));
  }

  @Test
  void a_folder_in_use_ends_the_start_in_one_sentence() throws Exception {
    try (DataFolder _ = DataFolder.own(folder)) {
      Said said = run("serve", "--data", folder.toString());

      assertThat(said.exitCode()).isEqualTo(1);
      assertThat(said.out()).isEmpty();
      assertThat(said.err().lines()).hasSize(1);
      assertThat(said.err()).startsWith("The data folder " + folder + " is in use");
    }
  }

  @Test
  void a_taken_port_is_found_before_anything_is_made() throws Exception {
    Path data = folder.resolve("data");
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = String.valueOf(taken.getLocalPort());

      Said said = run("serve", "--data", data.toString(), "--port", port);

      assertThat(said.exitCode()).isEqualTo(1);
      assertThat(said.err()).startsWith("Cannot listen on 127.0.0.1:" + port);
      assertThat(said.err().lines()).hasSize(1);
      assertThat(data).doesNotExist();
    }
  }

  @Test
  void the_version_is_told() {
    assertThat(run("version")).isEqualTo(new Said(0, "Wellhead development\n", ""));
  }

  private static Said run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = Verbs.commandLine(Map.of());
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    int exitCode = line.execute(arguments);
    return new Said(exitCode, out.toString(), err.toString());
  }
}
