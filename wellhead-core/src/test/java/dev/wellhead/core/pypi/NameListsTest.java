package dev.wellhead.core.pypi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NameListsTest {
  private static final List<String> SPELLED = List.of("six", "Foo_Bar.Baz", "a", "<b>", "", "-x");

  @Test
  void a_list_in_json_comes_back_without_the_names_that_nobody_can_ask_for() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SimpleJson.renderNames(SPELLED.iterator(), out);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            """
            {"meta":{"api-version":"1.4"},"projects":[\
            {"name":"six"},{"name":"Foo_Bar.Baz"},{"name":"a"}]}\
            """);
    assertThat(names(out.toString(StandardCharsets.UTF_8)))
        .containsExactly("six", "Foo_Bar.Baz", "a");
  }

  @Test
  void a_list_in_html_links_to_the_normalized_names() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SimpleHtml.renderNames(SPELLED.iterator(), out);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            """
            <!DOCTYPE html>
            <html><head><meta charset="utf-8">\
            <meta name="pypi:repository-version" content="1.4"><title>Simple index</title></head>
            <body>
            <a href="six/">six</a><br>
            <a href="foo-bar-baz/">Foo_Bar.Baz</a><br>
            <a href="a/">a</a><br>
            </body></html>
            """);
  }

  @Test
  void an_empty_list_is_a_list() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SimpleJson.renderNames(List.<String>of().iterator(), out);
    assertThat(names(out.toString(StandardCharsets.UTF_8))).isEmpty();
  }

  @Test
  void a_poor_list_is_a_list() throws Exception {
    assertThat(
            names(
                """
                {"projects": [{"_last-serial": 3, "name": "six", "x": [{}]}, {"name": "../y"},
                 {"name": "z\\u0000"}, {"name": "a"}], "x": {}, "meta": {"_last-serial": 9}}\
                """))
        .containsExactly("six", "a");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {}                                  | The page has no `projects`.
          {"projects": {}}                    | The page has a `projects` that is no list.
          {"projects": ["six"]}               | The page has an entry in `projects` that is no object, number 1.
          {"projects": [{"name": "a"}, {}]}   | The page has no `name` in entry 2 of `projects`.
          {"projects": [{"name": 7}]}         | The page has no `name` in entry 1 of `projects`.
          {"projects": [{"name": "a"},{"name": "a"},{"name": "a"},7] | The page has more than 3 entries in `projects`.
          {"meta": {"api-version": "2.0"}}    | The page has the `api-version` "2.0", and only versions 1.x are understood here.
          """)
  void a_list_that_would_hurt_is_refused_with_a_sentence(String page, String sentence) {
    PageLimits limits = new PageLimits(1000, 3, 5, 100);
    @Nullable MalformedPageException refusal =
        catchThrowableOfType(
            MalformedPageException.class,
            () -> SimpleJson.parseNames(stream(page), limits, _ -> {}));
    assertThat(refusal).hasMessage(sentence);
  }

  @Test
  void half_a_million_names_pass_through_without_being_held() throws Exception {
    int count = 500_000;
    AtomicInteger read = new AtomicInteger();
    PipedOutputStream out = new PipedOutputStream();
    try (ExecutorService writer = Executors.newVirtualThreadPerTaskExecutor();
        PipedInputStream in = new PipedInputStream(out, 64 * 1024)) {
      Future<?> written =
          writer.submit(() -> {
            try (out) {
              SimpleJson.renderNames(project(count).iterator(), out);
            }
            return null;
          });
      SimpleJson.parseNames(
          in,
          PageLimits.ofNames(),
          name -> {
            if (!name.equals("project-" + read.getAndIncrement())) {
              throw new AssertionError("not in order: " + name);
            }
          });
      written.get();
    }
    assertThat(read).hasValue(count);
  }

  @Test
  void names_leave_in_small_pieces() throws Exception {
    List<Integer> pieces = new ArrayList<>();
    OutputStream out =
        new OutputStream() {
          @Override
          public void write(int one) {
            pieces.add(1);
          }

          @Override
          public void write(byte[] buffer, int offset, int length) {
            pieces.add(length);
          }
        };
    SimpleHtml.renderNames(project(20_000).iterator(), out);
    SimpleJson.renderNames(project(20_000).iterator(), out);
    assertThat(pieces).hasSizeGreaterThan(20).allMatch(length -> length < 64 * 1024);
  }

  private static Stream<String> project(int count) {
    return IntStream.range(0, count).mapToObj(i -> "project-" + i);
  }

  private static List<String> names(String page) throws MalformedPageException, IOException {
    List<String> names = new ArrayList<>();
    SimpleJson.parseNames(stream(page), PageLimits.ofNames(), names::add);
    return names;
  }

  private static ByteArrayInputStream stream(String page) {
    return new ByteArrayInputStream(page.getBytes(StandardCharsets.UTF_8));
  }
}
