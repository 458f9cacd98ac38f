package dev.wellhead.server.release;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What came of one file of an import, before anything of it is recorded.
sealed interface Done {
  /// Where it is, for people.
  String place();

  /// How large it is, in bytes.
  long size();

  /// It is examined and its bytes are kept (or would be).
  ///
  /// @param reading what to remember of its place, where that is of use
  /// @param isHashed whether somebody stated a hash that it was compared with
  record Ready(
      String place,
      long size,
      HostedProjects.Arriving arriving,
      ImportMemory.@Nullable Reading reading,
      boolean isHashed)
      implements Done {}

  /// The same file is hosted.
  record Here(String place, long size, ImportMemory.@Nullable Reading reading) implements Done {}

  /// It is left out, for these reasons.
  record Refused(String place, long size, List<String> reasons) implements Done {
    public Refused {
      reasons = List.copyOf(reasons);
    }

    Refused(String place, long size, String reason) {
      this(place, size, List.of(reason));
    }
  }
}
