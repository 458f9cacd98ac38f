package dev.wellhead.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class MessagesTest {
  private static final Path TEMPLATES =
      Path.of(System.getProperty("house", "."), "wellhead-server/src/main/jte");
  private static final Pattern HOLE = Pattern.compile("\\{[0-9]}");
  private static final Pattern KEY = Pattern.compile("(?:say|count)\\(\"([^\"]+)\"[,)]");

  /// What people read without translation: names, commands, file names.
  private static final Set<String> NAMES =
      Set.of("Wellhead", "Python", "METADATA", "status.json", "metrics", "wellhead admin link");

  @Test
  void both_languages_say_the_same_things_with_the_same_holes() throws IOException {
    Properties english = read("en");
    Properties chinese = read("zh");

    assertThat(chinese.stringPropertyNames()).isEqualTo(english.stringPropertyNames());
    for (String key : english.stringPropertyNames()) {
      assertThat(holes(chinese.getProperty(key)))
          .as(key)
          .isEqualTo(holes(english.getProperty(key)));
      assertThat(chinese.getProperty(key)).as(key).isNotBlank();
    }
  }

  @Test
  void every_text_that_a_template_asks_for_is_there() throws IOException {
    Properties english = read("en");
    for (Path template : templates()) {
      assertThat(KEY.matcher(Files.readString(template)).results().map(found -> found.group(1)))
          .as(template.getFileName().toString())
          .isSubsetOf(english.stringPropertyNames());
    }
  }

  @Test
  void no_template_holds_a_sentence_of_its_own() throws IOException {
    List<String> bare = new ArrayList<>();
    for (Path template : templates()) {
      String text =
          Files.readString(template).lines().filter(line -> !isCode(line)).toList().toString();
      String words =
          text.replaceAll("(?s)\\$(unsafe)?\\{[^{}]*}", " ")
              .replaceAll("(?s)<[^<>]*>", " ")
              .replaceAll("@[a-z.]+(\\((?:[^()]|\\((?:[^()]|\\([^()]*\\))*\\))*\\))?", " ");
      for (MatchResult word :
          Pattern.compile("[A-Za-z][A-Za-z. ]+[a-z]").matcher(words).results().toList()) {
        if (NAMES.stream().noneMatch(name -> name.contains(word.group().strip()))) {
          bare.add(template.getFileName() + ": " + word.group());
        }
      }
    }

    assertThat(bare).isEmpty();
  }

  @Test
  void one_and_many_differ_and_holes_are_filled() {
    Words english = new Messages().in(Language.EN);

    assertThat(english.count("count.files", 1)).isEqualTo("1 file");
    assertThat(english.count("count.files", 1_200)).isEqualTo("1,200 files");
    assertThat(new Messages().in(Language.ZH).count("count.files", 2)).isEqualTo("2 个文件");
  }

  private static boolean isCode(String line) {
    return line.startsWith("@import")
        || line.startsWith("@param")
        || line.startsWith("!{")
        || line.startsWith("@template")
        || line.startsWith("@for")
        || line.startsWith("@if")
        || line.startsWith("@elseif");
  }

  private static Set<String> holes(String text) {
    return new TreeSet<>(HOLE.matcher(text).results().map(MatchResult::group).toList());
  }

  private static List<Path> templates() throws IOException {
    try (Stream<Path> files = Files.list(TEMPLATES)) {
      return files.filter(file -> file.toString().endsWith(".jte")).sorted().toList();
    }
  }

  private static Properties read(String language) throws IOException {
    try (Reader reader =
        new InputStreamReader(
            Objects.requireNonNull(
                MessagesTest.class.getResourceAsStream(
                    "/web/messages_" + language + ".properties")),
            StandardCharsets.UTF_8)) {
      Properties properties = new Properties();
      properties.load(reader);
      return properties;
    }
  }
}
