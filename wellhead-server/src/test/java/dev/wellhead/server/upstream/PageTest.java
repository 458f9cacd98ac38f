package dev.wellhead.server.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.core.pypi.FileEntry;
import dev.wellhead.core.pypi.MetadataFile;
import dev.wellhead.core.pypi.ProjectName;
import dev.wellhead.core.pypi.ProjectPage;
import dev.wellhead.core.pypi.ProjectStatus;
import dev.wellhead.core.pypi.Sha256;
import dev.wellhead.core.pypi.UploadTime;
import dev.wellhead.core.pypi.Yank;
import dev.wellhead.testkit.FakeIndex;
import dev.wellhead.testkit.FakeRequest;
import dev.wellhead.testkit.Feature;
import dev.wellhead.testkit.Trouble;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class PageTest {
  @Test
  void a_page_comes_with_everything_that_a_rich_index_says() throws Exception {
    try (FakeIndex index =
            FakeIndex.start().file(Wheels.SIX, Wheels.six()).yank(Wheels.SIX, "bad");
        Room room = Room.over(index)) {
      index.requiresPython(Wheels.SIX, ">=3.9").status("six", "archived");
      PageAnswer.Fresh fresh = fresh(room, null);
      Sha256 metadata =
          Sha256.of(
              MessageDigest.getInstance("SHA-256")
                  .digest(Wheels.METADATA.getBytes(StandardCharsets.UTF_8)));
      assertThat(fresh.page())
          .isEqualTo(
              new ProjectPage(
                  "six",
                  new ProjectStatus(ProjectStatus.State.ARCHIVED, ""),
                  List.of("1.0"),
                  List.of(
                      new FileEntry(
                          Wheels.SIX,
                          index.fileUrl(Wheels.SIX).toString(),
                          Map.of("sha256", index.sha256(Wheels.SIX)),
                          (long) Wheels.six().length,
                          new UploadTime.Stated(FakeIndex.UPLOADED),
                          ">=3.9",
                          new Yank.Yanked("bad"),
                          new MetadataFile.Hashed(metadata),
                          index
                              .url()
                              .resolve("/integrity/six/1.0/" + Wheels.SIX + "/provenance")
                              .toString())),
                  12_345L));
      FakeRequest request = index.requests().getFirst();
      assertThat(request.headers())
          .containsAllEntriesOf(
              Map.of(
                  "accept",
                      List.of(
                          "application/vnd.pypi.simple.v1+json,"
                              + " application/vnd.pypi.simple.v1+html;q=0.2, text/html;q=0.1"),
                  "accept-encoding", List.of("gzip"),
                  "user-agent", List.of("wellhead")))
          .doesNotContainKeys("authorization", "cookie", "if-none-match");
    }
  }

  @Test
  void a_poor_index_serves_as_well() throws Exception {
    try (FakeIndex index = FakeIndex.start(Feature.POOR).file(Wheels.SIX, Wheels.six());
        Room room = Room.over(index)) {
      FileEntry file = fresh(room, null).page().files().getFirst();
      assertThat(file.metadataFile()).isEqualTo(new MetadataFile.Unstated());
      assertThat(file.url()).isEqualTo(index.fileUrl(Wheels.SIX).toString());
    }
  }

  @Test
  void a_page_with_an_etag_is_asked_for_conditionally_and_not_sent_twice() throws Exception {
    try (FakeIndex index = FakeIndex.start().file(Wheels.SIX, Wheels.six());
        Room room = Room.over(index)) {
      Validators known = fresh(room, null).validators();
      assertThat(room.upstream.page(Room.SIX, known)).isEqualTo(new PageAnswer.Unchanged(known));
      assertThat(index.requests().getLast().header("If-None-Match"))
          .isEqualTo(Optional.ofNullable(known.etag()));
      index.yank(Wheels.SIX, "bad");
      assertThat(fresh(room, known).validators()).isNotEqualTo(known);
    }
  }

  @Test
  void a_page_with_a_date_alone_is_asked_for_by_date() throws Exception {
    try (FakeIndex index =
            FakeIndex.start(Set.of(Feature.LAST_MODIFIED)).file(Wheels.SIX, Wheels.six());
        Room room = Room.over(index)) {
      Validators known = fresh(room, null).validators();
      assertThat(room.upstream.page(Room.SIX, known)).isEqualTo(new PageAnswer.Unchanged(known));
      assertThat(index.requests().getLast().header("If-Modified-Since"))
          .isEqualTo(Optional.ofNullable(known.lastModified()));
    }
  }

  @Test
  void an_index_without_validators_is_unchanged_when_its_text_hashes_the_same() throws Exception {
    try (FakeIndex index = FakeIndex.start(Feature.POOR).file(Wheels.SIX, Wheels.six());
        Room room = Room.over(index)) {
      Validators known = fresh(room, null).validators();
      assertThat(known.etag()).isNull();
      assertThat(room.upstream.page(Room.SIX, known)).isEqualTo(new PageAnswer.Unchanged(known));
      index.yank(Wheels.SIX, "bad");
      assertThat(fresh(room, known).validators()).isNotEqualTo(known);
    }
  }

  @Test
  void relative_file_urls_become_absolute() throws Exception {
    try (FakeIndex index =
            FakeIndex.start(Set.of(Feature.RELATIVE_URLS)).file(Wheels.SIX, Wheels.six());
        Room room = Room.over(index)) {
      assertThat(fresh(room, null).page().files().getFirst().url())
          .isEqualTo(index.url().resolve(index.filePath(Wheels.SIX)).toString());
    }
  }

  @Test
  void a_big_recorded_page_of_a_real_mirror_is_read_whole() throws Exception {
    Path recorded = shared().resolve("upstream/numpy.json");
    Assumptions.assumeTrue(Files.exists(recorded), "no recorded pages here");
    try (FakeIndex index = FakeIndex.start(Feature.POOR).recorded("numpy", recorded);
        Room room = Room.over(index)) {
      PageAnswer answer = room.upstream.page(new ProjectName("numpy"), null);
      assertThat(answer).isInstanceOf(PageAnswer.Fresh.class);
      ProjectPage page = ((PageAnswer.Fresh) answer).page();
      assertThat(page.files()).hasSize(4415);
      assertThat(page.files()).allMatch(file -> file.url().startsWith(index.filesUrl().toString()));
    }
  }

  @Test
  void a_project_that_the_index_does_not_have_is_absent() throws Exception {
    try (FakeIndex index = FakeIndex.start();
        Room room = Room.over(index)) {
      assertThat(room.six()).isEqualTo(new PageAnswer.Absent(404));
      index.trouble("/simple/six/", Trouble.status(410));
      assertThat(room.six()).isEqualTo(new PageAnswer.Absent(410));
      assertThat(room.pauses).isEmpty();
    }
  }

  @Test
  void a_redirect_within_the_configured_hosts_is_followed() throws Exception {
    try (FakeIndex index = FakeIndex.start().file(Wheels.SIX, Wheels.six());
        Room room = Room.over(index)) {
      String elsewhere = index.filesUrl().resolve("/simple/six/").toString();
      index.trouble("/simple/six/", 1, new Trouble.Redirect(elsewhere));
      assertThat(fresh(room, null).page().files()).hasSize(1);
      index.trouble("/simple/six/", 1, new Trouble.Redirect("../Six/"));
      assertThat(fresh(room, null).page().files()).hasSize(1);
    }
  }

  @Test
  void any_spelling_of_the_default_index_brings_its_files_host() {
    assertThat(UpstreamSettings.of(UpstreamSettings.PYPI).files())
        .containsExactly(java.net.URI.create("https://files.pythonhosted.org/"));
  }

  static PageAnswer.Fresh fresh(Room room, @Nullable Validators known) {
    PageAnswer answer = room.upstream.page(Room.SIX, known);
    assertThat(answer).isInstanceOf(PageAnswer.Fresh.class);
    return (PageAnswer.Fresh) answer;
  }

  private static Path shared() {
    Path house = Path.of(Objects.requireNonNullElse(System.getProperty("house"), "."));
    Path beside = house.resolve("../shared");
    return Files.exists(beside) ? beside : house.resolve("../../shared");
  }
}
