package dev.wellhead.core.archive;

import dev.wellhead.core.pypi.Sha256;
import org.jspecify.annotations.Nullable;

/// A file within a distribution file.
///
/// @param path as it is in the archive, with `/` between folders; it leads to no place outside
/// @param size in bytes, unpacked, as the archive states it; 0 for a link
/// @param statedSha256 what a wheel's RECORD says of it, which nobody has checked; null where
///   nothing is said
public record ListedFile(String path, long size, @Nullable Sha256 statedSha256) {}
