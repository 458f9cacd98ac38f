/// The catalog's contract, held on both engines.
@NullMarked
package dev.wellhead.server.catalog;

import org.jspecify.annotations.NullMarked;
