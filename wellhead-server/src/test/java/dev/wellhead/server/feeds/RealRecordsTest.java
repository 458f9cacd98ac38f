package dev.wellhead.server.feeds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wellhead.core.pypi.ProjectName;
import dev.wellhead.server.db.Database;
import dev.wellhead.server.db.DatabaseSettings;
import dev.wellhead.server.db.Durability;
import dev.wellhead.server.db.Migrations;
import dev.wellhead.testkit.ManualClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Records as they were really published, where the folder with them lies beside the project.
class RealRecordsTest {
  private static final Path HOUSE = Path.of(System.getProperty("house", ".."));

  @TempDir private Path folder = Path.of("");

  @Test
  void real_malware_advisories_and_popular_names_are_taken_in() throws Exception {
    Path data =
        Stream.of("../shared/data", "../../shared/data")
            .map(HOUSE::resolve)
            .filter(Files::isDirectory)
            .findFirst()
            .orElse(null);
    assumeTrue(data != null, "skipped: there is no folder ../shared/data");
    try (Database database =
            Database.open(
                new DatabaseSettings.Sqlite(folder.resolve("wellhead.db"), Durability.NORMAL),
                new Migrations("db/house", "house_history"));
        Feeds feeds =
            Feeds.open(
                new Feeds.Ground(
                    database,
                    new ManualClock(Instant.parse("2026-11-24T12:00:00Z")),
                    new FakeSource(),
                    folder),
                List.of(),
                FeedListener.NONE)) {
      Load malware = feeds.load("mal", FeedKind.OSV, data.resolve("osv-mal").toString());
      Load advisories =
          feeds.load(
              "pypa", FeedKind.PYPA, data.resolve("pypa-advisories-2024-10.tar.gz").toString());
      feeds.load("top", FeedKind.POPULAR, data.resolve("popular-projects.csv").toString());

      assertThat(malware).isEqualTo(new Load("mal", 5, 5, 0, 0, 0, 0, 5));
      assertThat(advisories.broken()).isZero();
      assertThat(advisories.held()).isEqualTo(2_661);
      assertThat(feeds.advisories(name("fastapi"))) // the false alarm was withdrawn
          .noneMatch(held -> held.advisory().id().equals("MAL-2026-4750"));
      assertThat(feeds.advisories(name("django"))).hasSizeGreaterThan(50);
      assertThat(feeds.rank(name("boto3"))).contains(1);
      assertThat(feeds.ranks()).hasSize(15_000);
    }
  }

  private static ProjectName name(String name) {
    return ProjectName.of(name).orElseThrow();
  }
}
