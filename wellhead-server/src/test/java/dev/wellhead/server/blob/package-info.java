/// Bytes by their SHA-256, tested in real folders.
@NullMarked
package dev.wellhead.server.blob;

import org.jspecify.annotations.NullMarked;
