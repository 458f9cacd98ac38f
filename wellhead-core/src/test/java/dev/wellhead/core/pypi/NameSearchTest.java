package dev.wellhead.core.pypi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.core.pypi.NameSearch.Kind;
import dev.wellhead.core.pypi.NameSearch.Match;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NameSearchTest {
  private static final NameSearch POPULAR =
      NameSearch.of(
          List.of(
              "Django",
              "django-cors-headers",
              "djangorestframework",
              "drf-django",
              "flask",
              "Flask_SQLAlchemy",
              "numpy",
              "pandas",
              "requests",
              "requests-oauthlib",
              "scikit-learn",
              "six",
              "tensorflow",
              "types-requests",
              "zope.interface"));

  @Test
  void the_name_itself_comes_first_then_beginnings_then_parts_and_shorter_names_sooner() {
    assertThat(POPULAR.find("django", 20))
        .containsExactly(
            new Match("django", Kind.EXACT, 0),
            new Match("django-cors-headers", Kind.PREFIX, 0),
            new Match("djangorestframework", Kind.PREFIX, 0),
            new Match("drf-django", Kind.PART, 0));
  }

  @ParameterizedTest
  @CsvSource({
    "djnago, django, NEAR, 1", // swapped
    "reqests, requests, NEAR, 1", // left out
    "numpyy, numpy, NEAR, 1", // put in
    "fladk, flask, NEAR, 1", // changed
    "pnadsa, pandas, NEAR, 2",
    "sxi, six, NEAR, 1",
    "tensrof, tensorflow, NEAR_PREFIX, 1",
    "scilit-leanr, scikit-learn, NEAR, 2",
    "numрy, numpy, NEAR, 1", // a Cyrillic letter
  })
  void a_slip_of_the_finger_is_forgiven(String typed, String name, Kind kind, int edits) {
    assertThat(POPULAR.find(typed, 1)).containsExactly(new Match(name, kind, edits));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Zope.Interface", " zope_interface ", "zope interface", "ZOPE--interface"})
  void what_is_typed_counts_in_its_normalized_form(String typed) {
    assertThat(POPULAR.find(typed, 1)).containsExactly(new Match("zope-interface", Kind.EXACT, 0));
  }

  @Test
  void a_dash_at_the_end_narrows_what_follows() {
    assertThat(POPULAR.find("requests_", 20))
        .startsWith(new Match("requests-oauthlib", Kind.PREFIX, 0))
        .contains(new Match("requests", Kind.NEAR, 1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "  ", "qqqqqqqq", "\n", "<script>alert(1)</script>", "\u0000", "ß", "😀😀"})
  void what_fits_nothing_finds_nothing(String typed) {
    assertThat(POPULAR.find(typed, 20)).isEmpty();
  }

  @Test
  void no_more_come_than_were_asked_for() {
    assertThat(POPULAR.find("s", 3))
        .extracting(Match::name)
        .containsExactly("six", "scikit-learn", "flask");
    assertThat(POPULAR.find("s", 0)).isEmpty();
    assertThat(POPULAR.find("a".repeat(100_000), 20)).isEmpty();
  }

  @Test
  void names_that_are_not_shown_leave_their_place_to_the_next() {
    assertThat(POPULAR.find("django", 2, name -> !name.equals("django-cors-headers")))
        .extracting(Match::name)
        .containsExactly("django", "djangorestframework");
  }

  @Test
  void no_names_and_invalid_names_find_nothing() {
    assertThat(NameSearch.of(List.of()).find("six", 20)).isEmpty();
    assertThat(NameSearch.of(List.of("-six", "", "s ix", "\n")).size()).isZero();
  }

  @Test
  void it_finds_what_looking_at_every_name_finds() {
    Random random = new Random(20261124);
    for (int round = 0; round < 120; round++) {
      List<String> names = new ArrayList<>();
      for (int i = random.nextInt(200); i >= 0; i--) {
        names.add(word(random, "ab1-", 12));
      }
      NameSearch search = NameSearch.of(names);
      for (int i = 0; i < 15; i++) {
        String typed =
            random.nextBoolean()
                ? word(random, "abAB1-_.c ", 14)
                : slip(random, names.get(random.nextInt(names.size())));
        int most = 1 + random.nextInt(25);

        assertThat(search.find(typed, most))
            .as("%s in %s", typed, names)
            .isEqualTo(Model.find(names, typed, most));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "ab", "b-", "c1"})
  void of_a_beginning_that_very_many_have_the_shortest_come(String typed) {
    Random random = new Random(4);
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      names.add(typed + word(random, "abc1", 5 + random.nextInt(250)));
    }
    assertThat(NameSearch.of(names).find(typed, 20))
        .containsExactlyElementsOf(Model.find(names, typed, 20));
  }

  private static String word(Random random, String letters, int longest) {
    StringBuilder word = new StringBuilder();
    for (int i = random.nextInt(longest); i >= 0; i--) {
      word.append(letters.charAt(random.nextInt(letters.length())));
    }
    return word.toString();
  }

  private static String slip(Random random, String name) {
    StringBuilder slip = new StringBuilder(name);
    for (int i = random.nextInt(3); i > 0 && slip.length() > 1; i--) {
      int at = random.nextInt(slip.length() - 1);
      switch (random.nextInt(4)) {
        case 0 -> slip.deleteCharAt(at);
        case 1 -> slip.insert(at, 'b');
        case 2 -> slip.setCharAt(at, 'x');
        default -> slip.append(slip.charAt(at)).deleteCharAt(at);
      }
    }
    return slip.toString();
  }

  /// What is promised, as slowly as may be.
  private static final class Model {
    static List<Match> find(List<String> names, String typed, int most) {
      TreeSet<String> valid = new TreeSet<>();
      names.forEach(name -> ProjectName.of(name).ifPresent(n -> valid.add(n.normalized())));
      String wanted = ProjectName.normalize(typed.strip().replaceAll("\\s+", "-"));
      return valid.stream()
          .flatMap(name -> match(name, wanted).stream())
          .sorted(
              Comparator.comparingInt(Model::place)
                  .thenComparingInt(match -> match.name().length())
                  .thenComparing(Match::name))
          .limit(most)
          .toList();
    }

    private static int place(Match match) {
      return switch (match.kind()) {
        case EXACT -> 0;
        case PREFIX -> 1;
        case PART -> 2;
        case NEAR -> match.edits() * 10;
        case NEAR_PREFIX -> match.edits() * 10 + 1;
      };
    }

    private static List<Match> match(String name, String wanted) {
      if (wanted.isEmpty()) {
        return List.of();
      }
      if (name.contains(wanted)) {
        Kind kind =
            name.equals(wanted) ? Kind.EXACT : name.startsWith(wanted) ? Kind.PREFIX : Kind.PART;
        return List.of(new Match(name, kind, 0));
      }
      int length = wanted.length();
      int whole = distance(name, wanted);
      int beginning = Integer.MAX_VALUE;
      for (int end = 1; end <= name.length(); end++) {
        beginning = Math.min(beginning, distance(name.substring(0, end), wanted));
      }
      boolean isWhole = whole <= (length < 3 ? 0 : length < 5 ? 1 : 2);
      boolean isBeginning = beginning <= Math.min(2, length / 5);
      if (isWhole && (!isBeginning || whole <= beginning)) {
        return List.of(new Match(name, Kind.NEAR, whole));
      }
      return isBeginning ? List.of(new Match(name, Kind.NEAR_PREFIX, beginning)) : List.of();
    }

    private static int distance(String a, String b) {
      int[][] d = new int[a.length() + 1][b.length() + 1];
      for (int i = 0; i <= a.length(); i++) {
        for (int j = 0; j <= b.length(); j++) {
          if (i == 0 || j == 0) {
            d[i][j] = i + j;
            continue;
          }
          d[i][j] =
              Math.min(
                  d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1),
                  Math.min(d[i - 1][j], d[i][j - 1]) + 1);
          if (i > 1
              && j > 1
              && a.charAt(i - 1) == b.charAt(j - 2)
              && a.charAt(i - 2) == b.charAt(j - 1)) {
            d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
          }
        }
      }
      return d[a.length()][b.length()];
    }
  }
}
