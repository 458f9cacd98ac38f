package dev.wellhead.server.index;

import dev.wellhead.server.catalog.SourceId;
import dev.wellhead.server.upstream.Upstream;
import java.net.URI;

/// An index that pages and files come from.
///
/// @param id its number in the catalog
/// @param index the root of its Simple API
/// @param upstream how it is asked
record Source(SourceId id, URI index, Upstream upstream) {
  /// Where the file at the source's `url` is served here, decoded: the form in which requests and
  /// the catalog have it.
  String servedPath(String url) {
    String encoded = upstream.servedPath(URI.create(url));
    return URI.create("/" + encoded).getPath().substring(1);
  }
}
