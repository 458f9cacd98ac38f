/// Who fetched which file, tested on both engines.
@NullMarked
package dev.wellhead.server.fetches;

import org.jspecify.annotations.NullMarked;
