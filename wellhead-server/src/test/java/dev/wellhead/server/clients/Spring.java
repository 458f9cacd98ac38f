package dev.wellhead.server.clients;

import dev.wellhead.testkit.FakeIndex;
import dev.wellhead.testkit.FakeRequest;
import dev.wellhead.testkit.Feature;
import dev.wellhead.testkit.MadeFile;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// An upstream with a handful of small projects: `spring` in four releases, the newest of them
/// yanked; `well`, which needs `spring<2`; six leaves; `dew`, which exists as an sdist alone.
final class Spring {
  static final String YANK_REASON = "tastes of <iron> & \"salt\"";
  static final Instant EARLY = Instant.parse("2024-03-01T00:00:00Z");
  static final Instant LATE = Instant.parse("2025-03-01T00:00:00Z");
  static final List<String> LEAVES = List.of("ash", "birch", "cedar", "date", "elm", "fir");

  private Spring() {}

  static FakeIndex start() {
    return start(Feature.PYPI);
  }

  /// An upstream that has all that PyPI has, but not this.
  static FakeIndex without(Feature feature, Feature... more) {
    EnumSet<Feature> features = EnumSet.copyOf(Feature.PYPI);
    features.removeAll(EnumSet.of(feature, more));
    return start(features);
  }

  static FakeIndex start(Set<Feature> features) {
    FakeIndex index = FakeIndex.start(features);
    wheel(index, "spring-1.0-py3-none-any.whl", EARLY);
    wheel(index, "spring-1.1-py3-none-any.whl", EARLY);
    wheel(index, "spring-2.0-py3-none-any.whl", LATE);
    wheel(index, "spring-2.1-py3-none-any.whl", LATE);
    index.yank("spring-2.1-py3-none-any.whl", YANK_REASON);
    wheel(index, "well-1.0-py3-none-any.whl", EARLY, "Requires-Dist: spring<2");
    index.file("spring-1.1.tar.gz", MadeFile.sdist("spring-1.1.tar.gz"), EARLY);
    index.file("dew-0.5.tar.gz", MadeFile.sdist("dew-0.5.tar.gz"), EARLY);
    LEAVES.forEach(leaf -> wheel(index, leaf + "-3.1-py3-none-any.whl", EARLY));
    return index;
  }

  /// How often a whole file was fetched from the upstream, metadata and parts not counted.
  static long wholeFiles(FakeIndex index) {
    return index.requests().stream().filter(Spring::isWholeFile).count();
  }

  private static boolean isWholeFile(FakeRequest request) {
    return request.method().equals("GET")
        && request.path().matches(".*\\.(whl|tar\\.gz)")
        && request.header("Range").isEmpty();
  }

  private static void wheel(FakeIndex index, String name, Instant uploaded, String... metadata) {
    index.file(name, MadeFile.wheel(name, metadata), uploaded);
  }
}
