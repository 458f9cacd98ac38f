package dev.wellhead.testkit;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/// What an index may have or lack; a [FakeIndex] is made of a set of these.
public enum Feature {
  /// Pages carry a strong `ETag`, and `If-None-Match` is answered with 304.
  ETAG,
  /// Pages carry `Last-Modified`, and `If-Modified-Since` with the same date is answered with 304.
  LAST_MODIFIED,
  /// Pages say `core-metadata` with its hash (PEP 714).
  CORE_METADATA,
  /// `.metadata` beside a wheel answers, whether a page says so or not (PEP 658).
  METADATA_SERVED,
  /// Pages name a `provenance` URL for wheels, and it answers (PEP 740).
  PROVENANCE,
  /// Pages say `project-status` (PEP 792).
  PROJECT_STATUS,
  /// Pages are compressed for whoever accepts gzip.
  GZIP,
  /// Pages say `upload-time` (PEP 700).
  UPLOAD_TIME,
  /// Files answer `Range` with 206.
  RANGES,
  /// File URLs on pages are relative; they then lie on the index's own origin.
  RELATIVE_URLS,
  /// Pages are HTML, also for who asks for JSON alone; sizes, times and versions are not in them.
  HTML,
  /// Who does not ask for HTML by name gets 406; together with [#HTML].
  HTML_OR_406,
  /// Pages state MD5 digests in place of SHA-256.
  MD5,
  /// Pages state no digests at all.
  NO_DIGESTS;

  /// As PyPI itself is.
  public static final Set<Feature> PYPI =
      Collections.unmodifiableSet(
          EnumSet.complementOf(
              EnumSet.of(LAST_MODIFIED, RELATIVE_URLS, HTML, HTML_OR_406, MD5, NO_DIGESTS)));

  /// As a common company mirror is: no validators, no metadata keys though `.metadata` is there, no
  /// status, nothing compressed.
  public static final Set<Feature> POOR =
      Collections.unmodifiableSet(EnumSet.of(METADATA_SERVED, UPLOAD_TIME, RANGES));

  /// As an index of wheels in HTML is: relative links, digests, yanks, and nothing else.
  public static final Set<Feature> HTML_ONLY =
      Collections.unmodifiableSet(EnumSet.of(HTML, RELATIVE_URLS, RANGES));
}
