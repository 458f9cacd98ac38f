package dev.wellhead.server.feeds;

import static dev.wellhead.server.feeds.Records.malware;
import static dev.wellhead.server.feeds.Records.withdrawn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wellhead.core.osv.Advisory;
import dev.wellhead.core.pypi.ProjectName;
import dev.wellhead.core.pypi.Sha256;
import dev.wellhead.server.db.Database;
import dev.wellhead.server.db.DatabaseSettings;
import dev.wellhead.server.db.Migrations;
import dev.wellhead.server.db.Twice;
import dev.wellhead.testkit.ManualClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What feeds promise, on a real database.
abstract class FeedsContract {
  private static final Instant T0 = Instant.parse("2026-11-24T12:00:00Z");
  private static final String MAY = "2026-05-01T00:00:00Z";
  private static final String JUNE = "2026-06-01T00:00:00Z";
  private static final ProjectName LITELLM = name("litellm");
  private static final ProjectName FASTAPI = name("fastapi");
  private static final String BASE = "https://osv.test/PyPI/";

  @TempDir private Path folder = Path.of("");

  private final ManualClock clock = new ManualClock(T0);
  private final FakeSource source = new FakeSource();
  private final Told told = new Told();
  private @Nullable Database database;

  abstract DatabaseSettings settings();

  @AfterEach
  void close() {
    if (database != null) {
      database.close();
    }
  }

  @Test
  void a_zip_of_records_is_held_and_tells_exactly_whom_it_concerns() throws Exception {
    Feeds feeds = feeds();
    Load load =
        feeds.load(
            "osv",
            FeedKind.OSV,
            zip(
                Map.of(
                    "MAL-1.json", malware("MAL-1", "litellm", "1.82.8", MAY),
                    "MAL-2.json", malware("MAL-2", "Fast_API", "0.1", MAY))));
    assertThat(load).isEqualTo(new Load("osv", 2, 2, 0, 0, 0, 0, 2));
    assertThat(told.news()).containsExactly("fast-api litellm");
    assertThat(ids(feeds, LITELLM)).containsExactly("MAL-1");
    assertThat(feeds.advisory("MAL-2").orElseThrow().feeds()).containsExactly("osv");
    assertThat(feeds.advisories(FASTAPI)).isEmpty();
  }

  @Test
  void an_unchanged_record_is_not_written_again_and_touches_nobody() throws Exception {
    Feeds feeds = feeds();
    String one = malware("MAL-1", "litellm", "1.82.8", MAY);
    feeds.load("osv", FeedKind.OSV, zip(Map.of("MAL-1.json", one)));
    told.news();
    Load load =
        feeds.load(
            "osv",
            FeedKind.OSV,
            zip(Map.of("MAL-1.json", one, "MAL-2.json", malware("MAL-2", "fastapi", "0.1", MAY))));
    assertThat(load).isEqualTo(new Load("osv", 2, 1, 0, 0, 0, 0, 2));
    assertThat(told.news()).containsExactly("fastapi");
  }

  @Test
  void the_same_file_again_is_confirmed_without_being_read() throws Exception {
    Feeds feeds = feeds();
    String zip = zip(Map.of("MAL-1.json", malware("MAL-1", "litellm", "1.82.8", MAY)));
    feeds.load("osv", FeedKind.OSV, zip);
    told.news();
    assertThat(feeds.load("osv", null, zip)).isEqualTo(new Load("osv", 0, 0, 0, 0, 0, 0, 1));
    assertThat(told.news()).isEmpty();
  }

  @Test
  void a_withdrawn_record_frees_at_once_and_an_old_copy_does_not_bring_it_back() throws Exception {
    Feeds feeds = feeds();
    String old = zip(Map.of("MAL-1.json", malware("MAL-1", "fastapi", "0.136.3", MAY)));
    feeds.load("osv", FeedKind.OSV, old);
    told.news();
    Load load =
        feeds.load(
            "osv",
            FeedKind.OSV,
            zip(Map.of("MAL-1.json", withdrawn("MAL-1", "fastapi", "0.136.3", JUNE))));
    assertThat(load).isEqualTo(new Load("osv", 1, 0, 1, 1, 0, 0, 1));
    assertThat(told.news()).containsExactly("fastapi");
    assertThat(feeds.advisories(FASTAPI)).isEmpty();
    assertThat(feeds.advisoriesWithWithdrawn(FASTAPI)).hasSize(1);

    feeds.load("osv", FeedKind.OSV, old);
    assertThat(told.news()).isEmpty();
    assertThat(feeds.advisories(FASTAPI)).isEmpty();
  }

  @Test
  void a_copy_in_a_feed_that_is_behind_does_not_outlive_the_withdrawal() throws Exception {
    Feeds feeds = feeds();
    feeds.load(
        "slow",
        FeedKind.OSV,
        zip(Map.of("MAL-1.json", malware("MAL-1", "fastapi", "0.136.3", MAY))));
    feeds.load(
        "quick",
        FeedKind.OSV,
        zip(Map.of("MAL-1.json", withdrawn("MAL-1", "fastapi", "0.136.3", JUNE))));
    assertThat(feeds.advisories(FASTAPI)).isEmpty();
    assertThat(feeds.advisory("MAL-1").orElseThrow().feeds()).containsExactly("quick", "slow");
  }

  @Test
  void what_vanishes_without_being_withdrawn_is_kept_and_flagged_until_it_is_back()
      throws Exception {
    Feeds feeds = feeds();
    String one = malware("MAL-1", "litellm", "1.82.8", MAY);
    String two = malware("MAL-2", "fastapi", "0.1", MAY);
    feeds.load("osv", FeedKind.OSV, zip(Map.of("MAL-1.json", one, "MAL-2.json", two)));
    told.news();
    clock.advance(Duration.ofHours(1));
    Load load = feeds.load("osv", FeedKind.OSV, zip(Map.of("MAL-2.json", two)));
    assertThat(load).isEqualTo(new Load("osv", 1, 0, 0, 0, 1, 0, 2));
    assertThat(told.news()).containsExactly("litellm");
    assertThat(feeds.advisories(LITELLM).getFirst().vanished())
        .isEqualTo(T0.plus(Duration.ofHours(1)));
    assertThat(state(feeds, "osv").vanished()).isEqualTo(1);

    feeds.load("osv", FeedKind.OSV, zip(Map.of("MAL-1.json", one, "MAL-2.json", two)));
    assertThat(told.news()).containsExactly("litellm");
    assertThat(feeds.advisories(LITELLM).getFirst().vanished()).isNull();
    assertThat(state(feeds, "osv").vanished()).isZero();
  }

  @Test
  void a_broken_record_is_skipped_counted_and_shown_with_its_reason() throws Exception {
    Feeds feeds = feeds();
    Load load =
        feeds.load(
            "osv",
            FeedKind.OSV,
            zip(
                Map.of(
                    "MAL-1.json",
                    malware("MAL-1", "litellm", "1.82.8", MAY),
                    "MAL-2.json",
                    "{\"id\":")));
    assertThat(load).isEqualTo(new Load("osv", 2, 1, 0, 0, 0, 1, 1));
    FeedState state = state(feeds, "osv");
    assertThat(state.broken()).isEqualTo(1);
    assertThat(state.samples()).hasSize(1);
    assertThat(state.samples().getFirst().place()).isEqualTo("MAL-2.json");
    assertThat(state.samples().getFirst().why()).isNotBlank();
    assertThat(ids(feeds, LITELLM)).containsExactly("MAL-1");
  }

  @Test
  void a_record_that_became_unreadable_has_not_vanished() throws Exception {
    Feeds feeds = feeds();
    String two = malware("MAL-2", "fastapi", "0.1", MAY);
    feeds.load(
        "osv",
        FeedKind.OSV,
        zip(Map.of("MAL-1.json", malware("MAL-1", "litellm", "1.82.8", MAY), "MAL-2.json", two)));
    Load load = feeds.load("osv", FeedKind.OSV, zip(Map.of("MAL-1.json", "[]", "MAL-2.json", two)));
    assertThat(load).isEqualTo(new Load("osv", 2, 0, 0, 0, 0, 1, 2));
    assertThat(feeds.advisories(LITELLM).getFirst().vanished()).isNull();
  }

  @Test
  void a_zip_that_is_cut_off_is_refused_and_nothing_vanishes() throws Exception {
    Feeds feeds = feeds();
    String whole =
        zip(
            Map.of(
                "MAL-1.json", malware("MAL-1", "litellm", "1.82.8", MAY),
                "MAL-2.json", malware("MAL-2", "fastapi", "0.1", MAY)));
    feeds.load("osv", FeedKind.OSV, whole);
    told.news();
    byte[] bytes = Files.readAllBytes(Path.of(whole));
    Path cut = folder.resolve("cut.zip");
    Files.write(cut, java.util.Arrays.copyOf(bytes, bytes.length - 30));
    assertThatThrownBy(() -> feeds.load("osv", FeedKind.OSV, cut.toString()))
        .isInstanceOf(FeedRefusedException.class)
        .hasMessageContaining("cut.zip is damaged or cut off");
    assertThat(told.news()).isEmpty();
    assertThat(state(feeds, "osv").vanished()).isZero();
    assertThat(state(feeds, "osv").trouble()).contains("cut off");
  }

  @Test
  void a_source_without_a_single_record_is_refused() throws Exception {
    Feeds feeds = feeds();
    String zip = zip(Map.of("README.md", "nothing here"));
    assertThatThrownBy(() -> feeds.load("osv", FeedKind.OSV, zip))
        .hasMessage("It holds no record at all: is it the right place, and of kind osv?");
    assertThat(state(feeds, "osv").standing()).isEqualTo(new Standing.NotConfigured());
  }

  @Test
  void a_folder_is_read_with_all_that_is_below() throws Exception {
    Feeds feeds = feeds();
    Path deep = Files.createDirectories(folder.resolve("osv/malicious/pypi/litellm"));
    Files.writeString(deep.resolve("MAL-1.json"), malware("MAL-1", "litellm", "1.82.8", MAY));
    Files.writeString(deep.resolve("notes.txt"), "not a record");
    assertThat(feeds.load("osv", FeedKind.OSV, folder.resolve("osv").toString()))
        .isEqualTo(new Load("osv", 1, 1, 0, 0, 0, 0, 1));
    assertThat(ids(feeds, LITELLM)).containsExactly("MAL-1");
  }

  @Test
  void news_come_by_the_list_of_changes_one_record_at_a_time() throws Exception {
    Feeds feeds = feeds(osv());
    publish(Map.of("MAL-1", MAY, "MAL-2", MAY));
    feeds.refreshDue();
    assertThat(source.asked()).containsExactly("/PyPI/all.zip");
    told.news();

    source.put("/PyPI/MAL-3.json", malware("MAL-3", "litellm", "9.9", JUNE));
    source.put("/PyPI/modified_id.csv", JUNE + ",MAL-3\n" + MAY + ",MAL-2\n" + MAY + ",MAL-1\n");
    clock.advance(Duration.ofMinutes(20));
    feeds.refreshDue();
    assertThat(source.asked()).containsExactly("/PyPI/modified_id.csv", "/PyPI/MAL-3.json");
    assertThat(told.news()).containsExactly("litellm");
    assertThat(ids(feeds, LITELLM)).containsExactly("MAL-3");

    clock.advance(Duration.ofMinutes(20));
    feeds.refreshDue();
    assertThat(source.asked()).containsExactly("/PyPI/modified_id.csv");
    assertThat(told.news()).isEmpty();
  }

  @Test
  void a_record_that_left_the_list_is_asked_for_before_it_counts_as_vanished() throws Exception {
    Feeds feeds = feeds(osv());
    publish(Map.of("MAL-1", MAY, "MAL-2", MAY, "MAL-3", MAY));
    feeds.refreshDue();
    told.news();
    source.put("/PyPI/MAL-1.json", withdrawn("MAL-1", "p-mal-1", "1.0", JUNE));
    source.put("/PyPI/modified_id.csv", MAY + ",MAL-3\n");
    clock.advance(Duration.ofMinutes(20));
    feeds.refreshDue();
    assertThat(feeds.advisories(name("p-mal-1"))).isEmpty();
    assertThat(feeds.advisories(name("p-mal-2")).getFirst().vanished()).isNotNull();
    assertThat(feeds.advisories(name("p-mal-3")).getFirst().vanished()).isNull();
    assertThat(told.news()).containsExactlyInAnyOrder("p-mal-1", "p-mal-2");
  }

  @Test
  void a_source_that_is_down_leaves_what_is_held_and_the_feed_goes_quiet_after_its_grace()
      throws Exception {
    Feeds feeds = feeds(osv());
    assertThat(state(feeds, "osv").standing()).isEqualTo(new Standing.NotConfigured());
    publish(Map.of("MAL-1", MAY));
    feeds.refreshDue();
    assertThat(state(feeds, "osv").standing()).isEqualTo(new Standing.Current());
    assertThat(feeds.standing(FeedKind.OSV)).isEqualTo(new Standing.Current());
    assertThat(feeds.standing(FeedKind.KEV)).isEqualTo(new Standing.NotConfigured());

    source.down(true);
    clock.advance(Duration.ofDays(4));
    feeds.refreshDue();
    FeedState state = state(feeds, "osv");
    assertThat(state.standing()).isEqualTo(new Standing.Quiet(T0.plus(Duration.ofDays(3))));
    assertThat(state.lag()).isEqualTo(Duration.ofDays(4));
    assertThat(state.trouble()).contains("connection refused");
    assertThat(ids(feeds, name("p-mal-1"))).containsExactly("MAL-1");

    source.down(false);
    source.asked();
    feeds.refreshDue();
    assertThat(source.asked()).isEmpty();
    clock.advance(Duration.ofMinutes(5));
    feeds.refreshDue();
    assertThat(state(feeds, "osv").trouble()).isEmpty();
    assertThat(state(feeds, "osv").standing()).isEqualTo(new Standing.Current());
  }

  @Test
  void a_file_that_nobody_brings_up_to_date_is_as_old_as_it_was_written() throws Exception {
    Feeds feeds = feeds();
    String zip = zip(Map.of("MAL-1.json", malware("MAL-1", "litellm", "1.82.8", MAY)));
    Files.setLastModifiedTime(Path.of(zip), FileTime.from(T0.minus(Duration.ofDays(30))));
    feeds.load("osv", FeedKind.OSV, zip);
    assertThat(state(feeds, "osv").standing())
        .isEqualTo(new Standing.Quiet(T0.minus(Duration.ofDays(27))));
  }

  @Test
  void popular_names_have_a_rank_and_exploited_vulnerabilities_are_known_by_any_name()
      throws Exception {
    Feeds feeds = feeds();
    feeds.load(
        "top",
        FeedKind.POPULAR,
        file("download_count,project\n1880218825,\"boto3\"\n15,\"Fast_API\"\n"));
    feeds.load(
        "kev",
        FeedKind.KEV,
        file("{\"title\":\"x\",\"vulnerabilities\":[{\"cveID\":\"CVE-2024-1234\"}]}"));
    assertThat(told.news()).containsExactly("all", "all");
    assertThat(feeds.rank(name("fast-api"))).isEqualTo(Optional.of(2));
    assertThat(feeds.rank(LITELLM)).isEmpty();
    feeds.load(
        "osv",
        FeedKind.OSV,
        zip(
            Map.of(
                "GHSA-1.json",
                malware("GHSA-1", "litellm", "1.0", MAY)
                    .replace("\"summary\"", "\"aliases\":[\"CVE-2024-1234\"],\"summary\""))));
    Advisory advisory = feeds.advisories(LITELLM).getFirst().advisory();
    assertThat(feeds.isKnownExploited(advisory)).isTrue();
    assertThat(feeds(database()).rank(name("boto3"))).isEqualTo(Optional.of(1));
  }

  @Test
  void block_lists_name_projects_versions_and_files_and_keep_their_first_moment() throws Exception {
    Feeds feeds = feeds();
    String digest = "ab".repeat(32);
    feeds.load(
        "own",
        FeedKind.BLOCKLIST,
        file("# ours\nEvil_One\nlitellm==1.82.8  # poisoned\nsha256:" + digest + " seen\n!\n"));
    assertThat(told.news()).containsExactly("all");
    assertThat(state(feeds, "own").samples())
        .containsExactly(new FeedState.Broken("line 5", "It begins with no project's name."));
    clock.advance(Duration.ofDays(400));
    feeds.load("own", null, file("evil-one because\nlitellm==1.82.8 poisoned\n"));
    assertThat(told.news()).containsExactly("all");
    assertThat(feeds.blocks(name("evil-one")))
        .containsExactly(new ListedBlock("own", "evil-one", "because", T0));
    assertThat(feeds.blocks(LITELLM))
        .containsExactly(new ListedBlock("own", "litellm==1.82.8", "poisoned", T0));
    assertThat(feeds.blocks(Sha256.of(digest).orElseThrow())).isEmpty();
    feeds.load("own", null, file("evil-one because\n"));
    assertThat(told.news()).containsExactly("litellm");
  }

  @Test
  void another_server_on_the_same_database_hears_of_a_load() throws Exception {
    Feeds here = feeds();
    Feeds there = feeds(database());
    there.load("top", FeedKind.POPULAR, file("boto3\n"));
    told.news();
    here.refreshDue();
    assertThat(told.news()).containsExactly("all");
    assertThat(here.rank(name("boto3"))).isEqualTo(Optional.of(1));
    here.refreshDue();
    assertThat(told.news()).isEmpty();
  }

  @Test
  void a_feed_keeps_its_kind() throws Exception {
    Feeds feeds = feeds();
    feeds.load("top", FeedKind.POPULAR, file("boto3\n"));
    assertThatThrownBy(() -> feeds.load("top", FeedKind.KEV, file("CVE-2024-1234\n")))
        .hasMessage("Feed top is of kind popular: take another name.");
    assertThatThrownBy(() -> feeds.load("new", null, "x"))
        .hasMessage("Nothing says of which kind feed new is: name it.");
    assertThatThrownBy(() -> feeds.load("No!", FeedKind.KEV, "x"))
        .isInstanceOf(FeedRefusedException.class);
    assertThatThrownBy(() -> feeds.load("none")).isInstanceOf(FeedRefusedException.class);
  }

  private FeedSettings osv() {
    return new FeedSettings(
        "osv", FeedKind.OSV, BASE + "all.zip", Duration.ofMinutes(15), Duration.ofDays(3));
  }

  /// Puts a zip with such records, each of a project of its own, at the source.
  private void publish(Map<String, String> idsAndTimes) throws IOException {
    Map<String, String> entries = new java.util.TreeMap<>();
    idsAndTimes.forEach((id, at) ->
        entries.put(
            id + ".json", malware(id, "p-" + id.toLowerCase(java.util.Locale.ROOT), "1.0", at)));
    source.put("/PyPI/all.zip", Files.readAllBytes(Path.of(zip(entries))));
  }

  private Feeds feeds(FeedSettings... settings) throws Exception {
    return feeds(database(), settings);
  }

  private Feeds feeds(Database opened, FeedSettings... settings) throws Exception {
    return Feeds.open(
        new Feeds.Ground(opened, clock, source, folder.resolve("scratch")),
        List.of(settings),
        told);
  }

  private Database database() throws Exception {
    Database opened = database;
    if (opened == null) {
      opened = Database.open(settings(), new Migrations("db/house", "house_history"), new Twice());
      database = opened;
    }
    return opened;
  }

  private FeedState state(Feeds feeds, String feed) throws Exception {
    return feeds.states().stream()
        .filter(state -> state.name().equals(feed))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> ids(Feeds feeds, ProjectName project) throws Exception {
    return feeds.advisories(project).stream().map(held -> held.advisory().id()).toList();
  }

  private String zip(Map<String, String> entries) throws IOException {
    Path zip = Files.createTempFile(folder, "records", ".zip");
    Records.zip(zip, entries);
    Files.setLastModifiedTime(zip, FileTime.from(clock.instant()));
    return zip.toString();
  }

  private String file(String text) throws IOException {
    Path file = Files.createTempFile(folder, "list", ".txt");
    Files.writeString(file, text, StandardCharsets.UTF_8);
    Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
    return file.toString();
  }

  private static ProjectName name(String name) {
    return ProjectName.of(name).orElseThrow();
  }
}
