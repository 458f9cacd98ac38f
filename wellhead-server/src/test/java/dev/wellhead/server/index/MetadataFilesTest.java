package dev.wellhead.server.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.testkit.FakeIndex;
import dev.wellhead.testkit.Feature;
import dev.wellhead.testkit.Trouble;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// METADATA beside wheels, from sources that are poor, broken or lie.
@Timeout(30)
final class MetadataFilesTest {
  private static final String WHEEL = "six-1.0-py3-none-any.whl";
  private static final String RIGHT = TestWheels.metadata("six", "1.0");

  @TempDir private Path folder;

  @Test
  void a_page_for_people_is_not_taken_for_metadata() throws Exception {
    try (FakeIndex index =
            FakeIndex.start(Feature.POOR).file(WHEEL, TestWheels.wheel("six", "1.0"));
        Standalone house = new Standalone(folder, index)) {
      index.trouble(index.filePath(WHEEL) + ".metadata", Trouble.html());

      assertThat(house.text(Standalone.path(index, WHEEL) + ".metadata")).isEqualTo(RIGHT);
    }
  }

  @Test
  void metadata_of_another_release_is_not_taken_for_this_one() throws Exception {
    try (FakeIndex index =
            FakeIndex.start(Feature.POOR).file(WHEEL, TestWheels.wheel("six", "1.0"));
        Standalone house = new Standalone(folder, index)) {
      index.trouble(
          index.filePath(WHEEL) + ".metadata",
          new Trouble.Saying("application/octet-stream", TestWheels.metadata("six", "2.0")));

      assertThat(house.text(Standalone.path(index, WHEEL) + ".metadata")).isEqualTo(RIGHT);
    }
  }

  @Test
  void the_wheel_decides_over_what_lay_beside_it() throws Exception {
    try (FakeIndex index =
            FakeIndex.start(Feature.POOR).file(WHEEL, TestWheels.wheel("six", "1.0"));
        Standalone house = new Standalone(folder, index)) {
      String other = RIGHT + "Requires-Dist: evil\n";
      index.trouble(
          index.filePath(WHEEL) + ".metadata",
          new Trouble.Saying("application/octet-stream", other));
      String metadata = Standalone.path(index, WHEEL) + ".metadata";

      assertThat(house.text(metadata)).isEqualTo(other);
      assertThat(house.get(Standalone.path(index, WHEEL)).statusCode()).isEqualTo(200);
      assertThat(house.text(metadata)).isEqualTo(RIGHT);
    }
  }

  @Test
  void another_project_with_the_same_bytes_cannot_speak_for_a_wheel() throws Exception {
    byte[] bytes = TestWheels.wheel("six", "1.0");
    try (FakeIndex index =
            FakeIndex.start(Feature.POOR)
                .file(WHEEL, bytes)
                .file("evil-1.0-py3-none-any.whl", bytes);
        Standalone house = new Standalone(folder, index)) {
      index.trouble(
          index.filePath("evil-1.0-py3-none-any.whl") + ".metadata",
          new Trouble.Saying("application/octet-stream", TestWheels.metadata("evil", "1.0")));
      house.text(Standalone.path(index, "evil-1.0-py3-none-any.whl") + ".metadata");

      assertThat(house.text(Standalone.path(index, WHEEL) + ".metadata")).isEqualTo(RIGHT);
    }
  }

  @Test
  void metadata_that_does_not_fit_its_stated_digest_is_refused_and_not_sought_again()
      throws Exception {
    try (FakeIndex index = FakeIndex.start().file(WHEEL, TestWheels.wheel("six", "1.0"));
        Standalone house = new Standalone(folder, index)) {
      index.trouble(
          index.pagePath("six"),
          new Trouble.Edited(page ->
              page.replaceAll(
                  "(metadata\":\\s*\\{\\s*\"sha256\":\\s*\")[0-9a-f]{64}", "$1" + "0".repeat(64))));
      String metadata = Standalone.path(index, WHEEL) + ".metadata";

      HttpResponse<byte[]> first = house.get(metadata);
      int asked = index.requests().size();
      HttpResponse<byte[]> second = house.get(metadata);

      assertThat(first.statusCode()).isEqualTo(502);
      assertThat(new String(first.body(), StandardCharsets.UTF_8))
          .contains("but the upstream's page says 0000");
      assertThat(second.statusCode()).isEqualTo(502);
      assertThat(index.requests()).hasSize(asked);
    }
  }

  @Test
  void a_wheel_with_a_giant_directory_is_answered_with_a_sentence() throws Exception {
    ByteArrayOutputStream wheel = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(wheel, StandardCharsets.UTF_8)) {
      for (int i = 0; i < 400; i++) {
        ZipEntry entry = new ZipEntry("e" + i);
        entry.setComment("c".repeat(60_000));
        zip.putNextEntry(entry);
      }
    }
    try (FakeIndex index =
            FakeIndex.start(java.util.Set.of(Feature.RANGES)).file(WHEEL, wheel.toByteArray());
        Standalone house = new Standalone(folder, index)) {
      HttpResponse<byte[]> answer = house.get(Standalone.path(index, WHEEL) + ".metadata");

      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains("too large");
    }
  }

  @Test
  void odd_metadata_paths_are_no_error_of_ours() throws Exception {
    try (FakeIndex index = FakeIndex.start().file("six-1.0.tar.gz", new byte[] {1, 2, 3});
        Standalone house = new Standalone(folder, index)) {
      for (String path :
          new String[] {
            "/files/.metadata",
            "/files/x/.metadata",
            "/files/x.metadata.metadata",
            "/files/a/-1.0.whl.metadata",
            Standalone.path(index, "six-1.0.tar.gz") + ".metadata"
          }) {
        assertThat(house.get(path).statusCode()).as(path).isEqualTo(404);
      }
    }
  }
}
