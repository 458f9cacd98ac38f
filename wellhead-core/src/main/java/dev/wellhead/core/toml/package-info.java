/// Where things stand in a TOML text, so that a complaint can name line and column.
@NullMarked
package dev.wellhead.core.toml;

import org.jspecify.annotations.NullMarked;
