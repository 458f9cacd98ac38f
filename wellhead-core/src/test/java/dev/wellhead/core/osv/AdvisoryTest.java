package dev.wellhead.core.osv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.core.osv.Advisory.Kind;
import dev.wellhead.core.pypi.ProjectName;
import dev.wellhead.core.pypi.Sha256;
import dev.wellhead.core.pypi.Version;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AdvisoryTest {
  private static final ProjectName SIX = new ProjectName("six");
  private static final Sha256 HASH = new Sha256("ab".repeat(32));
  private static final Sha256 OTHER = new Sha256("cd".repeat(32));

  @ParameterizedTest
  @CsvSource({
    "1.0, false", "1.9, false", "2.0, true", "2.0+cpu, true", "2.5, true", "3.0rc1, true",
    "3.0, false", "3.5, false", "4.0, true", "4.1, true", "4.1+cpu, true", "4.1.1, false",
  })
  void a_range_is_a_list_of_events_in_the_order_of_versions(String version, boolean covered) {
    Advisory record =
        record(
            """
            "ranges": [{"type": "ECOSYSTEM", "events": [
              {"introduced": "4.0"}, {"last_affected": "4.1"},
              {"introduced": "2.0"}, {"fixed": "3.0"}]}]
            """);

    assertThat(record.covers(SIX, version(version), null))
        .isEqualTo(covered ? new Coverage.ByRange(false) : new Coverage.None());
  }

  @Test
  void introduced_at_0_and_never_ended_is_the_whole_project() {
    Advisory record =
        record(
            """
            "ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}]}]
            """);

    assertThat(record.covers(SIX, version("0.0.0.dev0"), null))
        .isEqualTo(new Coverage.ByRange(true));
    assertThat(record.covers(SIX, null, null)).isEqualTo(new Coverage.ByRange(true));
    assertThat(record.covers(new ProjectName("seven"), version("1"), null))
        .isEqualTo(new Coverage.None());
  }

  @Test
  void a_hash_says_more_than_a_version_and_a_late_file_of_a_bad_version_is_covered() {
    Advisory record =
        record(
            """
            "versions": ["1.0"], "database_specific": {"indicators": {"package_integrity": [
              {"filename": "six-1.0.zip", "hashes": {"sha256": "%s"}}]}}
            """
                .replace("%s", HASH.hex()));

    assertThat(record.covers(SIX, version("1.0"), HASH)).isEqualTo(new Coverage.ByHash());
    assertThat(record.covers(SIX, version("7.0"), HASH)).isEqualTo(new Coverage.ByHash());
    assertThat(record.covers(SIX, version("1.0.0"), OTHER)).isEqualTo(new Coverage.ByVersion());
    assertThat(record.covers(SIX, version("1.1"), OTHER)).isEqualTo(new Coverage.None());
  }

  @Test
  void what_cannot_be_compared_is_unclear_and_not_uncovered() {
    Advisory listed = record("\"versions\": [\"1.0\"]");
    Advisory bare = record("\"ranges\": []");
    Advisory odd =
        record("\"ranges\": [{\"events\": [{\"introduced\": \"0\"}, {\"fixed\": \"2004d\"}]}]");
    Advisory hashed =
        record(
            "\"database_specific\": {\"indicators\": {\"package_integrity\": [{\"hashes\":"
                + " {\"sha256\": \""
                + HASH
                + "\"}}]}}");

    assertThat(listed.covers(SIX, null, OTHER)).isInstanceOf(Coverage.Unclear.class);
    assertThat(bare.covers(SIX, version("1.0"), OTHER)).isInstanceOf(Coverage.Unclear.class);
    assertThat(odd.covers(SIX, version("1.0"), OTHER)).isInstanceOf(Coverage.Unclear.class);
    assertThat(hashed.covers(SIX, version("1.0"), null)).isInstanceOf(Coverage.Unclear.class);
    assertThat(hashed.covers(SIX, version("1.0"), OTHER)).isEqualTo(new Coverage.None());
  }

  @Test
  void the_first_fix_behind_a_version_is_that_of_its_own_line() {
    Advisory record =
        record(
            """
            "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "3.9.0"}, {"fixed": "3.19.1"},
              {"introduced": "0"}, {"fixed": "3.8.1"}]}]
            """);

    assertThat(record.fixedIn(SIX, version("3.0"))).isEqualTo(Version.parse("3.8.1"));
    assertThat(record.fixedIn(SIX, version("3.10"))).isEqualTo(Version.parse("3.19.1"));
    assertThat(record.fixedIn(SIX, version("4.0"))).isEmpty();
  }

  @Test
  void the_withdrawn_record_about_fastapi_covers_nothing_and_the_one_before_did() throws Exception {
    byte[] withdrawn = SharedRecords.malware("MAL-2026-4750");
    byte[] before =
        new String(withdrawn, StandardCharsets.UTF_8)
            .replaceFirst("\"withdrawn\": \"[^\"]*\",", "")
            .getBytes(StandardCharsets.UTF_8);
    ProjectName fastapi = new ProjectName("fastapi");

    assertThat(parsed(withdrawn).covers(fastapi, version("0.136.3"), null))
        .isEqualTo(new Coverage.None());
    assertThat(parsed(before).covers(fastapi, version("0.136.3"), null))
        .isEqualTo(new Coverage.ByVersion());
    assertThat(parsed(before).covers(fastapi, version("0.136.2"), OTHER))
        .isEqualTo(new Coverage.None());
    assertThat(
            parsed(before)
                .covers(
                    fastapi,
                    version("0.136.3"),
                    new Sha256("3d2a69bdf04b7e9f3afa292c3bc7a98816bbfafa10bc9b45f3f3700d2f761620")))
        .isEqualTo(new Coverage.ByHash());
    assertThat(parsed(before).sources(fastapi, version("0.136.3")))
        .isEqualTo(Set.of("amazon-inspector"));
  }

  @Test
  void each_source_stands_behind_the_versions_that_it_names() throws Exception {
    Advisory litellm = parsed(SharedRecords.malware("MAL-2026-2144"));
    ProjectName name = new ProjectName("litellm");

    assertThat(litellm.kind()).isEqualTo(Kind.MALWARE);
    assertThat(litellm.aliases()).containsExactly("PYSEC-2026-2");
    assertThat(litellm.sources(name, version("1.82.8")))
        .isEqualTo(Set.of("google-open-source-security", "ossf-package-analysis"));
    assertThat(litellm.sources(name, version("1.82.7")))
        .isEqualTo(Set.of("google-open-source-security"));
    assertThat(litellm.covers(name, version("1.82.6"), null)).isEqualTo(new Coverage.None());
  }

  static Version version(String text) {
    return Version.parse(text).orElseThrow();
  }

  static Advisory parsed(byte[] json) {
    return ((OsvRead.Parsed) OsvJson.read(json)).advisory();
  }

  static Advisory record(String affected) {
    return parsed(
        """
        {"id": "PYSEC-2026-1", "modified": "2026-01-01T00:00:00Z", "affected": [
          {"package": {"ecosystem": "PyPI", "name": "Six"}, %s}]}
        """
            .replace("%s", affected)
            .getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void a_record_about_other_ecosystems_is_read_and_is_about_no_project() {
    Advisory record =
        parsed(
            """
            {"id": "MAL-2026-1", "modified": "2026-01-01T00:00:00Z", "affected": [
              {"package": {"ecosystem": "npm", "name": "@a/b"}}]}
            """
                .getBytes(StandardCharsets.UTF_8));

    assertThat(record.affected()).isEmpty();
    assertThat(record.covers(SIX, version("1.0"), null)).isEqualTo(new Coverage.None());
  }
}
