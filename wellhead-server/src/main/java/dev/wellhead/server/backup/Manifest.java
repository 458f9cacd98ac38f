package dev.wellhead.server.backup;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a backup says of itself. It is written last, so that a backup without one is half a backup.
///
/// @param madeBy the version of the program
/// @param madeAt in UTC
/// @param databases whose rows it has
/// @param blobs how many files it has, by their SHA-256
/// @param blobBytes and how much that is
public record Manifest(
    String madeBy,
    String madeAt,
    Content content,
    List<Rows> databases,
    long blobs,
    long blobBytes,
    List<Part> parts) {
  static final String NAME = "manifest.json";
  static final String BLOBS = "blobs/";
  static final String BLOB_LIST = "blobs.txt";
  static final String SETTINGS = "wellhead.toml";

  private static final String FORMAT = "wellhead-backup";
  private static final int FORMAT_VERSION = 1;
  private static final int LONGEST = 1 << 22;
  private static final JsonMapper JSON = new JsonMapper();

  public Manifest {
    databases = List.copyOf(databases);
    parts = List.copyOf(parts);
  }

  /// What was copied.
  public enum Content {
    EVERYTHING,
    /// Without the files that an upstream can bring again.
    WITHOUT_CACHE
  }

  /// The rows of one database.
  ///
  /// @param schema the number of the last migration that made its tables
  public record Rows(String name, long schema, List<TableRows> tables) {
    public Rows {
      tables = List.copyOf(tables);
    }
  }

  /// How many rows a table has, and which.
  ///
  /// @param sum as [dev.wellhead.server.db.RowsDigest] has it
  public record TableRows(String name, long rows, String sum) {}

  /// A part that is no blob, whose own name says what it holds.
  public record Part(String name, long bytes, String sha256) {}

  long rows() {
    return databases.stream()
        .flatMap(one -> one.tables().stream())
        .mapToLong(TableRows::rows)
        .sum();
  }

  byte[] json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("format", FORMAT);
    json.put("format_version", FORMAT_VERSION);
    json.put("made_by", madeBy);
    json.put("made_at", madeAt);
    json.put("content", content == Content.EVERYTHING ? "everything" : "without-cache");
    json.put("databases", databases);
    json.put("blobs", Map.of("count", blobs, "bytes", blobBytes));
    json.put("parts", parts);
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json);
  }

  /// @param where the backup, for the sentence of a refusal
  static Manifest read(InputStream in, String where) throws BackupRefusedException, IOException {
    JsonNode json;
    try {
      json = JSON.readTree(in.readNBytes(LONGEST));
    } catch (JacksonException e) {
      throw new BackupRefusedException(
          "The manifest of " + where + " is damaged: take another backup.");
    }
    if (!json.path("format").asString("").equals(FORMAT)) {
      throw new BackupRefusedException(where + " is no backup of Wellhead.");
    }
    if (json.path("format_version").asInt(0) > FORMAT_VERSION) {
      throw new BackupRefusedException(
          where
              + " was made by a newer version, Wellhead "
              + json.path("made_by").asString("unknown")
              + ": restore it with that one.");
    }
    List<Rows> databases = new ArrayList<>();
    for (JsonNode one : json.path("databases").values()) {
      List<TableRows> tables = new ArrayList<>();
      for (JsonNode table : one.path("tables").values()) {
        tables.add(new TableRows(text(table, "name"), number(table, "rows"), text(table, "sum")));
      }
      databases.add(new Rows(text(one, "name"), number(one, "schema"), tables));
    }
    List<Part> parts = new ArrayList<>();
    for (JsonNode part : json.path("parts").values()) {
      parts.add(new Part(text(part, "name"), number(part, "bytes"), text(part, "sha256")));
    }
    return new Manifest(
        text(json, "made_by"),
        text(json, "made_at"),
        text(json, "content").equals("everything") ? Content.EVERYTHING : Content.WITHOUT_CACHE,
        databases,
        number(json.path("blobs"), "count"),
        number(json.path("blobs"), "bytes"),
        parts);
  }

  @Nullable Part part(String name) {
    return parts.stream().filter(part -> part.name().equals(name)).findFirst().orElse(null);
  }

  private static String text(JsonNode json, String key) throws BackupRefusedException {
    JsonNode value = json.path(key);
    if (!value.isString()) {
      throw new BackupRefusedException("The manifest is damaged, at \"" + key + "\".");
    }
    return value.asString();
  }

  private static long number(JsonNode json, String key) throws BackupRefusedException {
    JsonNode value = json.path(key);
    if (!value.isIntegralNumber() || value.asLong(-1) < 0) {
      throw new BackupRefusedException("The manifest is damaged, at \"" + key + "\".");
    }
    return value.asLong();
  }
}
