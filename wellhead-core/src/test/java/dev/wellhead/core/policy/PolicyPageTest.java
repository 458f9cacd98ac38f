package dev.wellhead.core.policy;

import static dev.wellhead.core.policy.Samples.policy;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// `docs/policy.md` says what is so.
final class PolicyPageTest {
  private static String page() throws IOException {
    return Files.readString(Path.of(System.getProperty("house", ".."), "docs", "policy.md"));
  }

  @Test
  void the_page_s_example_is_a_policy_whose_tests_pass() throws IOException {
    String page = page();
    int start = page.indexOf("```toml\n") + "```toml\n".length();
    Policy policy = policy(page.substring(start, page.indexOf("```", start)));

    assertThat(policy.test()).isNotEmpty().allMatch(TestResult::passed);
  }

  @Test
  void the_page_has_every_fact_and_every_rule_with_its_question_and_severity() throws IOException {
    String page = page();

    for (FactKey<?> key : FactKeys.all()) {
      assertThat(page).contains("\n| " + key.name() + " | ");
    }
    for (String rule : RuleReader.SEVERITIES.keySet()) {
      String settings = rule.equals(RuleReader.CUSTOM) ? "when = \"true\"" : "";
      String question =
          rule.equals(RuleReader.CUSTOM)
              ? "Does the condition hold?"
              : policy("[rules." + rule + "]\n" + settings).rules().getLast().question();
      assertThat(page)
          .containsPattern(
              "\\n\\| "
                  + rule
                  + " \\| "
                  + java.util.regex.Pattern.quote(question)
                  + " \\|.*, "
                  + RuleReader.SEVERITIES.get(rule)
                  + " \\|\\n");
    }
  }
}
