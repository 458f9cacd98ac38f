/// Bytes by their SHA-256 in a folder, kept once and whole or not at all. It knows no names and no
/// projects.
@NullMarked
package dev.wellhead.server.blob;

import org.jspecify.annotations.NullMarked;
