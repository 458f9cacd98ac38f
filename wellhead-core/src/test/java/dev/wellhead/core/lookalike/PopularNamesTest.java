package dev.wellhead.core.lookalike;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wellhead.core.pypi.ProjectName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PopularNamesTest {
  private static final PopularNames NAMES =
      PopularNames.of(
          List.of(
              name("requests"),
              name("python-dateutil"),
              name("numpy"),
              name("six"),
              name("pillow"),
              name("modern-lib"),
              name("urllib3")));

  @ParameterizedTest
  @CsvSource({
    "reqests, requests, 1, one letter",
    "requestss, requests, 1, a repeated letter",
    "requestz, requests, 1, one letter",
    "reqeusts, requests, 1, one letter",
    "request-s, requests, 1, a separator",
    "pythondateutil, python-dateutil, 2, a separator",
    "numpi, numpy, 3, one letter",
    "pil1ow, pillow, 5, letters that look alike",
    "modem-lib, modern-lib, 6, letters that look alike",
    "urllib-3, urllib3, 7, a separator",
    "python-requests, requests, 1, `python-` in front",
    "requests-py, requests, 1, `-py` behind",
  })
  void a_slip_is_told_with_what_could_have_been_meant(
      String typed, String popular, int rank, String how) {
    assertThat(NAMES.resemblance(name(typed)))
        .isEqualTo(Optional.of(new Resemblance(name(popular), rank, how)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"requests", "numpy", "six", "sixt", "pandas", "a", "requests-cache"})
  void a_popular_name_itself_and_one_of_its_own_is_told_of_nothing(String name) {
    assertThat(NAMES.resemblance(name(name))).isEmpty();
  }

  /// Those on the places behind the popular ones are honest, and all of them in use: whom they are
  /// told of is a false alarm.
  @Test
  void fewer_than_one_honest_name_in_a_hundred_raises_an_alarm() throws IOException {
    List<ProjectName> all = mostDownloaded();
    PopularNames popular = PopularNames.of(all.subList(0, 5000));
    List<ProjectName> innocents = all.subList(5000, all.size());

    List<String> alarms = new ArrayList<>();
    for (ProjectName name : innocents) {
      popular
          .resemblance(name)
          .ifPresent(found -> alarms.add(name + " for " + found.popular() + ": " + found.how()));
    }

    assertThat(alarms.size() * 10_000 / innocents.size())
        .as("alarms in 10,000 honest names: %s", alarms)
        .isBetween(20, 99);
  }

  @Test
  void slips_of_the_most_popular_names_are_caught() throws IOException {
    PopularNames popular = PopularNames.of(mostDownloaded());
    int slips = 0;
    int caught = 0;
    for (ProjectName name : mostDownloaded().subList(0, 1000)) {
      String text = name.normalized();
      for (int i = 1; text.length() >= 6 && i + 1 < text.length(); i++) {
        Optional<ProjectName> slip = ProjectName.of(text.substring(0, i) + text.substring(i + 1));
        if (slip.isPresent()) {
          slips++;
          caught += popular.resemblance(slip.get()).isPresent() ? 1 : 0;
        }
      }
    }

    // The rest are popular names of their own.
    assertThat(caught).isGreaterThan(slips * 99 / 100);
  }

  private static List<ProjectName> mostDownloaded() throws IOException {
    Path house = Path.of(System.getProperty("house", ""));
    for (String shared : List.of("../shared", "../../shared")) {
      Path list = house.resolve(shared).resolve("data/popular-projects.csv");
      if (Files.exists(list)) {
        return Files.readAllLines(list).stream()
            .skip(1)
            .map(line -> name(line.substring(line.indexOf(',') + 1).replace("\"", "")))
            .toList();
      }
    }
    assumeTrue(false, "skipped: there is no ../shared/data/popular-projects.csv");
    throw new IllegalStateException("skipped");
  }

  private static ProjectName name(String text) {
    return ProjectName.of(text).orElseThrow();
  }
}
