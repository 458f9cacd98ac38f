package dev.wellhead.server.upstream;

import org.jspecify.annotations.Nullable;

/// What tells whether a page is still the one of before: what its index said of it (RFC 9110,
/// section 8.8), and the SHA-256 of its unpacked body for the many that say nothing.
///
/// @param bodySha256 64 lower-case hexadecimal digits
public record Validators(@Nullable String etag, @Nullable String lastModified, String bodySha256) {}
