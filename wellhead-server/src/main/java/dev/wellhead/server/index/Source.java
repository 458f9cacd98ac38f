package dev.wellhead.server.index;

import dev.wellhead.server.catalog.HeldFile;
import dev.wellhead.server.catalog.HeldProject;
import dev.wellhead.server.catalog.Hosting;
import dev.wellhead.server.catalog.SourceId;
import dev.wellhead.server.upstream.Upstream;
import java.net.URI;
import java.time.Duration;

/// Where projects come from.
sealed interface Source {
  /// The name of what is hosted here.
  String HOSTED = "hosted";

  /// The name of the one whose files have the short paths.
  String UPSTREAM = "upstream";

  /// How the paths of files of further sources begin.
  String SOURCE_PREFIX = "+source/";

  /// As in the settings.
  String name();

  /// Its number in the catalog.
  SourceId id();

  /// What the ledger calls it.
  String url();

  /// What stands before the paths of its files.
  String prefix();

  /// How it is called in a sentence.
  String words();

  /// Another index.
  ///
  /// @param index the root of its Simple API
  /// @param upstream how it is asked
  /// @param freshFor how long a page counts as fresh after it was confirmed
  /// @param absentFor how long it is believed that a project does not exist
  record Asked(
      String name, SourceId id, URI index, Upstream upstream, Duration freshFor, Duration absentFor)
      implements Source {
    @Override
    public String url() {
      return index.toString();
    }

    @Override
    public String prefix() {
      return name.equals(UPSTREAM) ? "" : SOURCE_PREFIX + name + "/";
    }

    @Override
    public String words() {
      return name.equals(UPSTREAM) ? "the upstream index" : "the source " + name;
    }

    /// Where the catalog has the file at the source's `url`, decoded.
    String path(String url) {
      String encoded = upstream.servedPath(URI.create(url));
      return URI.create("/" + encoded).getPath().substring(1);
    }
  }

  /// This index itself. The catalog has its files under the paths at which they are served.
  record Hosted(SourceId id) implements Source {
    @Override
    public String name() {
      return HOSTED;
    }

    @Override
    public String url() {
      return Hosting.SOURCE;
    }

    @Override
    public String prefix() {
      return "";
    }

    @Override
    public String words() {
      return "this index";
    }
  }

  /// `file` with the path at which it is served.
  default HeldFile placed(HeldFile file) {
    return prefix().isEmpty()
        ? file
        : new HeldFile(file.entry(), prefix() + file.path(), file.firstSeen(), file.goneSince());
  }

  /// `project` with the paths at which its files are served.
  default HeldProject placed(HeldProject project) {
    return prefix().isEmpty()
        ? project
        : project.withFiles(project.files().stream().map(this::placed).toList());
  }
}
