package dev.wellhead.server.index;

import dev.wellhead.core.pypi.ProjectName;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The links that our pages carry. All but one are relative, so that no byte of a page depends on
/// the host that it was asked from.
final class ServedLinks {
  private final Supplier<URI> publicUrl;

  ServedLinks(Supplier<URI> publicUrl) {
    this.publicUrl = publicUrl;
  }

  /// From `/simple/NAME/` to the file served at `path`.
  String fromPage(String path) {
    return "../../files/" + encode(path);
  }

  /// The provenance object of a file (PEP 740 asks for a whole URL), or null where the file's name
  /// tells no version.
  ///
  /// @param folder of the view, with a slash at its end, or empty
  @Nullable String provenance(
      String folder, ProjectName project, Optional<String> version, String filename) {
    return version
        .map(v ->
            publicUrl
                .get()
                .resolve(
                    folder
                        + "integrity/"
                        + project.normalized()
                        + "/"
                        + encode(v)
                        + "/"
                        + encode(filename)
                        + "/provenance")
                .toString())
        .orElse(null);
  }

  /// Where a file is served in the view of `folder`, whole.
  String file(String folder, String path) {
    return publicUrl.get().resolve(folder + "files/" + encode(path)).toString();
  }

  /// Percent-encodes a decoded path, segment by segment.
  static String encode(String path) {
    StringBuilder out = new StringBuilder(path.length() + 16);
    for (String segment : path.split("/", -1)) {
      if (!out.isEmpty()) {
        out.append('/');
      }
      // URLEncoder writes a form: a space is `+` there and `%20` in a path.
      out.append(URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20"));
    }
    return out.toString();
  }
}
