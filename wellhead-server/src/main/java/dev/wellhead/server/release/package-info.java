/// The writing door: what may become a file of a project that is hosted here, and how it gets onto
/// its page. Knows nothing of how pages look.
@NullMarked
package dev.wellhead.server.release;

import org.jspecify.annotations.NullMarked;
