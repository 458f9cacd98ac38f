package dev.wellhead.server.upstream;

import dev.wellhead.core.pypi.FileEntry;
import dev.wellhead.core.pypi.ProjectPage;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Makes the file URLs of a page absolute and canonical, or says why the page cannot be used.
///
/// A file's URL leads to a configured host, has neither user information nor a query, a path that
/// does not climb, and the file's name as its last segment. A query is refused even where it only
/// carries a token: our path for the file must lead back to its URL, and a token that is handed out
/// with a page would end up in everybody's lock files. Where a host redirects to signed URLs of a
/// configured host, they are followed.
final class FileUrls {
  /// Decoded. Real ones have two hundred bytes, and PostgreSQL's indexes take little more.
  private static final int LONGEST_PATH = 1_200;

  private final Hosts hosts;

  FileUrls(Hosts hosts) {
    this.hosts = hosts;
  }

  sealed interface Checked {
    record Usable(ProjectPage page) implements Checked {}

    record Wrong(String why) implements Checked {}
  }

  /// @param at where the page was read, after redirects
  Checked check(ProjectPage page, URI at) {
    List<FileEntry> files = new ArrayList<>(page.files().size());
    for (FileEntry file : page.files()) {
      switch (place(file, at)) {
        case Place.Found(URI url) ->
            files.add(
                file.withUrl(url.toString()).withProvenance(provenance(file.provenance(), at)));
        case Place.Wrong(String why) -> {
          return new Checked.Wrong(
              Words.url(at) + " gives " + Words.quoted(file.filename()) + " " + why);
        }
      }
    }
    return new Checked.Usable(page.withFiles(files));
  }

  private sealed interface Place {
    record Found(URI url) implements Place {}

    /// Ends a sentence that names the page and the file.
    record Wrong(String why) implements Place {}
  }

  private Place place(FileEntry file, URI page) {
    URI url;
    try {
      url = page.resolve(new URI(file.url()));
    } catch (URISyntaxException e) {
      return new Place.Wrong("a URL that is none: " + Words.quotedUrl(file.url()));
    }
    if (url.getRawUserInfo() != null || url.getRawQuery() != null) {
      return new Place.Wrong("a URL with a user or a query, which files must not have.");
    }
    Optional<Origin> origin = Origin.of(url);
    if (origin.isEmpty()) {
      return new Place.Wrong(
          "a URL that is not http(s)://host/path: " + Words.quotedUrl(file.url()));
    }
    if (!hosts.include(origin.get())) {
      return new Place.Wrong(
          "a URL on "
              + origin.get()
              + ", which is not a configured host. If the files are meant to"
              + " lie there, set `--upstream-files "
              + origin.get()
              + "/` (setting"
              + " `upstream.files`).");
    }
    Optional<FilePath> path = FilePath.parse(url.getRawPath());
    if (path.isEmpty()) {
      return new Place.Wrong(
          "a URL whose path climbs or is ambiguous: " + Words.quotedUrl(file.url()));
    }
    if (path.get().length() > LONGEST_PATH) {
      return new Place.Wrong("a URL whose path is longer than " + LONGEST_PATH + " bytes.");
    }
    if (!path.get().filename().equals(file.filename())) {
      return new Place.Wrong("a URL of another name: " + Words.quoted(path.get().filename()));
    }
    return new Place.Found(hosts.url(origin.get(), path.get()));
  }

  /// A mirror may pass on the URL that the public index gave, on a host that we must not ask. Its
  /// page is good all the same; for us there is no provenance then.
  private @Nullable String provenance(@Nullable String given, URI page) {
    if (given == null) {
      return null;
    }
    try {
      URI url = page.resolve(new URI(given));
      return hosts.within(url).isPresent() && url.getRawFragment() == null ? url.toString() : null;
    } catch (URISyntaxException e) {
      return null;
    }
  }
}
