package dev.wellhead.server.upstream;

import dev.wellhead.core.pypi.ProjectName;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The hosts that may be asked, and nobody else is; and how the URLs of their files and our paths
/// are turned into one another.
final class Hosts {
  private final URI root;
  private final Origin index;
  private final Origin shortest;
  private final Map<String, Origin> byAuthority;

  private Hosts(URI root, Origin shortest, Map<String, Origin> byAuthority) {
    this.root = root;
    this.index = Origin.of(root).orElseThrow();
    this.shortest = shortest;
    this.byAuthority = byAuthority;
  }

  static Hosts of(UpstreamSettings settings) throws UpstreamRefusedException {
    URI given = settings.index();
    Map<String, Origin> byAuthority = new LinkedHashMap<>();
    List<URI> urls = new ArrayList<>(List.of(given));
    urls.addAll(settings.files());
    for (int i = 0; i < urls.size(); i++) {
      String setting = i == 0 ? "upstream.index" : "upstream.files";
      Origin origin = origin(urls.get(i), setting);
      Origin before = byAuthority.putIfAbsent(origin.authority(), origin);
      if (before != null && !before.equals(origin)) {
        throw new UpstreamRefusedException(
            "The upstream's host "
                + origin.authority()
                + " is set with http and with https (setting"
                + " `upstream.files`): choose one.");
      }
    }
    String path = given.getRawPath() == null ? "" : given.getRawPath();
    URI root =
        URI.create(origin(given, "upstream.index") + (path.endsWith("/") ? path : path + "/"));
    Origin shortest =
        settings.files().isEmpty()
            ? origin(given, "upstream.index")
            : origin(settings.files().getFirst(), "upstream.files");
    return new Hosts(root, shortest, byAuthority);
  }

  /// Where the list of all names is.
  URI root() {
    return root;
  }

  URI page(ProjectName project) {
    return root.resolve(project.normalized() + "/");
  }

  Origin index() {
    return index;
  }

  /// The index's first.
  List<Origin> all() {
    return List.copyOf(byAuthority.values());
  }

  boolean include(Origin origin) {
    return byAuthority.containsValue(origin);
  }

  /// The origin of a URL within these hosts; empty for a URL elsewhere.
  Optional<Origin> within(URI url) {
    return Origin.of(url).filter(this::include);
  }

  URI url(Origin origin, FilePath path) {
    return URI.create(origin + "/" + path.encoded());
  }

  String servedPath(URI url) {
    Origin origin =
        within(url)
            .orElseThrow(() -> new IllegalArgumentException("not a configured host: " + url));
    FilePath path =
        FilePath.parse(url.getRawPath())
            .orElseThrow(() -> new IllegalArgumentException("not a file's path: " + url));
    boolean isShort = origin.equals(shortest) && !path.segments().getFirst().startsWith("+");
    return isShort ? path.encoded() : "+" + origin.authority() + "/" + path.encoded();
  }

  Optional<URI> urlOf(String servedPath) {
    if (!servedPath.startsWith("+")) {
      return FilePath.parse("/" + servedPath).map(path -> url(shortest, path));
    }
    int slash = servedPath.indexOf('/');
    Origin origin = slash < 0 ? null : byAuthority.get(servedPath.substring(1, slash));
    if (origin == null) {
      return Optional.empty();
    }
    return FilePath.parse(servedPath.substring(slash))
        .filter(path -> !origin.equals(shortest) || path.segments().getFirst().startsWith("+"))
        .map(path -> url(origin, path));
  }

  private static Origin origin(URI url, String setting) throws UpstreamRefusedException {
    if (url.getRawUserInfo() != null) {
      throw new UpstreamRefusedException(
          "The URL in setting `"
              + setting
              + "` has a user or password in it: put them into"
              + " `upstream.credentials.username` and `upstream.credentials.password`, where they are never printed.");
    }
    if (url.getRawQuery() != null || url.getRawFragment() != null) {
      throw new UpstreamRefusedException(
          "The URL in setting `"
              + setting
              + "` has a query or a fragment: leave it out: "
              + Words.url(url));
    }
    return Origin.of(url)
        .orElseThrow(() ->
            new UpstreamRefusedException(
                "The URL in setting `"
                    + setting
                    + "` is not of the form https://host/path/: "
                    + Words.quotedUrl(url.toString())));
  }
}
