/// Copies of everything that is kept, whole and consistent, and what is made of them again. Knows
/// neither what the rows mean nor who calls.
@NullMarked
package dev.wellhead.server.backup;

import org.jspecify.annotations.NullMarked;
