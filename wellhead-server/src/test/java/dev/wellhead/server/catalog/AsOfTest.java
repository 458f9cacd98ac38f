package dev.wellhead.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.core.pypi.FileEntry;
import dev.wellhead.core.pypi.MetadataFile;
import dev.wellhead.core.pypi.ProjectName;
import dev.wellhead.core.pypi.ProjectPage;
import dev.wellhead.core.pypi.ProjectStatus;
import dev.wellhead.core.pypi.ProjectStatus.State;
import dev.wellhead.core.pypi.UploadTime;
import dev.wellhead.core.pypi.Yank;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AsOfTest {
  private static final ProjectName SIX = new ProjectName("six");
  private static final Instant T0 = Instant.parse("2026-11-10T12:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);

  private final Watch watch = new Watch();

  @Test
  void what_the_first_look_found_counts_by_its_upload_time() {
    watch.look(T0, file("a", "2026-11-01T23:59:59.999999Z"), file("b", "2026-11-02T00:00:00Z"));
    assertThat(watch.on("2026-10-31")).isEmpty();
    assertThat(watch.on("2026-11-01")).containsExactly("a");
    assertThat(watch.on("2026-11-02")).containsExactly("a", "b");
  }

  @Test
  void without_a_time_or_with_one_in_the_future_it_counts_from_the_first_look() {
    watch.look(T0, file("a", null), file("b", "2030-01-01T00:00:00Z"));
    assertThat(watch.on("2026-11-09")).isEmpty();
    assertThat(watch.on("2026-11-10")).containsExactly("a", "b");
  }

  @Test
  void what_comes_later_counts_when_it_came_whatever_time_it_states() {
    watch.look(T0, file("a", "2026-11-01T00:00:00Z"));
    watch.look(T0.plus(DAY), file("a", "2026-11-01T00:00:00Z"), file("b", "2020-01-01T00:00:00Z"));
    assertThat(watch.on("2026-11-10")).containsExactly("a");
    assertThat(watch.on("2026-11-11")).containsExactly("a", "b");
  }

  @Test
  void a_time_that_is_stated_later_changes_nothing() {
    watch.look(T0, file("a", "2026-11-05T00:00:00Z"), file("b", null));
    watch.look(T0.plus(DAY), file("a", "2020-01-01T00:00:00Z"), file("b", "2020-01-01T00:00:00Z"));
    assertThat(watch.on("2026-11-04")).isEmpty();
    assertThat(watch.on("2026-11-05")).containsExactly("a");
  }

  @Test
  void a_project_that_was_empty_at_first_had_no_files_before() {
    watch.look(T0);
    watch.look(T0.plus(DAY), file("a", "2026-11-01T00:00:00Z"));
    assertThat(watch.on("2026-11-05")).isEmpty();
    assertThat(watch.on("2026-11-10")).isEmpty();
    assertThat(watch.on("2026-11-11")).containsExactly("a");
  }

  @Test
  void a_file_is_missing_on_the_days_between_its_going_and_its_return() {
    FileEntry a = file("a", null);
    watch.look(T0, a);
    watch.look(T0.plus(DAY));
    watch.look(T0.plus(DAY.multipliedBy(3)), a);
    assertThat(watch.on("2026-11-10")).containsExactly("a");
    assertThat(watch.on("2026-11-11")).isEmpty();
    assertThat(watch.on("2026-11-12")).isEmpty();
    assertThat(watch.on("2026-11-13")).containsExactly("a");
  }

  @Test
  void a_project_that_goes_takes_its_files_and_those_that_return_are_back() {
    watch.look(T0, file("a", null), file("b", null));
    watch.projectGone(T0.plus(DAY));
    watch.look(T0.plus(DAY.multipliedBy(2)), file("b", null));
    assertThat(watch.on("2026-11-10")).containsExactly("a", "b");
    assertThat(watch.on("2026-11-11")).isEmpty();
    assertThat(watch.on("2026-11-12")).containsExactly("b");
  }

  @Test
  void another_content_under_the_same_name_is_another_file() {
    watch.look(T0, file("a", null));
    watch.look(T0.plus(DAY), file("a", 7, null, "b/a"));
    assertThat(watch.files("2026-11-10").getFirst().identity()).isEqualTo(hex(0));
    assertThat(watch.files("2026-11-11")).hasSize(1);
    assertThat(watch.files("2026-11-11").getFirst().identity()).isEqualTo(hex(7));
    assertThat(AsOf.fileAt(watch.held(), watch.history(), "a/a", day("2026-11-10")))
        .map(HeldFile::identity)
        .contains(hex(0));
    assertThat(AsOf.fileAt(watch.held(), watch.history(), "a/a", day("2026-11-11"))).isEmpty();
  }

  @Test
  void what_is_said_of_a_file_is_what_is_said_today() {
    watch.look(T0, file("a", null));
    watch.look(T0.plus(DAY), file("a", null).withYank(new Yank.Yanked("leaks")));
    HeldFile old = watch.files("2026-11-10").getFirst();
    assertThat(old.entry().yank()).isEqualTo(new Yank.Yanked("leaks"));
    watch.look(T0.plus(DAY.multipliedBy(2)));
    assertThat(watch.files("2026-11-10").getFirst().goneSince()).isNull();
  }

  @Test
  void a_quarantine_of_today_counts_for_every_day() {
    watch.look(T0, file("a", null));
    watch.look(State.QUARANTINED, T0.plus(DAY), file("a", null));
    assertThat(watch.files("2026-11-10")).hasSize(1);
    assertThat(AsOf.project(watch.held(), watch.history(), day("2026-11-10")).files()).isEmpty();
  }

  /// Looks at a page that changes by chance: files come, backdated or not, change their times and
  /// links, move, vanish and return; now and then the whole project is gone.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 20261124})
  void a_day_that_is_over_never_changes(long seed) {
    Random chance = new Random(seed);
    for (int round = 0; round < 10; round++) {
      Watch chances = new Watch();
      Map<LocalDate, List<HeldFile>> over = new TreeMap<>();
      Map<LocalDate, List<String>> seen = new HashMap<>();
      Instant now = T0;
      List<FileEntry> page = new ArrayList<>();
      for (int look = 0; look < 30; look++) {
        change(page, chance);
        if (look > 0 && chance.nextInt(12) == 0) {
          chances.projectGone(now);
        } else {
          chances.look(now, page.toArray(FileEntry[]::new));
        }
        for (Map.Entry<LocalDate, List<HeldFile>> day : over.entrySet()) {
          assertThat(identities(chances.files(day.getKey())))
              .as("%s, seen again at %s", day.getKey(), now)
              .isEqualTo(identities(day.getValue()));
        }
        seen.put(day(now), chances.listed());
        Instant next = now.plus(Duration.ofHours(chance.nextInt(1, 60)));
        for (LocalDate day = day(now).minusDays(30);
            day.isBefore(day(next));
            day = day.plusDays(1)) {
          over.computeIfAbsent(day, chances::files);
          if (!day.isBefore(day(now))) {
            // Nobody looked between, so that the day ended as the last look found it.
            assertThat(identities(chances.files(day)))
                .containsExactlyInAnyOrderElementsOf(seen.getOrDefault(day(now), List.of()));
          }
        }
        now = next;
      }
    }
  }

  private static void change(List<FileEntry> page, Random chance) {
    for (int i = chance.nextInt(3); i > 0; i--) {
      String name = "f" + chance.nextInt(12);
      page.removeIf(file -> file.filename().equals(name));
      if (chance.nextInt(4) > 0) {
        Instant uploaded = T0.plus(Duration.ofHours(chance.nextInt(-800, 2_000)));
        page.add(
            chance.nextInt(page.size() + 1),
            file(
                name,
                chance.nextInt(5) == 0
                    ? 100 + chance.nextInt(3)
                    : Integer.parseInt(name.substring(1)),
                chance.nextInt(4) == 0 ? null : uploaded.toString(),
                (chance.nextInt(6) == 0 ? "moved/" : "a/") + name));
      }
    }
  }

  private static List<String> identities(List<HeldFile> files) {
    return files.stream().map(AsOfTest::key).toList();
  }

  private static String key(HeldFile file) {
    return file.entry().filename() + " " + file.identity();
  }

  private static LocalDate day(String text) {
    return LocalDate.parse(text);
  }

  private static LocalDate day(Instant at) {
    return at.atZone(ZoneOffset.UTC).toLocalDate();
  }

  private static FileEntry file(String name, @Nullable String uploaded) {
    return file(name, name.charAt(0) - 'a', uploaded, "a/" + name);
  }

  private static FileEntry file(String name, int content, @Nullable String uploaded, String path) {
    return new FileEntry(
        name,
        "https://files.test/" + path,
        Map.of("sha256", hex(content)),
        null,
        uploaded == null
            ? new UploadTime.Unstated()
            : new UploadTime.Stated(Instant.parse(uploaded)),
        null,
        new Yank.Not(),
        new MetadataFile.Unstated(),
        null);
  }

  private static String hex(int content) {
    byte[] digest = new byte[32];
    digest[31] = (byte) content;
    return HexFormat.of().formatHex(digest);
  }

  /// What the catalog would hold and write down, look by look.
  private static final class Watch {
    private final List<FileEvent> events = new ArrayList<>();
    private @Nullable Instant firstLook;
    private @Nullable HeldProject held;

    void look(Instant now, FileEntry... files) {
      look(State.ACTIVE, now, files);
    }

    void look(State state, Instant now, FileEntry... files) {
      ProjectPage page =
          new ProjectPage("six", new ProjectStatus(state, ""), List.of(), List.of(files), null);
      PageChange change =
          PageChange.between(
              held,
              SIX,
              page,
              new PageMemory(null, null, ""),
              url -> URI.create(url).getPath().substring(1),
              now);
      firstLook = firstLook == null ? now : firstLook;
      held = change.after();
      for (FileChange file : change.files()) {
        Instant uploaded =
            file.file().entry().uploadTime() instanceof UploadTime.Stated(Instant at) ? at : null;
        FileEvent.What what =
            switch (file.kind()) {
              case SEEN -> FileEvent.What.SEEN;
              case GONE -> FileEvent.What.GONE;
              case RETURNED -> FileEvent.What.RETURNED;
              case CHANGED, MOVED -> null;
            };
        if (what != null) {
          events.add(
              new FileEvent(
                  file.file().entry().filename(), file.file().identity(), now, what, uploaded));
        }
      }
    }

    void projectGone(Instant now) {
      events.add(new FileEvent("", "", now, FileEvent.What.GONE, null));
      HeldProject before = held();
      List<HeldFile> gone = new ArrayList<>();
      for (HeldFile file : before.files()) {
        Instant since = file.goneSince() == null ? now : file.goneSince();
        gone.add(new HeldFile(file.entry(), file.path(), file.firstSeen(), since));
      }
      held =
          new HeldProject(
              SIX,
              before.status(),
              before.versions(),
              before.lastSerial(),
              gone,
              now,
              now,
              before.memory(),
              before.revision() + 1);
    }

    HeldProject held() {
      if (held == null) {
        throw new IllegalStateException("nobody looked");
      }
      return held;
    }

    History history() {
      if (firstLook == null) {
        throw new IllegalStateException("nobody looked");
      }
      return new History(firstLook, events);
    }

    List<HeldFile> files(LocalDate day) {
      return AsOf.files(held(), history(), day);
    }

    List<HeldFile> files(String day) {
      return files(day(day));
    }

    List<String> on(String day) {
      return files(day).stream().map(file -> file.entry().filename()).toList();
    }

    List<String> listed() {
      return held().listed().stream().map(AsOfTest::key).toList();
    }
  }
}
