package dev.wellhead.core.pypi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequirementTest {
  @Test
  void a_requirement_has_name_extras_versions_and_condition() {
    Requirement requirement =
        requirement("Requests_X [socks, Sec] >= 2.8.1,== 2.8.* ; python_version < '2.7'");

    assertThat(requirement)
        .isEqualTo(
            new Requirement(
                "Requests_X",
                List.of("Sec", "socks"),
                SpecifierSet.parse("==2.8.*,>=2.8.1").toOptional().orElseThrow(),
                null,
                Marker.parse("python_version < '2.7'").toOptional().orElseThrow()));
    assertThat(requirement.project()).hasToString("requests-x");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "name|name",
        "name[]|name",
        "name ()|name",
        "name (>=1, <2)|name<2,>=1",
        "name>=1,|name>=1",
        "name @ https://example.org/n.zip|name @ https://example.org/n.zip",
        "name[b,a]@file:///x ; os_name=='a'|name[a,b] @ file:///x ; os_name == \"a\"",
        "name (==1);os_name=='a'|name==1; os_name == \"a\"",
        "name===a,>=1|name===a,>=1",
      })
  void every_spelling_prints_as_one(String text, String printed) {
    assertThat(requirement(text)).hasToString(printed).isEqualTo(requirement(printed));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "-name",
        "name-",
        "näme",
        "name[",
        "name[a",
        "name[a b]",
        "name[a,]",
        "name[,a]",
        "name (>=1",
        "name ((>=1))",
        "name >=1)",
        "name,>=1",
        "name>=1,,<2",
        "name>=1 <2",
        "name 1.0",
        "name @",
        "name @ ",
        "name @ https://x/ y",
        "name @ https://x\n",
        "name;",
        "name; nonsense",
        "name @ https://x; os_name == 'a' x",
        "name>=1\n",
        "https://example.org/n.zip",
        "name==1.x"
      })
  void what_is_no_requirement_is_refused(String text) {
    assertThat(Requirement.parse(text)).isInstanceOf(Parse.Invalid.class);
  }

  @Test
  void a_url_keeps_a_semicolon_that_no_space_comes_before() {
    assertThat(requirement("name @ https://x/;os_name=='a'").url())
        .isEqualTo("https://x/;os_name=='a'");
  }

  @Test
  void the_reason_names_what_was_expected_and_where() {
    assertThat(Requirement.parse("name[a b]"))
        .isEqualTo(
            new Parse.Invalid<>(
                "The requirement needs a comma or ] behind an extra at position 7 before 'b]'."));
  }

  private static Requirement requirement(String text) {
    return Requirement.parse(text).toOptional().orElseThrow();
  }
}
