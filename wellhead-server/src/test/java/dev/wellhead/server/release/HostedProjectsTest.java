package dev.wellhead.server.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.core.pypi.FileEntry;
import dev.wellhead.core.pypi.MetadataFile;
import dev.wellhead.core.pypi.ProjectName;
import dev.wellhead.core.pypi.ProjectStatus;
import dev.wellhead.core.pypi.UploadTime;
import dev.wellhead.core.pypi.Yank;
import dev.wellhead.server.catalog.Catalog;
import dev.wellhead.server.catalog.Event;
import dev.wellhead.server.catalog.Hosting.Fate;
import dev.wellhead.server.ledger.Leaf;
import dev.wellhead.server.ledger.Ledger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HostedProjectsTest {
  private static final ProjectName SPRING = new ProjectName("spring");
  private static final ProjectStatus ARCHIVED =
      new ProjectStatus(ProjectStatus.State.ARCHIVED, "use summer");

  private final Stand stand;
  private final HostedProjects hosted;

  HostedProjectsTest(@TempDir Path data) throws Exception {
    stand = new Stand(data);
    hosted = stand.hosted();
  }

  @AfterEach
  void close() {
    stand.close();
  }

  @Test
  void an_identical_file_is_here_and_another_one_of_its_name_is_told_apart() throws Exception {
    assertThat(add(file("spring-1.0.tar.gz", "aa"), file("spring-1.0.tar.gz", "aa")))
        .containsExactly(new Fate.Added(), new Fate.Here());
    assertThat(add(file("spring-1.0.tar.gz", "bb"), file("spring-1.1.tar.gz", "bb")))
        .containsExactly(new Fate.Taken("aa".repeat(32), null), new Fate.Added());
    assertThat(add(file("spring-1.0.tar.gz", "aa"))).containsExactly(new Fate.Here());

    assertThat(stand.files("spring")).containsExactly("spring-1.0.tar.gz", "spring-1.1.tar.gz");
    assertThat(stand.project("spring").versions()).containsExactly("1.0", "1.1");
    assertThat(stand.project("spring").revision()).isEqualTo(2);
  }

  @Test
  void a_yank_and_a_status_are_changes_with_a_history_and_a_leaf_each() throws Exception {
    add(file("spring-1.0.tar.gz", "aa"));

    assertThat(hosted.yank(SPRING, "spring-1.0.tar.gz", new Yank.Yanked("broken"))).isTrue();
    assertThat(hosted.yank(SPRING, "spring-1.0.tar.gz", new Yank.Yanked("broken"))).isFalse();
    assertThat(hosted.yank(SPRING, "spring-7.tar.gz", new Yank.Yanked(""))).isFalse();
    assertThat(stand.project("spring").listed().getFirst().entry().yank())
        .isEqualTo(new Yank.Yanked("broken"));
    assertThat(hosted.yank(SPRING, "spring-1.0.tar.gz", new Yank.Not())).isTrue();
    assertThat(hosted.stand(SPRING, ARCHIVED)).isTrue();
    assertThat(hosted.stand(SPRING, ARCHIVED)).isFalse();
    assertThat(hosted.stand(new ProjectName("nobody"), ARCHIVED)).isFalse();
    assertThat(stand.project("spring").status()).isEqualTo(ARCHIVED);

    assertThat(new Catalog(stand.database()).newestEvents(10))
        .extracting(Event::detail)
        .containsExactlyInAnyOrder(
            "yanked: no -> yes (broken)",
            "yanked: yes (broken) -> no",
            "status: archived (use summer)");
    assertThat(new Ledger(stand.database()).newest(10))
        .extracting(Leaf::kind)
        .containsExactlyInAnyOrder("hosted-files", "hosted-yank", "hosted-yank", "hosted-status");
    assertThat(stand.project("spring").revision()).isEqualTo(4);
  }

  @Test
  void whoever_adds_to_one_project_at_once_all_get_in() throws Exception {
    List<Future<List<Fate>>> added = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (int i = 0; i < 8; i++) {
        String name = "spring-1." + i + ".tar.gz";
        Callable<List<Fate>> add = () -> add(file(name, "aa"));
        added.add(threads.submit(add));
      }
    }
    for (Future<List<Fate>> each : added) {
      assertThat(each.get()).containsExactly(new Fate.Added());
    }
    assertThat(stand.files("spring")).hasSize(8);
    assertThat(new Ledger(stand.database()).waiting()).isEqualTo(8);
  }

  private List<Fate> add(FileEntry... files) throws Exception {
    return hosted.add(
        List.of(files).stream()
            .map(file -> new HostedProjects.Arriving(SPRING, file, ProjectStatus.ACTIVE))
            .toList(),
        _ -> {});
  }

  private static FileEntry file(String name, String digest) {
    return new FileEntry(
        name,
        "hosted:" + name,
        Map.of("sha256", digest.repeat(32)),
        1L,
        new UploadTime.Unstated(),
        null,
        new Yank.Not(),
        new MetadataFile.Absent(),
        null);
  }
}
