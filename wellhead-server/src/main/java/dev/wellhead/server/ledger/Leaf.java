package dev.wellhead.server.ledger;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/// One entry of the ledger: what happened to what, in canonical JSON (RFC 8785), with its leaf hash
/// (RFC 6962, section 2.1: SHA-256 over a zero byte and the entry).
///
/// It is made before the transaction that keeps it, since a write unit does no cryptography.
///
/// @param kind what happened, a noun such as `page`
/// @param subject what it happened to, for people who search
/// @param json the entry, at most 65,535 bytes in UTF-8, as tiled logs (C2SP tlog-tiles) bound it
/// @param hash the leaf hash in lower-case hex
public record Leaf(String kind, String subject, Instant at, String json, String hash) {
  private static final int LONGEST = 65_535;

  /// A leaf that says `more` beside its kind, subject and time.
  ///
  /// @param more strings, whole numbers and maps of them
  public static Leaf of(String kind, String subject, Instant at, Map<String, ?> more) {
    Map<String, Object> entry = new TreeMap<>(more);
    entry.put("kind", kind);
    entry.put("subject", subject);
    entry.put("at", at.toString());
    String json = CanonicalJson.write(entry);
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > LONGEST) {
      throw new IllegalArgumentException("a leaf of " + bytes.length + " bytes about " + subject);
    }
    return new Leaf(kind, subject, at, json, leafHash(bytes));
  }

  /// Whether the entry still has the hash that it was kept under.
  boolean isWhole() {
    return leafHash(json.getBytes(StandardCharsets.UTF_8)).equals(hash);
  }

  private static String leafHash(byte[] entry) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update((byte) 0);
      return HexFormat.of().formatHex(digest.digest(entry));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
