/// Who fetched which file from here, first, last and how often, so that a bad file has a list of
/// those to warn. It does not know why anybody asks.
@NullMarked
package dev.wellhead.server.fetches;

import org.jspecify.annotations.NullMarked;
