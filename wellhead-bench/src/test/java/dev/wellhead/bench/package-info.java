/// Shows that the load generator counts, checks and times what really came.
@NullMarked
package dev.wellhead.bench;

import org.jspecify.annotations.NullMarked;
