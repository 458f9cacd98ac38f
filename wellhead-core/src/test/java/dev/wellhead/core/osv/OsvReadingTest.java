package dev.wellhead.core.osv;

import static dev.wellhead.core.osv.AdvisoryTest.parsed;
import static dev.wellhead.core.osv.AdvisoryTest.version;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.core.osv.Rating.Severity;
import dev.wellhead.core.pypi.ProjectName;
import dev.wellhead.core.pypi.Version;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OsvReadingTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "MAL-2024-4725",
        "MAL-2026-15859",
        "MAL-2026-2144",
        "MAL-2026-2254",
        "MAL-2026-4750"
      })
  void what_is_written_is_read_as_the_same(String id) throws Exception {
    Advisory record = parsed(SharedRecords.malware(id));

    assertThat(record.id()).isEqualTo(id);
    assertThat(record.kind()).isEqualTo(Advisory.Kind.MALWARE);
    assertThat(parsed(OsvJson.write(record))).isEqualTo(record);
  }

  @Test
  void all_advisories_of_the_packaging_authority_are_read() throws IOException {
    Map<String, byte[]> files = SharedRecords.pypa();
    List<String> broken = new ArrayList<>();
    List<Advisory> advisories = new ArrayList<>();
    files.forEach((name, yaml) -> {
      switch (OsvYaml.read(yaml)) {
        case OsvRead.Parsed(Advisory advisory) -> advisories.add(advisory);
        case OsvRead.Broken(String why) -> broken.add(name + ": " + why);
      }
    });

    assertThat(broken).isEmpty();
    assertThat(advisories).hasSizeGreaterThan(2600);
    assertThat(advisories).allSatisfy(one -> assertThat(one.affected()).isNotEmpty());
    for (int i = 0; i < advisories.size(); i += 5) {
      assertThat(parsed(OsvJson.write(advisories.get(i)))).isEqualTo(advisories.get(i));
      assertThat(advisories.get(i)).satisfies(OsvReadingTest::coversWhatItLists);
    }
  }

  private static void coversWhatItLists(Advisory advisory) {
    for (Affected affected : advisory.affected()) {
      for (String listed : affected.versions().spelled()) {
        Version.parse(listed)
            .ifPresent(version ->
                assertThat(advisory.covers(affected.project(), version, null).isCertain())
                    .as(advisory.id() + " " + listed)
                    .isEqualTo(!advisory.isWithdrawn()));
      }
    }
  }

  @Test
  void a_version_that_looks_like_a_number_keeps_its_digits() {
    OsvRead read =
        OsvYaml.read(
            """
            id: PYSEC-2026-9
            modified: 2026-01-01T00:00:00Z
            affected:
            - package: {name: six, ecosystem: PyPI}
              versions:
              - 1.10
              - 0x10
              - '1.2'
            """
                .getBytes(StandardCharsets.UTF_8));

    Affected affected = ((OsvRead.Parsed) read).advisory().affected().getFirst();
    assertThat(affected.versions().spelled()).containsExactly("1.10", "0x10", "1.2");
    assertThat(affected.versions().contains(version("1.1"))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H, 9.8",
    "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H, 10.0",
    "CVSS:3.0/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N, 6.1",
    "CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:N/A:N, 5.5",
    "CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:N/I:N/A:H, 5.9",
    "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N, 0.0",
  })
  void a_vector_of_version_3_has_its_base_score(String vector, double score) {
    assertThat(Cvss.baseScore(vector)).isEqualTo(score);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "CVSS:3.1/AV:N",
        "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:X/C:H/I:H/A:H",
        "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N"
      })
  void any_other_text_has_no_score(String vector) {
    assertThat(Cvss.baseScore(vector)).isNull();
  }

  @Test
  void where_no_vector_gives_a_score_the_record_s_own_word_counts() {
    assertThat(rating("\"database_specific\": {\"severity\": \"MODERATE\"}"))
        .isEqualTo(new Rating(Severity.MEDIUM, null, ""));
    assertThat(
            rating(
                "\"severity\": [{\"type\": \"CVSS_V3\", \"score\":"
                    + " \"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H\"}],"
                    + " \"database_specific\": {\"severity\": \"LOW\"}"))
        .isEqualTo(
            new Rating(Severity.CRITICAL, 9.8, "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"));
    assertThat(rating("\"severity\": []")).isEqualTo(Rating.UNRATED);
  }

  private static Rating rating(String more) {
    return parsed(
            ("{\"id\": \"A-1\", \"modified\": \"2026-01-01T00:00:00Z\", " + more + "}")
                .getBytes(StandardCharsets.UTF_8))
        .rating();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{",
        "{}",
        "{\"id\": \"A-1\"}",
        "{\"id\": \"A 1\", \"modified\": \"2026-01-01T00:00:00Z\"}",
        "{\"id\": \"A-1\", \"modified\": \"yesterday\"}",
        "{\"id\": \"A-1\", \"modified\": \"2026-01-01T00:00:00Z\", \"withdrawn\": \"perhaps\"}",
        "{\"id\": \"A-1\", \"modified\": \"2026-01-01T00:00:00Z\"} {}",
        "{\"id\": \"A-1\", \"modified\": \"2026-01-01T00:00:00Z\", \"affected\": [{\"package\":"
            + " {\"ecosystem\": \"PyPI\", \"name\": \"-\"}}]}",
      })
  void a_record_that_cannot_be_used_says_why(String json) {
    assertThat(OsvJson.read(json.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOfSatisfying(
            OsvRead.Broken.class, broken -> assertThat(broken.why()).endsWith("."));
  }

  @Test
  void depth_and_size_are_bounded() {
    assertThat(OsvJson.read("[".repeat(100_000).getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(OsvRead.Broken.class);
    assertThat(OsvJson.read(new byte[BoundedRecord.MAX_BYTES + 1]))
        .isInstanceOf(OsvRead.Broken.class);
    assertThat(OsvYaml.read("- ".repeat(50_000).getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(OsvRead.Broken.class);
    assertThat(
            OsvYaml.read(
                "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(OsvRead.Broken.class);
  }

  @Test
  void long_texts_are_cut_and_control_characters_do_not_come_through() {
    Advisory advisory =
        parsed(
            ("{\"id\": \"A-1\", \"modified\": \"2026-01-01T00:00:00Z\", \"summary\": \"a\\u001b[31mb\","
                    + " \"details\": \""
                    + "x".repeat(9000)
                    + "\"}")
                .getBytes(StandardCharsets.UTF_8));

    assertThat(advisory.text().summary()).isEqualTo("a [31mb");
    assertThat(advisory.text().details()).hasSize(4000);
    assertThat(advisory.covers(new ProjectName("six"), null, null)).isEqualTo(new Coverage.None());
  }
}
