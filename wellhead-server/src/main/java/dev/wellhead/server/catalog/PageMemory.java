package dev.wellhead.server.catalog;

import org.jspecify.annotations.Nullable;

/// What a source said about its answer, to be shown to it at the next question.
///
/// @param bodySha256 the digest of the body in lower-case hex: poor mirrors send nothing else to
///   compare by
public record PageMemory(@Nullable String etag, @Nullable String lastModified, String bodySha256) {}
