package dev.wellhead.core.pypi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.core.fuzz.Seeds;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/// Versions, one on each line.
final class VersionFuzzTest {
  @ParameterizedTest
  @ArgumentsSource(Seeds.class)
  @Timeout(20)
  void versions_read_back_and_their_order_is_total_and_agrees_with_equality(byte[] seed) {
    fuzzerTestOneInput(seed);
  }

  public static void fuzzerTestOneInput(byte[] bytes) {
    List<Version> versions = new ArrayList<>();
    for (String line : new String(bytes, UTF_8).split("\n", 4)) {
      Version.parse(line).ifPresent(versions::add);
    }
    for (Version version : versions) {
      assertThat(Version.parse(version.toString())).contains(version);
      assertThat(Version.parse(version.toString()).map(Version::toString))
          .contains(version.toString());
      assertThat(version.base().base()).isEqualTo(version.base()).hasSameHashCodeAs(version.base());
      assertThat(version.publicPart().local()).isEmpty();
      assertThat(version.publicPart()).isLessThanOrEqualTo(version);
      for (Version other : versions) {
        assertOrdered(version, other);
      }
    }
    List<Version> sorted = versions.stream().sorted().toList();
    for (int i = 1; i < sorted.size(); i++) {
      assertThat(sorted.get(i)).isGreaterThanOrEqualTo(sorted.getFirst());
    }
  }

  private static void assertOrdered(Version one, Version other) {
    int order = Integer.signum(one.compareTo(other));
    assertThat(Integer.signum(other.compareTo(one))).isEqualTo(-order);
    assertThat(one.equals(other)).isEqualTo(order == 0);
    if (order == 0) {
      assertThat(one).hasSameHashCodeAs(other);
    }
  }
}
