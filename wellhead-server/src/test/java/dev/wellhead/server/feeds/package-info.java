/// The contract of feeds, held on both engines.
@NullMarked
package dev.wellhead.server.feeds;

import org.jspecify.annotations.NullMarked;
