package dev.wellhead.core.osv;

import dev.wellhead.core.osv.Advisory.Kind;
import java.time.Instant;
import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Advisories as OSV JSON (schema 1.7).
public final class OsvJson {
  private static final String SCHEMA = "1.7.0";
  private static final JsonFactory FORM =
      JsonFactory.builder().streamReadConstraints(BoundedRecord.LIMITS).build();
  private static final JsonMapper MAPPER = new JsonMapper();

  private OsvJson() {}

  /// Reads one record, under limits of size and depth: lenient where real records are poor, broken
  /// where it could not be told what is meant. Only what it says of PyPI's projects is kept.
  public static OsvRead read(byte[] json) {
    return BoundedRecord.read(FORM, json);
  }

  /// The record as OSV JSON, which [#read] reads as the same.
  public static byte[] write(Advisory advisory) {
    ObjectNode record = MAPPER.createObjectNode();
    record.put("schema_version", SCHEMA);
    record.put("id", advisory.id());
    put(record, "published", advisory.times().published());
    put(record, "modified", advisory.times().modified());
    put(record, "withdrawn", advisory.times().withdrawn());
    texts(record, "aliases", advisory.aliases());
    record.put("summary", advisory.text().summary());
    record.put("details", advisory.text().details());
    Rating rating = advisory.rating();
    if (!rating.vector().isEmpty()) {
      record
          .putArray("severity")
          .addObject()
          .put("type", rating.vector().startsWith("CVSS:3") ? "CVSS_V3" : "CVSS_V4")
          .put("score", rating.vector());
    }
    ArrayNode affected = record.putArray("affected");
    for (Affected one : advisory.affected()) {
      write(affected.addObject(), one);
    }
    more(record.putObject("database_specific"), advisory);
    return MAPPER.writeValueAsBytes(record);
  }

  private static void write(ObjectNode out, Affected affected) {
    out.putObject("package")
        .put("ecosystem", "PyPI")
        .put("name", affected.project().normalized())
        .put("purl", "pkg:pypi/" + affected.project().normalized());
    ranges(out, affected.ranges());
    texts(out, "versions", affected.versions().spelled());
    if (!affected.hashes().isEmpty()) {
      ArrayNode files =
          out.putObject("database_specific").putObject("indicators").putArray("package_integrity");
      affected.hashes().stream()
          .sorted()
          .forEach(hash -> files.addObject().putObject("hashes").put("sha256", hash.hex()));
    }
  }

  private static void more(ObjectNode out, Advisory advisory) {
    Rating rating = advisory.rating();
    if (rating.score() == null && rating.severity() != Rating.Severity.UNRATED) {
      out.put("severity", rating.severity().name());
    }
    if (advisory.kind() == Kind.MALWARE) {
      out.putArray("cwe_ids").add("CWE-506");
    }
    if (!advisory.affected().isEmpty() && !advisory.affected().getFirst().origins().isEmpty()) {
      ArrayNode origins = out.putArray("malicious-packages-origins");
      for (Origin origin : advisory.affected().getFirst().origins()) {
        ObjectNode one = origins.addObject().put("source", origin.source()).put("id", origin.id());
        texts(one, "versions", origin.versions().spelled());
        ranges(one, origin.ranges());
      }
    }
  }

  private static void ranges(ObjectNode out, Collection<Range> ranges) {
    if (ranges.isEmpty()) {
      return;
    }
    ArrayNode all = out.putArray("ranges");
    for (Range range : ranges) {
      ArrayNode events = all.addObject().put("type", "ECOSYSTEM").putArray("events");
      for (Range.Event event : range.events()) {
        events.addObject().put(event.kind().name().toLowerCase(Locale.ROOT), event.version());
      }
    }
  }

  private static void texts(ObjectNode out, String name, Collection<String> texts) {
    if (!texts.isEmpty()) {
      ArrayNode list = out.putArray(name);
      texts.forEach(list::add);
    }
  }

  private static void put(ObjectNode out, String name, @Nullable Instant at) {
    if (at != null) {
      out.put(name, at.toString());
    }
  }
}
