package dev.wellhead.core.pypi;

import java.time.Instant;

/// When a file was uploaded, and who says so (PEP 700).
///
/// Installers with a cut-off date stop or leave a file out where no page states a time, so pages
/// carry one for every file; where the upstream has none, it is the moment of our first sight, and
/// is marked as such. Pages carry microseconds.
public sealed interface UploadTime {
  /// The index that the file comes from states this time.
  record Stated(Instant at) implements UploadTime {
    public Stated {
      requireFourDigitYear(at);
    }
  }

  /// No index states a time; this is when the file was first seen here. JSON pages mark it with
  /// `"_wellhead": {"upload-time": "first-seen"}` at the file.
  record FirstSeen(Instant at) implements UploadTime {
    public FirstSeen {
      requireFourDigitYear(at);
    }
  }

  /// Nobody has said anything, or nothing that can be read.
  record Unstated() implements UploadTime {}

  private static void requireFourDigitYear(Instant at) {
    if (!Rfc3339.canWrite(at)) {
      throw new IllegalArgumentException("no upload time, its year has not four digits: " + at);
    }
  }
}
