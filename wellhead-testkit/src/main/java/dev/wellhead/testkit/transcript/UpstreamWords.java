package dev.wellhead.testkit.transcript;

import dev.wellhead.testkit.FakeIndex;
import dev.wellhead.testkit.Feature;
import dev.wellhead.testkit.MadeFile;
import dev.wellhead.testkit.Trouble;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Changes a [FakeIndex] as the words of `upstream …` lines say; they are told in
/// `journeys/README.md`.
public final class UpstreamWords {
  private final FakeIndex index;

  public UpstreamWords(FakeIndex index) {
    this.index = index;
  }

  /// The features of the upstream that a transcript's settings ask for: `upstream rich` (as PyPI,
  /// also when nothing is said), `poor` (as a company mirror) or `bare`; `upstream-lacks` takes
  /// some away and `upstream-has` adds some, by name with commas.
  public static Set<Feature> features(Map<String, String> settings) {
    String kind = settings.getOrDefault("upstream", "rich");
    EnumSet<Feature> features =
        switch (kind) {
          case "rich" -> EnumSet.copyOf(Feature.PYPI);
          case "poor" -> EnumSet.copyOf(Feature.POOR);
          case "bare" -> EnumSet.noneOf(Feature.class);
          case "html" -> EnumSet.copyOf(Feature.HTML_ONLY);
          default ->
              throw new IllegalArgumentException(
                  "an upstream is rich, poor, bare or html: " + kind);
        };
    features.removeAll(named(settings.getOrDefault("upstream-lacks", "")));
    features.addAll(named(settings.getOrDefault("upstream-has", "")));
    return features;
  }

  /// Does what the words say.
  ///
  /// @throws IllegalArgumentException with a sentence when it does not know them
  public void apply(List<String> words) {
    String verb = words.getFirst();
    switch (verb) {
      case "down" -> index.refuse();
      case "up" -> index.listen();
      case "heal" -> index.heal();
      case "forgets" -> index.remove(word(words, 1));
      case "status" -> index.status(word(words, 1), word(words, 2));
      case "trouble" ->
          index.trouble(path(word(words, 1)), trouble(words.subList(2, words.size())));
      default -> {
        if (!verb.endsWith(".whl") && !verb.endsWith(".tar.gz")) {
          throw new IllegalArgumentException(
              "neither a file nor something an upstream does: " + verb);
        }
        offer(verb, words.subList(1, words.size()));
      }
    }
  }

  /// How often a path was asked for; `*` is any path, `file:NAME` and `metadata:NAME` are where the
  /// upstream has that file and its metadata.
  public long asked(String path) {
    return path.equals("*") ? index.requests().size() : index.count(path(path));
  }

  private String path(String text) {
    if (text.startsWith("file:")) {
      return index.filePath(text.substring("file:".length()));
    }
    if (text.startsWith("metadata:")) {
      return index.filePath(text.substring("metadata:".length())) + ".metadata";
    }
    return text;
  }

  private void offer(String filename, List<String> about) {
    Instant uploaded = FakeIndex.UPLOADED;
    @Nullable String size = null;
    String seed = "0";
    String[] metadata = new String[0];
    for (int i = 0; i < about.size(); i += 2) {
      String value = word(about, i + 1);
      switch (about.get(i)) {
        case "uploaded" -> uploaded = Instant.parse(value);
        case "yanked" -> index.yank(filename, value);
        case "requires-python" -> index.requiresPython(filename, value);
        case "size" -> size = value;
        case "seed" -> seed = value;
        case "metadata" -> metadata = value.split("\n", -1);
        default -> throw new IllegalArgumentException("unknown about a file: " + about.get(i));
      }
    }
    index.file(filename, bytes(filename, size, Long.parseLong(seed), metadata), uploaded);
  }

  private static byte[] bytes(
      String filename, @Nullable String size, long seed, String[] metadata) {
    if (filename.endsWith(".tar.gz")) {
      return MadeFile.sdist(filename, metadata);
    }
    return size == null
        ? MadeFile.wheel(filename, metadata)
        : MadeFile.wheelOfSize(filename, Integer.parseInt(size), seed, metadata);
  }

  private static Trouble trouble(List<String> words) {
    return switch (word(words, 0)) {
      case "status" -> Trouble.status(Integer.parseInt(word(words, 1)));
      case "busy" -> Trouble.busy(Integer.parseInt(word(words, 1)), word(words, 2));
      case "redirect" -> new Trouble.Redirect(word(words, 1));
      case "says" -> new Trouble.Saying(word(words, 1), word(words, 2));
      case "type" -> new Trouble.ContentType(word(words, 1));
      case "edit" -> {
        String from = word(words, 1);
        String to = word(words, 2);
        yield new Trouble.Edited(page -> page.replace(from, to));
      }
      case "malformed-json" -> Trouble.malformedJson();
      case "sign-in-page" -> Trouble.html();
      case "in-html" -> new Trouble.InHtml();
      case "wrong-hashes" -> Trouble.wrongHashes();
      case "truncated" -> new Trouble.Truncated(Long.parseLong(word(words, 1)));
      case "corrupt" -> new Trouble.Corrupt(Long.parseLong(word(words, 1)));
      case "bomb" -> new Trouble.Bomb(Long.parseLong(word(words, 1)));
      case "endless" -> new Trouble.Endless();
      case "hangs-up" -> new Trouble.HangUp();
      default -> throw new IllegalArgumentException("unknown trouble: " + words);
    };
  }

  private static Set<Feature> named(String names) {
    EnumSet<Feature> features = EnumSet.noneOf(Feature.class);
    for (String name : names.split(",", -1)) {
      if (!name.isBlank()) {
        features.add(Feature.valueOf(name.strip().toUpperCase(Locale.ROOT).replace('-', '_')));
      }
    }
    return features;
  }

  private static String word(List<String> words, int at) {
    if (at >= words.size()) {
      throw new IllegalArgumentException("a word is missing after: " + String.join(" ", words));
    }
    return words.get(at);
  }
}
