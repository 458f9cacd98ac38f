package dev.wellhead.core.pypi;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Reads one page of the Simple API from its JSON tokens, keeping what it needs and passing over
/// the rest.
final class PageReader {
  private static final Pattern SERIAL = Pattern.compile("[0-9]{1,18}");

  private final JsonParser parser;
  private final PageLimits limits;

  private String name = "";
  private @Nullable ProjectStatus status;
  private @Nullable ProjectStatus statusInMeta;
  private List<String> versions = List.of();
  private @Nullable List<FileEntry> files;
  private @Nullable Long lastSerial;

  PageReader(JsonParser parser, PageLimits limits) {
    this.parser = parser;
    this.limits = limits;
  }

  /// The page of a project.
  ProjectPage readProject() throws MalformedPageException {
    for (String key = parser.nextName(); key != null; key = parser.nextName()) {
      parser.nextToken();
      switch (key) {
        case "meta" -> readMeta();
        case "name" -> name = readName();
        case "project-status" -> status = readStatus();
        case "versions" -> versions = readVersions();
        case "files" -> files = readFiles();
        default -> parser.skipChildren();
      }
    }
    if (files == null) {
      throw malformed("no `files`");
    }
    ProjectStatus stated = status != null ? status : statusInMeta;
    return new ProjectPage(
        name, stated != null ? stated : ProjectStatus.ACTIVE, versions, files, lastSerial);
  }

  /// The list of all projects, each name to `names` as it comes.
  void readNames(Consumer<String> names) throws MalformedPageException {
    boolean anyProjects = false;
    for (String key = parser.nextName(); key != null; key = parser.nextName()) {
      parser.nextToken();
      switch (key) {
        case "meta" -> readMeta();
        case "projects" -> {
          anyProjects = true;
          readProjects(names);
        }
        default -> parser.skipChildren();
      }
    }
    if (!anyProjects) {
      throw malformed("no `projects`");
    }
  }

  private void readProjects(Consumer<String> names) throws MalformedPageException {
    requireArray("projects");
    for (int number = 1; parser.nextToken() != JsonToken.END_ARRAY; number++) {
      requireRoom("projects", number);
      requireObject("projects", number);
      String project = null;
      for (String key = parser.nextName(); key != null; key = parser.nextName()) {
        if (parser.nextToken() == JsonToken.VALUE_STRING && key.equals("name")) {
          project = parser.getString();
        } else {
          parser.skipChildren();
        }
      }
      if (project == null) {
        throw malformed("no `name` in entry " + number + " of `projects`");
      }
      if (ProjectName.of(project).isPresent()) {
        names.accept(project);
      }
    }
  }

  private void readMeta() throws MalformedPageException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return;
    }
    for (String key = parser.nextName(); key != null; key = parser.nextName()) {
      JsonToken token = parser.nextToken();
      switch (key) {
        case "api-version" -> requireKnownVersion(token);
        case "_last-serial" -> lastSerial = serial(token);
        // The example in the living specification has it here, its text at the top.
        case "project-status" -> statusInMeta = readStatus();
        default -> parser.skipChildren();
      }
    }
  }

  private void requireKnownVersion(JsonToken token) throws MalformedPageException {
    if (token == JsonToken.VALUE_NULL) {
      return;
    }
    if (!token.isScalarValue()) {
      throw malformed("an `api-version` that is no text");
    }
    PageRules.requireKnownVersion("api-version", parser.getString());
  }

  /// The serial, which some mirrors write as text.
  private @Nullable Long serial(JsonToken token) {
    String digits = token.isScalarValue() ? parser.getString() : "";
    parser.skipChildren();
    return SERIAL.matcher(digits).matches() ? Long.valueOf(digits) : null;
  }

  private String readName() throws MalformedPageException {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return "";
    }
    String text = readString("a `name`");
    if (ProjectName.of(text).isEmpty()) {
      throw malformed("a `name` that is no project's name: " + PageRules.quoted(text));
    }
    return text;
  }

  /// The status in its object (PEP 792) or, as older servers have it, as the bare word. A word that
  /// is not known here takes nothing from the project.
  private @Nullable ProjectStatus readStatus() throws MalformedPageException {
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      return status(parser.getString(), "");
    }
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return null;
    }
    String word = "";
    String reason = "";
    for (String key = parser.nextName(); key != null; key = parser.nextName()) {
      JsonToken token = parser.nextToken();
      if (token == JsonToken.VALUE_STRING && key.equals("status")) {
        word = parser.getString();
      } else if (token == JsonToken.VALUE_STRING && key.equals("reason")) {
        reason = PageRules.keepable(parser.getString());
      } else {
        parser.skipChildren();
      }
    }
    return status(word, reason);
  }

  private static @Nullable ProjectStatus status(String word, String reason) {
    return ProjectStatus.State.of(word).map(state -> new ProjectStatus(state, reason)).orElse(null);
  }

  private List<String> readVersions() throws MalformedPageException {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return List.of();
    }
    requireArray("versions");
    List<String> read = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      requireRoom("versions", read.size() + 1);
      String version = readString("an entry of `versions`");
      if (PageRules.isPlain(version)) {
        read.add(version);
      }
    }
    return read;
  }

  private List<FileEntry> readFiles() throws MalformedPageException {
    if (files != null) {
      throw malformed("`files` twice");
    }
    requireArray("files");
    FileEntryReader reader = new FileEntryReader(parser);
    PageFiles read = new PageFiles(limits);
    for (int number = 1; parser.nextToken() != JsonToken.END_ARRAY; number++) {
      requireRoom("files", number);
      requireObject("files", number);
      read.add(reader.read(number));
    }
    return read.inOrder();
  }

  private String readString(String what) throws MalformedPageException {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw malformed(what + " that is no text");
    }
    return parser.getString();
  }

  private void requireArray(String key) throws MalformedPageException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw malformed("a `" + key + "` that is no list");
    }
  }

  private void requireObject(String key, int number) throws MalformedPageException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw malformed("an entry in `" + key + "` that is no object, number " + number);
    }
  }

  private void requireRoom(String key, int number) throws MalformedPageException {
    if (number > limits.maxEntries()) {
      throw malformed("more than " + limits.maxEntries() + " entries in `" + key + "`");
    }
  }

  private static MalformedPageException malformed(String fault) {
    return new MalformedPageException("The page has " + fault + ".");
  }
}
