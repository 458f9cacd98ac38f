/// Knows how to put a measured load on an HTTP server and to check every byte that comes back; it
/// does not know what server that is.
@NullMarked
package dev.wellhead.bench;

import org.jspecify.annotations.NullMarked;
