/// Knows advisories and lists of others, kept current and offline; not what they lead to.
@NullMarked
package dev.wellhead.server.feeds;

import org.jspecify.annotations.NullMarked;
