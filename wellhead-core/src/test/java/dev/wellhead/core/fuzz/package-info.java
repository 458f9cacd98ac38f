/// What the fuzz targets of the core have in common.
@NullMarked
package dev.wellhead.core.fuzz;

import org.jspecify.annotations.NullMarked;
