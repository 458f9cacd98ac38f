package dev.wellhead.server.index;

import dev.wellhead.server.upstream.Validators;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Properties;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a list of names was made from and when, in a small file beside it.
final class ListMemory {
  private static final Logger LOG = LoggerFactory.getLogger(ListMemory.class);
  private static final String FILE = "list.properties";
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  private ListMemory() {}

  /// The list of an earlier process, which counts no longer; null where there is none to go by.
  static NameList.@Nullable Listed read(Path folder) {
    Properties memory = new Properties();
    try (Reader in = Files.newBufferedReader(folder.resolve(FILE))) {
      memory.load(in);
      String body = memory.getProperty("sha256", "");
      Path file = folder.resolve(body + NameList.ENDING);
      if (!SHA256.matcher(body).matches() || !Files.isRegularFile(file)) {
        return null;
      }
      Validators validators =
          new Validators(memory.getProperty("etag"), memory.getProperty("last-modified"), body);
      Instant confirmed = Instant.parse(memory.getProperty("confirmed", ""));
      return new NameList.Listed(validators, file, confirmed, confirmed, true);
    } catch (IOException | IllegalArgumentException | DateTimeException e) {
      LOG.debug("no list of projects from before", e);
      return null;
    }
  }

  static void write(Path folder, NameList.Listed listed) throws IOException {
    Properties memory = new Properties();
    memory.setProperty("sha256", listed.validators().bodySha256());
    put(memory, "etag", listed.validators().etag());
    put(memory, "last-modified", listed.validators().lastModified());
    memory.setProperty("confirmed", listed.confirmed().toString());
    Path draft = folder.resolve(FILE + ".draft");
    try (Writer out = Files.newBufferedWriter(draft)) {
      memory.store(out, null);
    }
    Files.move(
        draft,
        folder.resolve(FILE),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  private static void put(Properties memory, String key, @Nullable String value) {
    if (value != null) {
      memory.setProperty(key, value);
    }
  }
}
