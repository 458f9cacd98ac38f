package dev.wellhead.server.db;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How many rows there are, and a sum over what is in them that tells whether two engines have the
/// same ones, whatever order each gives them in.
///
/// @param sum the SHA-256 of each row, added up modulo 2^256, in hex
public record RowsDigest(long rows, String sum) {
  /// Of no rows.
  public static final RowsDigest NONE = new Sum().digest();

  /// Takes rows in, one after the other.
  public static final class Sum {
    private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(256);

    private final MessageDigest hash = newHash();
    private BigInteger sum = BigInteger.ZERO;
    private long rows;

    public void add(List<? extends @Nullable Object> row) {
      for (Object value : row) {
        switch (value) {
          case null -> put('n', new byte[0]);
          case Long whole -> put('w', ByteBuffer.allocate(8).putLong(whole).array());
          case Double real -> put('r', ByteBuffer.allocate(8).putDouble(real).array());
          case Boolean truth -> put('t', new byte[] {(byte) (truth ? 1 : 0)});
          case String text -> put('s', text.getBytes(StandardCharsets.UTF_8));
          case ByteBuffer bytes -> {
            byte[] copy = new byte[bytes.remaining()];
            bytes.duplicate().get(copy);
            put('b', copy);
          }
          default -> throw new IllegalArgumentException("no value of a row: " + value.getClass());
        }
      }
      sum = sum.add(new BigInteger(1, hash.digest())).mod(MODULUS);
      rows++;
    }

    public RowsDigest digest() {
      byte[] bytes = ByteBuffer.allocate(33).array();
      byte[] number = sum.toByteArray();
      System.arraycopy(number, 0, bytes, bytes.length - number.length, number.length);
      return new RowsDigest(rows, HexFormat.of().formatHex(bytes, 1, bytes.length));
    }

    private void put(char kind, byte[] value) {
      hash.update((byte) kind);
      hash.update(ByteBuffer.allocate(4).putInt(value.length).array());
      hash.update(value);
    }

    private static MessageDigest newHash() {
      try {
        return MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every JDK has SHA-256", e);
      }
    }
  }
}
