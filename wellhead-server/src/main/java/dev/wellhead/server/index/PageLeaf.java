package dev.wellhead.server.index;

import dev.wellhead.core.pypi.ProjectName;
import dev.wellhead.core.pypi.Yank;
import dev.wellhead.server.catalog.HeldFile;
import dev.wellhead.server.catalog.HeldProject;
import dev.wellhead.server.catalog.PageChange;
import dev.wellhead.server.ledger.Leaf;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;

/// The ledger's entry for a changed page: who looks later can show what was listed, and nobody can
/// say that it was something else.
///
/// A big project's list is longer than a leaf may be, so that the leaf holds its digest: SHA-256
/// over a line for each listed file, `NAME IDENTITY YANK` and a line feed, in the page's order,
/// where YANK is `-` or the reason in hex. The lines can be made again from the catalog and its
/// history.
final class PageLeaf {
  private PageLeaf() {}

  static Leaf of(String source, PageChange change, Instant now) {
    HeldProject after = change.after();
    return Leaf.of(
        "page",
        after.name().normalized(),
        now,
        Map.of(
            "source", source,
            "revision", after.revision(),
            "status", after.status().state().name(),
            "files", after.listed().size(),
            "listing", listing(after)));
  }

  static Leaf gone(String source, ProjectName name, Instant now) {
    return Leaf.of("page-gone", name.normalized(), now, Map.of("source", source));
  }

  private static String listing(HeldProject project) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (HeldFile file : project.listed()) {
        String yank =
            switch (file.entry().yank()) {
              case Yank.Not _ -> "-";
              case Yank.Yanked(String reason) ->
                  "x" + HexFormat.of().formatHex(reason.getBytes(StandardCharsets.UTF_8));
            };
        String line = file.entry().filename() + ' ' + file.identity() + ' ' + yank + '\n';
        digest.update(line.getBytes(StandardCharsets.UTF_8));
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
