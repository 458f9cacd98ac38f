package dev.wellhead.server.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.core.pypi.Yank;
import dev.wellhead.server.http.Route;
import dev.wellhead.server.index.HostedFiles;
import dev.wellhead.testkit.FakeIndex;
import dev.wellhead.testkit.MadeFile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Every way on which something of a file could leave, against every verdict, through HTTP. The
/// ways are those of the router: one that is not known here fails.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class GateMatrixTest {
  private static final String JSON = "application/vnd.pypi.simple.v1+json";

  /// Stands in METADATA alone: where it is seen, METADATA left.
  private static final String MARKER = "Seldom-Seen-Summary";

  private static final String POLICY =
      """
      version = 1
      [rules.to-warn]
      when = "project.endsWith('warned')"
      verdict = "warn"
      [rules.to-hold]
      when = "project.endsWith('held')"
      verdict = "hold"
      [rules.to-block]
      when = "project.endsWith('blocked')"
      verdict = "block"
      [rules.to-hide]
      when = "project.endsWith('hidden')"
      verdict = "hide"
      [rules.untold]
      projects = ["*untold"]
      when = "popularity > 1000000"
      verdict = "warn"
      """;

  /// The routes by which something of a file could leave, without the folder of a view.
  private static final Set<String> WAYS =
      Set.of(
          "/simple/{project}/",
          "/simple/{project}",
          "/files/{path...}",
          "/integrity/{project}/{version}/{filename}/provenance",
          "/pypi/{project}/json",
          "/pypi/{project}/{version}/json",
          "/projects/{project}",
          "/projects/{project}/{version}",
          "/projects/{project}/{version}/{filename}");

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final FakeIndex upstream = FakeIndex.start();
  private final TestHouse house;

  enum Kind {
    ALLOWED,
    WARNED,
    HELD,
    BLOCKED,
    HIDDEN,
    UNTOLD;

    boolean leaves() {
      return this == ALLOWED || this == WARNED;
    }
  }

  /// @param view the folder of the view, with a slash at the end, or nothing
  record Cell(Kind kind, String view, boolean hosted) {
    String project() {
      return (hosted ? "ours-" : "theirs-") + kind.name().toLowerCase(java.util.Locale.ROOT);
    }

    String wheel() {
      return project().replace('-', '_') + "-1.0-py3-none-any.whl";
    }
  }

  GateMatrixTest(@TempDir Path temp) throws Exception {
    Path data = temp.resolve("data");
    Files.createDirectories(data);
    Files.writeString(data.resolve("policy.toml"), POLICY);
    Path settings = data.resolve("wellhead.toml");
    Files.writeString(settings, "[view.team]\nsources = [\"hosted\", \"upstream\"]\n");
    for (Kind kind : Kind.values()) {
      String theirs = new Cell(kind, "", false).wheel();
      upstream.file(theirs, MadeFile.wheel(theirs, "Summary: " + MARKER));
      String ours = new Cell(kind, "", true).wheel();
      HostedFiles.add(
          data,
          ours,
          MadeFile.wheel(ours, "Summary: " + MARKER),
          FakeIndex.UPLOADED,
          new Yank.Not(),
          Instant.parse("2025-01-01T00:00:00Z"));
    }
    house =
        TestHouse.open(
            data, upstream, TestHouse.Choices.usual().with(Map.of("config", settings.toString())));
  }

  @BeforeAll
  void bring_every_file_in_before_it_is_judged_by_that_it_is_here() throws Exception {
    for (Kind kind : Kind.values()) {
      assertThat(ask(new Cell(kind, "", false), JSON, "simple/%s/").statusCode()).isEqualTo(200);
    }
  }

  @AfterAll
  void stop() throws IOException {
    house.close();
    upstream.close();
  }

  static Stream<Cell> cells() {
    String yesterday = LocalDate.now(ZoneOffset.UTC).minusDays(1).toString();
    List<Cell> cells = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      for (String view : List.of("", "team/", "default@" + yesterday + "/")) {
        cells.add(new Cell(kind, view, false));
        cells.add(new Cell(kind, view, true));
      }
    }
    return cells.stream();
  }

  @Test
  void every_route_with_something_of_a_file_is_known_here() {
    Set<String> known = new TreeSet<>();
    for (String way : WAYS) {
      known.add(way);
      if (!way.startsWith("/projects/")) {
        known.add("/{view}" + way);
      }
    }

    Set<String> ways =
        house.routes().stream()
            .filter(route -> route.method().equals("GET"))
            .map(Route::pattern)
            .filter(pattern ->
                pattern.contains("{project}")
                    || pattern.contains("{path")
                    || pattern.contains("{filename}"))
            .collect(Collectors.toSet());

    assertThat(ways).isEqualTo(known);
  }

  @ParameterizedTest
  @MethodSource("cells")
  void a_page_lists_what_may_leave_as_it_is_and_the_rest_as_yanked_with_the_reason(Cell cell)
      throws Exception {
    HttpResponse<String> json = ask(cell, JSON, "simple/%s/");
    HttpResponse<String> html = ask(cell, "text/html", "simple/%s/");

    assertThat(List.of(json.statusCode(), html.statusCode())).containsOnly(200);
    JsonNode files = JsonMapper.shared().readTree(json.body()).path("files");
    switch (cell.kind()) {
      case ALLOWED, WARNED -> {
        assertThat(files).hasSize(1);
        assertThat(files.get(0).path("yanked").isString()).isFalse();
        assertThat(html.body()).contains(cell.wheel()).doesNotContain("data-yanked");
      }
      case HELD, BLOCKED, UNTOLD -> {
        String reason = files.get(0).path("yanked").asString("");
        assertThat(reason).startsWith("Wellhead: ").contains(house.url() + "b/");
        assertThat(html.body()).contains("data-yanked=\"Wellhead: ");
      }
      case HIDDEN -> {
        assertThat(files).isEmpty();
        assertThat(html.body()).doesNotContain(cell.wheel());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cells")
  void a_file_and_all_that_is_of_it_leaves_or_is_refused_with_the_reason(Cell cell)
      throws Exception {
    String path = path(cell);
    String etag = '"' + digest(cell) + '"';
    List<HttpResponse<String>> answers = new ArrayList<>();
    for (int again = 0; again < 2; again++) { // what was refused or sent once is asked for again
      answers.add(send("GET", path));
      answers.add(send("GET", path + ".metadata"));
      answers.add(send("GET", path, "Range", "bytes=0-9"));
      answers.add(send("GET", path + ".metadata", "Range", "bytes=0-9"));
      answers.add(send("HEAD", path));
      answers.add(send("HEAD", path + ".metadata"));
      answers.add(send("GET", path, "If-None-Match", etag));
    }

    for (HttpResponse<String> answer : answers) {
      if (cell.kind().leaves()) {
        assertThat(answer.statusCode()).isIn(200, 206, 304);
      } else {
        assertThat(answer.statusCode()).isEqualTo(cell.kind() == Kind.HIDDEN ? 404 : 403);
        assertThat(answer.headers().firstValue("content-type"))
            .contains("application/problem+json");
        assertThat(answer.headers().firstValue("cache-control")).contains("no-store");
        assertThat(answer.body()).doesNotContain(MARKER);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cells")
  void what_lies_in_a_file_is_told_nowhere_unless_it_may_leave(Cell cell) throws Exception {
    String file = "%s/1.0/" + cell.wheel();
    List<HttpResponse<String>> answers =
        new ArrayList<>(
            List.of(
                ask(cell, "*/*", "pypi/%s/json"),
                ask(cell, "*/*", "pypi/%s/1.0/json"),
                ask(cell, "*/*", "integrity/" + file + "/provenance")));
    Cell standard = new Cell(cell.kind(), "", cell.hosted());
    answers.add(ask(standard, "text/html", "projects/%s"));
    answers.add(ask(standard, "text/html", "projects/%s/1.0"));
    answers.add(ask(standard, "text/html", "projects/" + file));

    for (HttpResponse<String> answer : answers) {
      assertThat(answer.statusCode()).isLessThan(500);
      if (!cell.kind().leaves()) {
        assertThat(answer.body()).doesNotContain(MARKER);
      }
      if (cell.kind() == Kind.HIDDEN) {
        assertThat(answer.body()).doesNotContain(path(cell));
      }
    }
    if (cell.kind().leaves()) {
      assertThat(answers.getFirst().body()).contains(MARKER);
    }
  }

  private String path(Cell cell) {
    return cell.view()
        + "files"
        + (cell.hosted()
            ? "/+hosted/" + digest(cell) + "/" + cell.wheel()
            : upstream.filePath(cell.wheel()));
  }

  private static String digest(Cell cell) {
    byte[] bytes = MadeFile.wheel(cell.wheel(), "Summary: " + MARKER);
    try {
      return java.util.HexFormat.of()
          .formatHex(java.security.MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private HttpResponse<String> ask(Cell cell, String accept, String path) throws Exception {
    return send("GET", cell.view() + path.replace("%s", cell.project()), "Accept", accept);
  }

  private HttpResponse<String> send(String method, String path, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(house.url() + path))
            .method(method, HttpRequest.BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return CLIENT.send(
        request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.ISO_8859_1));
  }
}
