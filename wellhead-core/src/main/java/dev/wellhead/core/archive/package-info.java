/// Reads distribution files under hard limits. Knows nothing of whether what is inside is good.
@NullMarked
package dev.wellhead.core.archive;

import org.jspecify.annotations.NullMarked;
