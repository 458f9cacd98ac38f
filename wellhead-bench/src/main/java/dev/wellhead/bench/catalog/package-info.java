/// Knows how to fill a catalog with projects that never were, the same ones each time.
@NullMarked
package dev.wellhead.bench.catalog;

import org.jspecify.annotations.NullMarked;
