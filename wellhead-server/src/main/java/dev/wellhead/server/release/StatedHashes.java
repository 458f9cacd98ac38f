package dev.wellhead.server.release;

import dev.wellhead.core.pypi.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Hashes as pages state them, compared with bytes.
final class StatedHashes {
  private static final int CHUNK = 1 << 16;

  private static final Map<String, String> KNOWN =
      Map.of(
          "md5", "MD5",
          "sha1", "SHA-1",
          "sha224", "SHA-224",
          "sha384", "SHA-384",
          "sha512", "SHA-512",
          "sha3_256", "SHA3-256",
          "sha3_384", "SHA3-384",
          "sha3_512", "SHA3-512");

  private StatedHashes() {}

  /// Whether one of them can be compared here at all.
  static boolean canCompare(Map<String, String> stated) {
    return stated.containsKey("sha256") || stated.keySet().stream().anyMatch(KNOWN::containsKey);
  }

  /// A sentence for each stated hash that the bytes do not have. Where SHA-256 is stated, nothing
  /// else needs to be looked at; algorithms that are not known here say nothing.
  static List<String> faults(Map<String, String> stated, Sha256 actual, SeekableByteChannel bytes)
      throws IOException {
    List<String> faults = new ArrayList<>();
    String sha256 = stated.get("sha256");
    if (sha256 != null) {
      if (!Sha256.of(sha256).equals(Optional.of(actual))) {
        faults.add(fault("SHA-256", actual.hex(), sha256));
      }
      return faults;
    }
    for (Map.Entry<String, String> each : stated.entrySet()) {
      String algorithm = KNOWN.get(each.getKey());
      if (algorithm != null) {
        String hex = hex(algorithm, bytes);
        if (!hex.equals(each.getValue())) {
          faults.add(fault(algorithm, hex, each.getValue()));
        }
      }
    }
    return faults;
  }

  static Sha256 sha256(byte[] bytes) {
    return Sha256.of(digest("SHA-256").digest(bytes));
  }

  static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has " + algorithm, e);
    }
  }

  private static String fault(String algorithm, String actual, String stated) {
    return "Its " + algorithm + " is " + actual + ", though " + stated + " is stated for it.";
  }

  private static String hex(String algorithm, SeekableByteChannel bytes) throws IOException {
    MessageDigest digest = digest(algorithm);
    ByteBuffer buffer = ByteBuffer.allocate(CHUNK);
    bytes.position(0);
    while (bytes.read(buffer.clear()) >= 0) {
      digest.update(buffer.flip());
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
