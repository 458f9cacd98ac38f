package dev.wellhead.core.policy;

import dev.wellhead.core.policy.FactKey.Moment;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// All facts that rules may ask for.
public final class FactKeys {
  public static final FactKey<Instant> UPLOAD_TIME =
      page(
          "upload-time",
          Instant.class,
          "when the file was uploaded, by the upstream where its dates are trusted, else when it was"
              + " first seen here");
  public static final FactKey<Boolean> ADOPTED =
      page(
          "adopted", Boolean.class, "whether the file's digest was in use before the policy began");
  public static final FactKey<Learning> LEARNING =
      page("learning", Learning.class, "whether this house has a record to go by already");
  public static final FactKey<Boolean> IN_USE =
      page("in-use", Boolean.class, "whether files of the project were fetched here before");
  public static final FactKey<Integer> POPULARITY =
      page(
          "popularity", Integer.class, "the project's rank by downloads, 0 where it is not listed");
  public static final FactKey<List<Match>> ADVISORIES =
      page("advisories", List.class, "the advisories that cover the file");
  public static final FactKey<List<String>> FIXES =
      page(
          "fixes",
          List.class,
          "the vulnerabilities of versions in use here that this release fixes");
  public static final FactKey<Boolean> PUBLISHER_KEPT =
      page("publisher-kept", Boolean.class, "whether the publisher is that of the release before");
  public static final FactKey<List<HandBlock>> BLOCKS =
      page("blocks", List.class, "what people here have blocked by hand");
  public static final FactKey<UpstreamState> UPSTREAM_STATE =
      page("upstream-state", UpstreamState.class, "whether the upstream still offers the file");
  public static final FactKey<HashHistory> CHANGED_HASH =
      page("changed-hash", HashHistory.class, "whether the file had other bytes before");
  public static final FactKey<Reservation> RESERVED =
      page(
          "reserved", Reservation.class, "whether the name is reserved for projects of this house");
  public static final FactKey<Likeness> LOOKALIKE =
      page("lookalike", Likeness.class, "whether the name could be taken for a popular one");
  public static final FactKey<Provenance> PROVENANCE =
      page(
          "provenance",
          Provenance.class,
          "what became of the provenance that earlier releases of the line had");
  public static final FactKey<Boolean> SDIST_ONLY =
      page("sdist-only", Boolean.class, "whether the release has source distributions alone");
  public static final FactKey<Set<String>> PYTHON_TAGS =
      page(
          "python-tags",
          Set.class,
          "the Python tags of the wheel, empty for a source distribution");
  public static final FactKey<Long> SIZE = page("size", Long.class, "the file's length in bytes");
  public static final FactKey<Boolean> YANKED =
      page("yanked", Boolean.class, "whether the upstream has yanked the file");
  public static final FactKey<String> LICENCE =
      arrival(
          "licence", String.class, "the licence that the file states, empty where it states none");
  public static final FactKey<Boolean> NATIVE_CODE_NEW =
      arrival(
          "native-code-new",
          Boolean.class,
          "whether the file has native code and the release before had none");

  private static final List<FactKey<?>> ALL =
      List.of(
          UPLOAD_TIME,
          ADOPTED,
          LEARNING,
          IN_USE,
          POPULARITY,
          ADVISORIES,
          FIXES,
          PUBLISHER_KEPT,
          BLOCKS,
          UPSTREAM_STATE,
          CHANGED_HASH,
          RESERVED,
          LOOKALIKE,
          PROVENANCE,
          SDIST_ONLY,
          PYTHON_TAGS,
          SIZE,
          YANKED,
          LICENCE,
          NATIVE_CODE_NEW);

  private FactKeys() {}

  /// Every key there is.
  public static List<FactKey<?>> all() {
    return ALL;
  }

  /// The key of that name.
  public static Optional<FactKey<?>> named(String name) {
    for (FactKey<?> key : ALL) {
      if (key.name().equals(name)) {
        return Optional.of(key);
      }
    }
    return Optional.empty();
  }

  private static <T> FactKey<T> page(String name, Class<?> type, String meaning) {
    return new FactKey<>(name, type, Moment.PAGE, meaning);
  }

  private static <T> FactKey<T> arrival(String name, Class<?> type, String meaning) {
    return new FactKey<>(name, type, Moment.ARRIVAL, meaning);
  }
}
