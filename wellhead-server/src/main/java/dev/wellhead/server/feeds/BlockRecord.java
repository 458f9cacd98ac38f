package dev.wellhead.server.feeds;

import dev.wellhead.core.pypi.ProjectName;
import dev.wellhead.core.pypi.Version;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A block of ours in the form of an OSV record.
///
/// Its id begins with `MAL-`, since clients that stop for malware know it by that; the rest says
/// whose it is and what it blocks, so that the record can be found by its id.
///
/// @param version empty where all of the project is blocked
record BlockRecord(ProjectName project, String version, String reason, Instant since) {
  private static final String PREFIX = "MAL-WELLHEAD-";

  /// The block of `pattern`, which is `name` or `name==version`; empty for any other.
  static Optional<BlockRecord> of(String pattern, String reason, Instant since) {
    int at = pattern.indexOf("==");
    String name = at < 0 ? pattern : pattern.substring(0, at);
    String version = at < 0 ? "" : pattern.substring(at + 2);
    boolean isVersion = at < 0 || Version.parse(version).isPresent();
    return isVersion
        ? ProjectName.of(name).map(project -> new BlockRecord(project, version, reason, since))
        : Optional.empty();
  }

  /// The project that an id of ours names; empty for any other id.
  static Optional<ProjectName> projectOf(String id) {
    if (!id.startsWith(PREFIX)) {
      return Optional.empty();
    }
    String rest = id.substring(PREFIX.length());
    int at = rest.indexOf('_'); // in no normalized name
    return ProjectName.of(at < 0 ? rest : rest.substring(0, at));
  }

  String id() {
    return PREFIX + project.normalized() + (version.isEmpty() ? "" : "_" + version);
  }

  /// Whether it is about this version; about any where `asked` is empty.
  boolean covers(String asked) {
    return version.isEmpty()
        || asked.isEmpty()
        || version.equals(asked)
        || Version.parse(version).equals(Version.parse(asked));
  }

  ObjectNode toJson() {
    ObjectNode record = JsonNodeFactory.instance.objectNode();
    record.put("schema_version", "1.7.4");
    record.put("id", id());
    record.put("published", since.toString());
    record.put("modified", since.toString());
    record.put("summary", reason.isEmpty() ? "Blocked by this index" : reason);
    record.put("details", "Blocked by the people who run this index.");
    ObjectNode affected = record.putArray("affected").addObject();
    affected.putObject("package").put("ecosystem", "PyPI").put("name", project.normalized());
    if (version.isEmpty()) {
      ObjectNode range = affected.putArray("ranges").addObject();
      range.put("type", "ECOSYSTEM");
      range.putArray("events").addObject().put("introduced", "0");
    } else {
      affected.putArray("versions").add(version);
    }
    return record;
  }
}
