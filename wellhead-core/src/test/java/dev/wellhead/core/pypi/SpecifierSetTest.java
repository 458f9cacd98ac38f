package dev.wellhead.core.pypi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpecifierSetTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        ">=1.0       | 1.0 1.0+x 1.0.post1 2.0 2.0a1          | 1.0rc1 0.9",
        "<=1.0       | 1.0 1.0+x 1.0rc1 0.9                   | 1.0.post1 1.0.1",
        ">1.0        | 1.0.1 2.0.dev1                         | 1.0 1.0+x 1.0.post1 1.0.post1.dev1",
        ">1.0a1      | 1.0a2.dev1 1.0                         | 1.0a1 1.0a1.post1",
        ">1.0.post1  | 1.0.post2                              | 1.0.post1 1.0.post1+x 1.0",
        ">1.0.dev1   | 1.0.dev2 1.0a1 1.0.post1               | 1.0.dev1 1.0.dev1+x",
        "<1.0        | 0.9 0.9.post1                          | 1.0 1.0rc1 1.0.dev0",
        "<1.0rc1     | 1.0b1 1.0.dev1                         | 1.0rc1",
        "<1.0.post1  | 1.0 1.0+x                              | 1.0.post1.dev1 1.0.post1",
        "==1.0       | 1.0 1 1.0.0 1.0+x                      | 1.0.post1 1.0rc1 1!1.0",
        "==1.0+x     | 1.0+x                                  | 1.0 1.0+y",
        "!=1.0       | 1.0rc1 1.0.post1                       | 1.0 1.0+x",
        "!=1.0+x     | 1.0 1.0+y                              | 1.0+x",
        "==1.0.*     | 1 1.0 1.0.5 1.0rc1 1.0.dev0 1.0+x      | 1.1 1.1.dev0 1.10 1!1.0",
        "!=1.*       | 2.0 0.9 1!1.0                          | 1.0 1.99",
        "~=1.4.2     | 1.4.2 1.4.99 1.4.2.post1               | 1.5 1.5.dev0 1.4.2rc1 1.4.1 1!1.4.2",
        "~=2.2       | 2.2 2.9 2.2+x                          | 3.0 3.0.dev0 2.1 2.2a1",
        "~=2.2a1     | 2.2a1 2.2 2.9                          | 3.0 2.2.dev1",
        "===1.0      | 1.0                                    | 1.0.0 1.0+x",
        "''          | 1.0 2!3.0.dev1                         | 1.0+",
      })
  void each_operator_admits_what_the_specification_says(
      String specifier, String admitted, String refused) {
    SpecifierSet set = set(specifier);

    for (String version : admitted.split(" ", -1)) {
      assertThat(set.contains(Version.parse(version).orElseThrow(), Prereleases.ALLOWED))
          .as("%s in %s", version, specifier)
          .isTrue();
    }
    for (String version : refused.split(" ", -1)) {
      assertThat(Version.parse(version).filter(v -> set.contains(v, Prereleases.ALLOWED)))
          .as("%s in %s", version, specifier)
          .isEmpty();
    }
  }

  @Test
  void arbitrary_equality_alone_sees_the_spelling() {
    assertThat(set("===1.0.dev01").contains("1.0.DEV01", Prereleases.ALLOWED)).isTrue();
    assertThat(set("===1.0.dev01").contains("1.0.dev1", Prereleases.ALLOWED)).isFalse();
    assertThat(set("===foobar").contains("FooBar", Prereleases.REFUSED)).isTrue();
    assertThat(set(">=0").contains("foobar", Prereleases.ALLOWED)).isFalse();
  }

  @Test
  void prereleases_count_where_nothing_else_does_or_where_one_is_named() {
    List<Version> mixed = versions("1.0", "1.1a1", "1.2");
    List<Version> early = versions("1.1a1", "0.9");

    assertThat(set(">=1.0").filter(mixed, Prereleases.WHEN_NOTHING_ELSE))
        .isEqualTo(versions("1.0", "1.2"));
    assertThat(set(">=1.0").filter(early, Prereleases.WHEN_NOTHING_ELSE))
        .isEqualTo(versions("1.1a1"));
    assertThat(set(">=1.0a1").filter(mixed, Prereleases.WHEN_NOTHING_ELSE)).isEqualTo(mixed);
    assertThat(set(">=1.0,!=1.5a1").filter(mixed, Prereleases.WHEN_NOTHING_ELSE))
        .isEqualTo(versions("1.0", "1.2"));
    assertThat(set(">=1.0").filter(mixed, Prereleases.ALLOWED)).isEqualTo(mixed);
    assertThat(set(">=1.0a1").filter(early, Prereleases.REFUSED)).isEmpty();
  }

  @Test
  void a_prerelease_asked_about_alone_is_refused_only_on_demand() {
    Version early = Version.parse("1.1a1").orElseThrow();

    assertThat(set(">=1.0").contains(early, Prereleases.WHEN_NOTHING_ELSE)).isTrue();
    assertThat(set(">=1.0").contains(early, Prereleases.REFUSED)).isFalse();
    assertThat(set(">=1.0").contains("1.1a1", Prereleases.REFUSED)).isFalse();
  }

  @Test
  void clauses_have_no_order_and_come_once() {
    assertThat(set(" >= 1.0 , <2,, >=1.0 ")).isEqualTo(set("<2,>=1.0")).hasToString("<2,>=1.0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.0",
        "=>2.0",
        "~=1",
        "~=1.0+5",
        ">1.0+x",
        ">=1.0.*",
        "==1.0.*+5",
        "==2.0a1.*",
        "== 1.0 .*",
        "==1.0.*.5",
        "===a b",
        "===a;b",
        ">=1.0;",
        "lolwat",
        ">=",
        "=1.0",
        ">=1.0 <2"
      })
  void what_is_no_specifier_comes_with_a_reason(String text) {
    assertThat(SpecifierSet.parse(text)).isInstanceOf(Parse.Invalid.class);
  }

  @Test
  void the_reason_names_the_clause() {
    assertThat(SpecifierSet.parse(">=1.0,~=1"))
        .isEqualTo(new Parse.Invalid<>("The specifier '~=1' needs at least two release numbers."));
  }

  private static SpecifierSet set(String text) {
    return SpecifierSet.parse(text).toOptional().orElseThrow();
  }

  private static List<Version> versions(String... texts) {
    return List.of(texts).stream().map(Version::parse).flatMap(v -> v.stream()).toList();
  }
}
