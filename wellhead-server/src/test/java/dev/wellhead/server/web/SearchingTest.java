package dev.wellhead.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.server.boot.TestHouse;
import dev.wellhead.testkit.FakeIndex;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// The search as pages and tools see it, over a whole server.
@Timeout(120)
final class SearchingTest {
  @TempDir private Path folder = Path.of("");
  private final HttpClient client = HttpClient.newHttpClient();
  private FakeIndex upstream;
  private TestHouse house;

  @BeforeEach
  void open() throws IOException {
    upstream = FakeIndex.start();
    for (String name : List.of("bucket", "bucket-tools", "bucketeer", "six")) {
      upstream.file(name + "-1.0.tar.gz", new byte[] {1});
    }
    house = TestHouse.open(folder, upstream, TestHouse.Choices.usual());
  }

  @AfterEach
  void close() throws IOException {
    client.close();
    house.close();
    upstream.close();
  }

  @Test
  void a_tool_gets_what_is_held_and_after_the_list_came_what_is_listed() throws Exception {
    get("/simple/bucket-tools/");

    assertThat(json("Bucket"))
        .isEqualTo(
            Map.of(
                "q",
                "Bucket",
                "projects",
                List.of(project("bucket-tools", "prefix", "seen")),
                "searched",
                Map.of("held", 1, "listed", 0)));

    get("/simple/");
    while (!Map.of("held", 1, "listed", 4).equals(json("").get("searched"))) {
      Thread.onSpinWait(); // each look waits a moment for names that are being read
    }
    assertThat(json("bukcet").get("projects"))
        .isEqualTo(
            List.of(
                project("bucket", "near", "listed"),
                project("bucket-tools", "near-prefix", "seen"),
                project("bucketeer", "near-prefix", "listed")));
  }

  @Test
  void no_upstream_is_asked() throws Exception {
    int before = upstream.requests().size();
    get("/search?q=six");
    json("six");

    assertThat(upstream.requests()).hasSize(before);
  }

  @Test
  void the_page_works_without_script() throws Exception {
    get("/simple/bucket/");
    HttpResponse<String> page = get("/search?q=ucket");

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Security-Policy")).isPresent();
    assertThat(page.body())
        .contains("<form class=\"finder\" role=\"search\" action=\"/search\">")
        .contains("value=\"ucket\"")
        .contains("<a href=\"/projects/bucket\">b<mark>ucket</mark></a>")
        .contains("<p id=\"found-count\" role=\"status\">1 project</p>");
  }

  @Test
  void a_reserved_name_is_not_found_where_others_have_it() throws Exception {
    get("/simple/bucket/");
    get("/simple/bucket-tools/");
    assertThat(
            TestHouse.verb("reserve", "bucket-*", "--yes", "--data", folder.toString()).exitCode())
        .isZero();

    assertThat(json("bucket").get("projects"))
        .isEqualTo(List.of(project("bucket", "exact", "seen")));
  }

  @Test
  void while_typing_only_what_changes_is_sent() throws Exception {
    get("/simple/six/");
    HttpResponse<String> found = get("/search?q=six", "HX-Request", "true");

    assertThat(found.body()).startsWith("<div id=\"found\">").doesNotContain("<html", "<form");
    assertThat(found.headers().firstValue("Vary")).contains("HX-Request");
  }

  @Test
  void it_speaks_chinese() throws Exception {
    assertThat(get("/search?q=qqqqqq", "Accept-Language", "zh-CN").body()).contains("没有名称与此相近的项目");
  }

  @Test
  void what_was_typed_comes_back_as_text() throws Exception {
    for (String hostile :
        List.of(
            "<script>alert(1)</script>",
            "\"><img src=x onerror=alert(1)>",
            "' onfocus='alert(1)",
            "${7*7}",
            "&lt;b&gt;",
            "\u202Egnp.exe",
            "\u200B\uFEFF")) {
      assertThat(get("/search?q=" + encoded(hostile)).body())
          .doesNotContain("<script>alert", "<img src=x", "value=\"'", "49 ·")
          .contains("id=\"found-count\"");
      assertThat(json(hostile).get("q")).isEqualTo(hostile);
    }
  }

  @Test
  void a_very_long_question_finds_nothing_and_harms_nothing() throws Exception {
    assertThat(get("/search?q=" + "a".repeat(3000)).statusCode()).isEqualTo(200);
  }

  private static Map<String, Object> project(String name, String fit, String origin) {
    return Map.of("name", name, "fit", fit, "origin", origin, "gone", false);
  }

  @SuppressWarnings("unchecked") // a JSON object is such a map
  private Map<String, Object> json(String typed) throws Exception {
    HttpResponse<String> answer = get("/search.json?q=" + encoded(typed));
    assertThat(answer.statusCode()).isEqualTo(200);
    return new JsonMapper().readValue(answer.body(), Map.class);
  }

  private HttpResponse<String> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(house.url().resolve(URI.create(path)));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
