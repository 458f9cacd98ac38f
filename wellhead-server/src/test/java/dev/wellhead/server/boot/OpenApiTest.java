package dev.wellhead.server.boot;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.wellhead.server.http.Route;
import dev.wellhead.testkit.FakeIndex;
import dev.wellhead.testkit.MadeFile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The description at `/openapi.json` says what the server does, and all of it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class OpenApiTest {
  private static final String ID = "https://wellhead.example/openapi.json";
  private static final String JSON = "application/vnd.pypi.simple.v1+json";

  /// Routes that are for people, or serve what pages for people are made of.
  private static final Pattern PAGES =
      Pattern.compile(
          "/|/(status|live|search|sources|settings|setup|admin|views|alarms|firewall|holds|policy|feeds)"
              + "|/(traffic\\.json|firewall\\.json|favicon\\.ico)|/(static|admin|projects|b)/.*");

  private static final String WHEEL = "six-1.0-py3-none-any.whl";

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final FakeIndex upstream = FakeIndex.start();
  private final TestHouse house;
  private JsonNode description = JsonMapper.shared().nullNode();
  private String text = "";

  OpenApiTest(@TempDir Path temp) throws IOException {
    house = TestHouse.open(temp.resolve("data"), upstream, TestHouse.Choices.usual());
  }

  @BeforeAll
  void read_what_the_server_says_of_itself() throws Exception {
    upstream.file(WHEEL, MadeFile.wheel(WHEEL), null);
    upstream.file("six-1.0.tar.gz", new byte[] {1}, null);
    upstream.file("six-0.9.tar.gz", new byte[] {2}).yank("six-0.9.tar.gz", "leaks");
    upstream.requiresPython("six-0.9.tar.gz", ">=3.9");
    text = ask("openapi.json", "*/*").body();
    description = JsonMapper.shared().readTree(text);
  }

  @AfterAll
  void stop() throws IOException {
    house.close();
    upstream.close();
  }

  @Test
  void every_route_is_described_or_a_page_and_nothing_else_is_described() {
    Set<String> described = new TreeSet<>(description.path("paths").propertyNames());
    Set<String> routes =
        house.routes().stream()
            .filter(route -> route.method().equals("GET") || route.pattern().startsWith("/v1/"))
            .map(Route::pattern)
            .map(pattern -> pattern.replace("...}", "}"))
            .collect(Collectors.toCollection(TreeSet::new));

    Set<String> unknown = new TreeSet<>(routes);
    unknown.removeIf(route -> PAGES.matcher(route).matches());
    unknown.removeIf(route -> described.contains(withoutView(route)) && mayHaveView(route));
    // Those answer with a redirection.
    unknown.removeIf(route -> described.contains(withoutView(route) + "/"));
    assertThat(unknown)
        .as("GET routes that web/openapi.json does not describe and PAGES does not list")
        .isEmpty();
    described.removeAll(routes);
    assertThat(described).as("described, but no route").isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "/simple/, simple/, " + JSON,
    "/simple/, simple/, text/html",
    "/simple/{project}/, simple/six/, " + JSON,
    "/simple/{project}/, simple/six/, application/vnd.pypi.simple.v1+html",
    "/simple/{project}/, simple/six/, */*",
    "/simple/{project}/, simple/Six/, */*",
    "/simple/{project}/, simple/nothing/, " + JSON,
    "/search.json, search.json?q=six, */*",
    "/pypi/{project}/json, pypi/six/json, */*",
    "/pypi/{project}/json, pypi/nothing/json, */*",
    "/pypi/{project}/{version}/json, pypi/six/0.9/json, */*",
    "/pypi/{project}/{version}/json, pypi/six/7/json, */*",
    "/integrity/{project}/{version}/{filename}/provenance, integrity/six/1.0/six-1.0-py3-none-any.whl/provenance, */*",
    "/integrity/{project}/{version}/{filename}/provenance, integrity/six/1.0/x.whl/provenance, */*",
    "/files/{path}, files/packages/x/six-1.0.tar.gz, */*",
    "/v1/vulns/{id}, v1/vulns/MAL-2026-1, */*",
    "/status.json, status.json, */*",
    "/healthz, healthz, */*",
    "/readyz, readyz, */*",
    "/metrics, metrics, */*",
    "/openapi.json, openapi.json, */*"
  })
  void real_answers_are_as_described(String path, String asked, String accept) throws Exception {
    HttpResponse<String> answer = ask(asked, accept);

    matches(path, answer);
    if (accept.equals(JSON) && answer.statusCode() == 200) {
      assertThat(answer.headers().firstValue("content-type")).contains(JSON);
    }
  }

  @Test
  void files_and_their_metadata_are_as_described() throws Exception {
    JsonNode page = JsonMapper.shared().readTree(ask("simple/six/", JSON).body());
    for (JsonNode file : page.path("files")) {
      URI url = house.url().resolve("simple/six/").resolve(file.path("url").asString());
      matches("/files/{path}", ask(url.getRawPath().substring(1), "*/*"));
      if (file.path("core-metadata").isObject()) {
        matches("/files/{path}", ask(url.getRawPath().substring(1) + ".metadata", "*/*"));
      }
    }
  }

  @Test
  void an_answer_of_another_shape_would_be_seen() {
    JsonNode project = description.at("/components/schemas/Project");
    assertThat(errors(project, "{\"meta\":{\"api-version\":\"1.4\"},\"name\":1}")).isNotEmpty();
    JsonNode reference = JsonMapper.shared().readTree("{\"$ref\":\"#/components/schemas/File\"}");
    assertThat(errors(reference, "{\"filename\":\"x\"}")).isNotEmpty();
  }

  @Test
  void every_reference_leads_somewhere() {
    assertThat(Pattern.compile("\"\\$ref\": \"#([^\"]+)\"").matcher(text).results())
        .isNotEmpty()
        .allSatisfy(found -> assertThat(description.at(found.group(1)).isMissingNode()).isFalse());
  }

  private void matches(String path, HttpResponse<String> answer) {
    JsonNode responses = description.path("paths").path(path).path("get").path("responses");
    String status = Integer.toString(answer.statusCode());
    JsonNode response =
        responses.has(status) ? responses.path(status) : responses.path(status.charAt(0) + "XX");
    assertThat(response.isObject()).as("%s answered %s", path, status).isTrue();
    if (response.has("$ref")) {
      response = description.at(response.path("$ref").asString().substring(1));
    }
    if (answer.body().isEmpty()) {
      return;
    }
    String type = answer.headers().firstValue("content-type").orElse("").replaceFirst(";.*", "");
    assertThat(response.path("content").has(type)).as("%s answered %s", path, type).isTrue();
    if (type.endsWith("json")) {
      assertThat(errors(response.path("content").path(type).path("schema"), answer.body()))
          .as(answer.body())
          .isEmpty();
    }
  }

  /// The schemas are handed over as a schema of their own: a validator knows no word of OpenAPI.
  private List<Error> errors(JsonNode schema, String json) {
    ObjectNode document = JsonMapper.shared().createObjectNode();
    ObjectNode definitions = document.putObject("$defs");
    definitions.setAll((ObjectNode) description.at("/components/schemas"));
    definitions.set("answer", schema);
    String text = document.toString().replace("#/components/schemas/", "#/$defs/");
    return SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12, registry -> registry.schemas(Map.of(ID, text)))
        .getSchema(SchemaLocation.of(ID + "#/$defs/answer"))
        .validate(json, InputFormat.JSON);
  }

  private boolean mayHaveView(String route) {
    return route.equals(withoutView(route))
        || description.path("paths").path(withoutView(route)).has("servers");
  }

  private static String withoutView(String route) {
    return route.replaceFirst("^/\\{view}", "");
  }

  private HttpResponse<String> ask(String path, String accept)
      throws IOException, InterruptedException {
    return CLIENT.send(
        HttpRequest.newBuilder(house.url().resolve(path)).header("Accept", accept).build(),
        BodyHandlers.ofString(StandardCharsets.ISO_8859_1));
  }
}
