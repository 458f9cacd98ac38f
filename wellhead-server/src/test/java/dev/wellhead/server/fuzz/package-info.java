/// What the fuzz targets of the server have in common.
@NullMarked
package dev.wellhead.server.fuzz;

import org.jspecify.annotations.NullMarked;
