package dev.wellhead.server.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// A view and a route must never share a path.
final class RouteWordsTest {
  private static final Pattern ROUTE =
      Pattern.compile("route\\(\\s*(?:router,\\s*)?(?:\"[A-Z]+\",\\s*)?\"/([a-z][a-z0-9-]*)[/\"]");

  @Test
  void no_view_can_have_the_first_word_of_a_route() throws IOException {
    Set<String> words = new TreeSet<>();
    Path sources = Path.of(System.getProperty("house")).resolve("wellhead-server/src/main/java");
    try (Stream<Path> files = Files.walk(sources)) {
      List<Path> java = files.filter(file -> file.toString().endsWith(".java")).toList();
      for (Path file : java) {
        ROUTE.matcher(Files.readString(file)).results().forEach(found -> words.add(found.group(1)));
      }
    }

    assertThat(words).contains("simple", "files", "integrity", "pypi", "status", "healthz");
    assertThat(ViewRules.ROUTE_WORDS).containsAll(words);
  }
}
