package dev.wellhead.server.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.server.fuzz.Seeds;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/// `Range` headers; the first eight bytes are the length of the file.
final class ByteRangeFuzzTest {
  @ParameterizedTest
  @ArgumentsSource(Seeds.class)
  @Timeout(20)
  void a_range_lies_within_the_file(byte[] seed) {
    fuzzerTestOneInput(seed);
  }

  public static void fuzzerTestOneInput(byte[] bytes) {
    if (bytes.length < 8) {
      return;
    }
    long length = ByteBuffer.wrap(bytes).getLong() & Long.MAX_VALUE;
    String header = new String(bytes, 8, bytes.length - 8, ISO_8859_1);
    switch (ByteRange.parse(header, length)) {
      case ByteRange.Whole() -> {}
      case ByteRange.Outside() -> assertThat(header).containsIgnoringCase("bytes=");
      case ByteRange.Part(long from, long part) -> {
        assertThat(from).isNotNegative();
        assertThat(part).isPositive();
        assertThat(from).isLessThanOrEqualTo(length - part);
      }
    }
  }
}
