/// Which popular project a name could be taken for, and by what slip.
@NullMarked
package dev.wellhead.core.lookalike;

import org.jspecify.annotations.NullMarked;
