package dev.wellhead.core.pypi;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Reads the files of a project's page, one object after the other.
///
/// What only helps and cannot be read (an upload time, a provenance of the wrong type) counts as
/// not said; what would mislead an installer or us makes the whole page malformed.
final class FileEntryReader {
  private static final int MAX_HASHES = 16;

  private static final UploadTime NO_TIME = new UploadTime.Unstated();
  private static final Yank NOT_YANKED = new Yank.Not();
  private static final MetadataFile NOT_SAID = new MetadataFile.Unstated();

  private final JsonParser parser;

  /// Most files require what the file before did; one string then serves them all.
  private @Nullable String requiresPythonBefore;

  private int number;
  private @Nullable String filename;
  private @Nullable String url;
  private Map<String, String> hashes = Map.of();
  private @Nullable Long size;
  private UploadTime uploadTime = NO_TIME;
  private @Nullable String requiresPython;
  private Yank yank = NOT_YANKED;
  private MetadataFile coreMetadata = NOT_SAID;
  private MetadataFile distInfoMetadata = NOT_SAID;
  private MetadataFile dataDistInfoMetadata = NOT_SAID;
  private @Nullable String provenance;

  FileEntryReader(JsonParser parser) {
    this.parser = parser;
  }

  /// The file whose object was just opened, the page's `fileNumber`th.
  FileEntry read(int fileNumber) throws MalformedPageException {
    startAnew(fileNumber);
    for (String key = parser.nextName(); key != null; key = parser.nextName()) {
      JsonToken token = parser.nextToken();
      switch (key) {
        case "filename" -> filename = readFilename(token);
        case "url" -> url = readUrl(token);
        case "hashes" -> hashes = readHashes(token);
        case "size" -> size = readSize(token);
        case "upload-time" -> uploadTime = readUploadTime(token);
        case "requires-python" -> requiresPython = readRequiresPython(token);
        case "yanked" -> yank = readYanked(token);
        case "core-metadata" -> coreMetadata = readMetadataFile(token, key);
        case "dist-info-metadata" -> distInfoMetadata = readMetadataFile(token, key);
        case "data-dist-info-metadata" -> dataDistInfoMetadata = readMetadataFile(token, key);
        case "provenance" -> provenance = readProvenance(token);
        default -> parser.skipChildren();
      }
    }
    if (filename == null) {
      throw malformed("no `filename`");
    }
    if (url == null) {
      throw malformed("no `url`");
    }
    return new FileEntry(
        filename,
        url,
        hashes,
        size,
        uploadTime,
        requiresPython,
        yank,
        firstSaid(coreMetadata, distInfoMetadata, dataDistInfoMetadata),
        provenance);
  }

  private void startAnew(int fileNumber) {
    number = fileNumber;
    filename = null;
    url = null;
    hashes = Map.of();
    size = null;
    uploadTime = NO_TIME;
    requiresPython = null;
    yank = NOT_YANKED;
    coreMetadata = NOT_SAID;
    distInfoMetadata = NOT_SAID;
    dataDistInfoMetadata = NOT_SAID;
    provenance = null;
  }

  private String readFilename(JsonToken token) throws MalformedPageException {
    String text = readString(token, "filename");
    requireNone(PageRules.filenameFault(text));
    return text;
  }

  /// A fragment says nothing that `hashes` does not say in JSON.
  private String readUrl(JsonToken token) throws MalformedPageException {
    String text = readString(token, "url");
    int fragment = text.indexOf('#');
    String withoutFragment = fragment < 0 ? text : text.substring(0, fragment);
    requireNone(PageRules.urlFault(withoutFragment));
    return withoutFragment;
  }

  private Map<String, String> readHashes(JsonToken token) throws MalformedPageException {
    if (token == JsonToken.VALUE_NULL) {
      return Map.of();
    }
    if (token != JsonToken.START_OBJECT) {
      throw malformed("`hashes` that are no object");
    }
    Map<String, String> read = HashMap.newHashMap(2);
    for (String key = parser.nextName(); key != null; key = parser.nextName()) {
      JsonToken value = parser.nextToken();
      if (key.startsWith("_")) {
        parser.skipChildren();
        continue;
      }
      String algorithm = key.toLowerCase(Locale.ROOT);
      if (value != JsonToken.VALUE_STRING) {
        throw malformed("a hash that is no text: " + PageRules.quoted(algorithm));
      }
      String digest = parser.getString().toLowerCase(Locale.ROOT);
      requireNone(PageRules.hashFault(algorithm, digest));
      read.put(algorithm, digest);
      if (read.size() > MAX_HASHES) {
        throw malformed("more than " + MAX_HASHES + " `hashes`");
      }
    }
    return read;
  }

  private @Nullable Long readSize(JsonToken token) throws MalformedPageException {
    if (token == JsonToken.VALUE_NULL) {
      return null;
    }
    if (token != JsonToken.VALUE_NUMBER_INT
        || parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
      throw malformed("a `size` that is no whole number of bytes");
    }
    long bytes = parser.getLongValue();
    if (bytes < 0) {
      throw malformed("a negative `size`: " + bytes);
    }
    return bytes;
  }

  private UploadTime readUploadTime(JsonToken token) {
    if (token == JsonToken.VALUE_STRING) {
      return Rfc3339.parse(parser.getString())
          .<UploadTime>map(UploadTime.Stated::new)
          .orElse(NO_TIME);
    }
    parser.skipChildren();
    return NO_TIME;
  }

  private @Nullable String readRequiresPython(JsonToken token) throws MalformedPageException {
    if (token == JsonToken.VALUE_NULL) {
      return null;
    }
    String text = PageRules.keepable(readString(token, "requires-python"));
    if (text.isEmpty()) {
      return null;
    }
    if (!text.equals(requiresPythonBefore)) {
      requiresPythonBefore = text;
    }
    return requiresPythonBefore;
  }

  private Yank readYanked(JsonToken token) throws MalformedPageException {
    return switch (token) {
      case VALUE_FALSE, VALUE_NULL -> NOT_YANKED;
      case VALUE_TRUE -> new Yank.Yanked("");
      case VALUE_STRING -> {
        String reason = PageRules.keepable(parser.getString());
        yield reason.isEmpty() ? NOT_YANKED : new Yank.Yanked(reason);
      }
      default -> throw malformed("a `yanked` that is neither true nor false nor text");
    };
  }

  private MetadataFile readMetadataFile(JsonToken token, String key) throws MalformedPageException {
    return switch (token) {
      case VALUE_TRUE -> new MetadataFile.Announced();
      case VALUE_FALSE -> new MetadataFile.Absent();
      case START_OBJECT -> readMetadataHashes(key);
      default -> {
        parser.skipChildren();
        yield NOT_SAID;
      }
    };
  }

  private MetadataFile readMetadataHashes(String key) throws MalformedPageException {
    MetadataFile read = new MetadataFile.Announced();
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      JsonToken value = parser.nextToken();
      if (!name.equals("sha256")) {
        parser.skipChildren();
        continue;
      }
      Optional<Sha256> sha256 =
          value == JsonToken.VALUE_STRING ? Sha256.of(parser.getString()) : Optional.empty();
      if (sha256.isEmpty()) {
        throw malformed("a `sha256` in `" + key + "` that is no such hash");
      }
      read = new MetadataFile.Hashed(sha256.get());
    }
    return read;
  }

  private @Nullable String readProvenance(JsonToken token) {
    if (token == JsonToken.VALUE_STRING) {
      String text = parser.getString();
      return PageRules.urlFault(text) == null ? text : null;
    }
    parser.skipChildren();
    return null;
  }

  private static MetadataFile firstSaid(
      MetadataFile first, MetadataFile second, MetadataFile third) {
    if (!first.equals(NOT_SAID)) {
      return first;
    }
    return second.equals(NOT_SAID) ? third : second;
  }

  private String readString(JsonToken token, String key) throws MalformedPageException {
    if (token != JsonToken.VALUE_STRING) {
      throw malformed("a `" + key + "` that is no text");
    }
    return parser.getString();
  }

  private void requireNone(@Nullable String fault) throws MalformedPageException {
    if (fault != null) {
      throw malformed(fault);
    }
  }

  private MalformedPageException malformed(String fault) {
    String file = filename == null ? "number " + number : PageRules.quoted(filename);
    return new MalformedPageException("The page's file " + file + " has " + fault + ".");
  }
}
