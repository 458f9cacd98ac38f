package dev.wellhead.server.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

final class ServeFlagsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "serve",
        "serve --data d --host h --port 1 --upstream u --config c",
        "serve --data=d=e --port=1",
        "serve --upstream-files a --upstream-files=b"
      })
  void a_plain_command_line_is_read_as_picocli_reads_it(String text) {
    List<String> arguments = List.of(text.split(" ", -1));

    ServeVerb verb = new ServeVerb(Map.of());
    new CommandLine(verb).parseArgs(arguments.subList(1, arguments.size()).toArray(new String[0]));
    assertThat(ServeFlags.of(arguments)).contains(verb.flags());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "version",
        "serve --help",
        "serve --prt 1",
        "serve 8090",
        "serve --port",
        "serve --port=",
        "serve --port --data",
        "serve --port 1 --port 2",
        "serve -h"
      })
  void everything_else_is_left_to_picocli(String text) {
    assertThat(ServeFlags.of(List.of(text.split(" ", -1)))).isEmpty();
  }

  @Test
  void both_know_the_same_options() {
    CommandLine verb = new CommandLine(new ServeVerb(Map.of()));

    TreeSet<String> options = new TreeSet<>(verb.getCommandSpec().optionsMap().keySet());
    options.removeAll(List.of("-h", "--help", "-V", "--version"));
    assertThat(options).isEqualTo(new TreeSet<>(ServeFlags.SETTINGS.keySet()));
  }
}
