package dev.wellhead.server.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.core.pypi.PageLimits;
import dev.wellhead.core.pypi.ProjectName;
import dev.wellhead.core.pypi.ProjectPage;
import dev.wellhead.core.pypi.SimpleHtml;
import dev.wellhead.core.pypi.SimpleJson;
import dev.wellhead.server.catalog.Reserved;
import dev.wellhead.server.catalog.ReservedPattern;
import dev.wellhead.testkit.FakeIndex;
import dev.wellhead.testkit.MadeFile;
import dev.wellhead.testkit.Trouble;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Several sources behind one view. What the upstreams were asked is known from their own records.
@Timeout(60)
final class ViewTest {
  private static final String TORCH = "torch-1.0-py3-none-any.whl";
  private static final List<ViewSummary> VIEWS =
      List.of(
          new ViewSummary("default", List.of("gpu", "hosted", "upstream"), Map.of(), null),
          new ViewSummary(
              "ml",
              List.of("hosted", "gpu", "upstream"),
              Map.of("torch", List.of("gpu", "upstream")),
              null));

  @TempDir private Path folder;
  private final FakeIndex upstream = FakeIndex.start();
  private final FakeIndex gpu = FakeIndex.start();

  @AfterEach
  void stop() {
    upstream.close();
    gpu.close();
  }

  @Test
  void a_first_source_that_fails_lets_nobody_else_answer() throws Exception {
    upstream.file(TORCH, MadeFile.wheel(TORCH));
    for (Trouble trouble :
        List.of(
            Trouble.status(500), Trouble.status(403), Trouble.malformedJson(), Trouble.html())) {
      gpu.trouble("*", trouble);
      try (Standalone house = house(trouble)) {
        assertThat(house.get("/simple/torch/").statusCode()).isIn(502, 503);
        assertThat(house.get("/pypi/torch/json").statusCode()).isIn(502, 503);
        assertThat(house.get(Standalone.path(upstream, TORCH)).statusCode()).isEqualTo(503);
      }
      gpu.heal();
    }
    try (Standalone house = house("down")) {
      gpu.refuse();
      assertThat(house.get("/simple/torch/").statusCode()).isEqualTo(503);
    }

    assertThat(upstream.requests()).isEmpty();
  }

  @Test
  void a_name_that_is_reserved_reaches_no_other_index_from_that_moment_on() throws Exception {
    upstream.file("acme_x-1.0-py3-none-any.whl", MadeFile.wheel("acme_x-1.0-py3-none-any.whl"));
    try (Standalone house = house("reserved")) {
      assertThat(house.json("acme-x")).contains("acme_x-1.0");
      Reservations reservations = house.door.reservations();
      Reservations.Wish wish = reservations.wish("ACME.*", "ours");
      assertThat(wish)
          .isEqualTo(
              new Reservations.Wish.Fits(
                  new ReservedPattern("acme-*"),
                  "ours",
                  List.of(
                      new Reserved.Used("acme-x", upstream.url().toString(), Standalone.START))));
      upstream.forget();
      gpu.forget();
      reservations.reserve((Reservations.Wish.Fits) wish);
      String file = Standalone.path(upstream, "acme_x-1.0-py3-none-any.whl");
      for (String path :
          List.of(
              "/simple/acme-x/",
              "/simple/acme-y/",
              "/ml/simple/acme-x/",
              "/pypi/acme-x/json",
              "/integrity/acme-x/1.0/acme_x-1.0-py3-none-any.whl/provenance",
              file,
              file + ".metadata",
              "/files/packages/a/acme_z-1.0.tar.gz")) {
        house.get(path);
      }
      assertThat(house.json("acme-x")).contains("quarantined").doesNotContain("acme_x-1.0");
      assertThat(house.get(file).statusCode()).isEqualTo(403);
      assertThat(upstream.requests()).isEmpty();
      assertThat(gpu.requests()).isEmpty();
      assertThat(house.door.keptQuestions()).isEqualTo(5);

      assertThat(reservations.unreserve(new ReservedPattern("acme-*"))).isTrue();
      assertThat(reservations.unreserve(new ReservedPattern("acme-*"))).isFalse();
      assertThat(house.json("acme-x")).contains("acme_x-1.0");
    }
  }

  @Test
  void a_hosted_name_is_reserved_by_itself_whatever_the_order() throws Exception {
    upstream.file(TORCH, MadeFile.wheel(TORCH));
    gpu.file(TORCH, MadeFile.wheelOfSize(TORCH, 9_000, 1));
    try (Standalone house = house("hosted")) {
      house.hosts(TORCH, MadeFile.wheelOfSize(TORCH, 5_000, 2));

      assertThat(house.json("torch")).contains("\"size\":5000").contains("%2Bhosted/");
      assertThat(house.get(Standalone.path(upstream, TORCH)).statusCode()).isEqualTo(403);
      assertThat(gpu.requests()).isEmpty();
      assertThat(upstream.requests()).isEmpty();
      // The line that joins it names other sources, and is the administrator's own word.
      assertThat(house.text("/ml/simple/torch/", "Accept", FakeIndex.JSON))
          .contains("\"_wellhead\":{\"joined\":[\"gpu\",\"upstream\"]}");
    }
  }

  @Test
  void a_look_says_who_answers() throws Exception {
    upstream.file(TORCH, MadeFile.wheel(TORCH));
    gpu.file(TORCH, MadeFile.wheel(TORCH));
    ProjectName torch = ProjectName.of("torch").orElseThrow();
    try (Standalone house = house("look")) {
      Look look = house.door.look("ml", torch).orElseThrow();

      assertThat(look.source()).isEqualTo("gpu");
      assertThat(look.joined()).containsExactly("gpu", "upstream");
      assertThat(look.project().files()).hasSize(1);
      assertThat(look.standing()).isEqualTo("as the source gpu has it");
      assertThat(house.door.look("default", ProjectName.of("none").orElseThrow())).isEmpty();
      assertThat(house.door.look("nowhere", torch)).isEmpty();
      assertThat(house.door.views()).isEqualTo(VIEWS);
      assertThat(house.door.sources().stream().map(SourceSummary::name))
          .containsExactly("hosted", "upstream", "gpu");
    }
  }

  @Test
  void a_frozen_view_stands_still() throws Exception {
    upstream.file(TORCH, MadeFile.wheel(TORCH));
    ViewSummary frozen =
        new ViewSummary(
            "default",
            List.of("upstream"),
            Map.of(),
            Standalone.START.atZone(ZoneOffset.UTC).toLocalDate());
    try (Standalone house =
        new Standalone(folder.resolve("frozen"), upstream, Map.of(), List.of(frozen))) {
      String before = house.json("torch");
      house.clock.advance(Duration.ofDays(1));
      upstream.file("torch-2.0.tar.gz", MadeFile.sdist("torch-2.0.tar.gz"));

      assertThat(house.json("torch")).isEqualTo(before).doesNotContain("torch-2.0");
      assertThat(house.get(Standalone.path(upstream, "torch-2.0.tar.gz")).statusCode())
          .isEqualTo(404);
    }
  }

  @Test
  void both_forms_of_any_page_of_any_view_agree() throws Exception {
    Random chance = new Random(20261124);
    try (Standalone house = house("agree")) {
      for (int i = 0; i < 25; i++) {
        String project = i % 5 == 0 ? "torch" : "p" + i;
        for (int file = 0; file < 1 + chance.nextInt(4); file++) {
          String name =
              project + "-" + chance.nextInt(3) + "." + chance.nextInt(9) + "-py3-none-any.whl";
          offer(chance, house, name);
        }
        house.clock.advance(Standalone.FRESH.plusSeconds(1));
        for (String view : List.of("", "/ml")) {
          String path = view + "/simple/" + project + "/";
          assertThat(html(house.get(path).body()))
              .as(path)
              .isEqualTo(json(house.get(path, "Accept", FakeIndex.JSON).body()));
        }
      }
    }
  }

  private void offer(Random chance, Standalone house, String name) throws Exception {
    byte[] wheel = MadeFile.wheelOfSize(name, 4_000 + chance.nextInt(1_000), chance.nextLong());
    switch (chance.nextInt(6)) {
      case 0 -> {
        if (house.json(name.substring(0, name.indexOf('-'))).contains("%2Bhosted/")) {
          return; // a hosted name is used once
        }
        house.hosts(name, wheel);
      }
      case 1, 2 -> gpu.file(name, wheel).requiresPython(name, ">=3." + chance.nextInt(14));
      default -> {
        upstream.file(name, wheel);
        if (chance.nextBoolean()) {
          upstream.yank(name, "because <b>&\"'" + chance.nextInt());
        }
      }
    }
  }

  /// What both forms have a place for.
  private record Seen(String status, String reason, List<List<Object>> files) {}

  private static Seen json(byte[] body) throws Exception {
    return seen(SimpleJson.parsePage(new ByteArrayInputStream(body), PageLimits.ofProject()));
  }

  private static Seen html(byte[] body) throws Exception {
    return seen(
        SimpleHtml.parsePage(
            new ByteArrayInputStream(body),
            StandardCharsets.UTF_8,
            URI.create("http://127.0.0.1/simple/x/"),
            PageLimits.ofProject()));
  }

  private static Seen seen(ProjectPage page) {
    URI base = URI.create("http://127.0.0.1/simple/x/");
    return new Seen(
        page.status().state().word(),
        page.status().reason(),
        page.files().stream()
            .map(file ->
                List.<Object>of(
                    file.filename(),
                    base.resolve(file.url()),
                    file.hashes().getOrDefault("sha256", ""),
                    String.valueOf(file.requiresPython()),
                    file.yank(),
                    file.metadataFile(),
                    String.valueOf(file.provenance())))
            .toList());
  }

  private Standalone house(Object name) throws Exception {
    return new Standalone(
        folder.resolve(Integer.toHexString(name.hashCode())), upstream, Map.of("gpu", gpu), VIEWS);
  }
}
