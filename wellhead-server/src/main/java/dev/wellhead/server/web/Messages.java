package dev.wellhead.server.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/// The texts of all pages, one file a language: `web/messages_en.properties` and its like.
final class Messages {
  private final Map<Language, Map<String, String>> texts = new EnumMap<>(Language.class);

  Messages() {
    for (Language language : Language.values()) {
      texts.put(language, read("/web/messages_" + language.code() + ".properties"));
    }
  }

  /// The texts in one language.
  Words in(Language language) {
    return new Words(language, texts.getOrDefault(language, Map.of()));
  }

  private static Map<String, String> read(String name) {
    try (InputStream in = Messages.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the program was built without " + name);
      }
      try (Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
        Properties properties = new Properties();
        properties.load(reader);
        Map<String, String> texts = new HashMap<>();
        properties
            .stringPropertyNames()
            .forEach(key -> texts.put(key, properties.getProperty(key)));
        return Map.copyOf(texts);
      }
    } catch (IOException e) {
      throw new IllegalStateException("the program cannot read its own " + name, e);
    }
  }
}
