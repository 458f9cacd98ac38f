package dev.wellhead.server.fetches;

import dev.wellhead.core.pypi.Sha256;
import java.time.Instant;

/// A file that was fetched from here, whoever it was.
///
/// @param first when it was fetched for the first time, as far as that is remembered
public record FileUse(Sha256 sha256, String filename, Instant first, Instant last) {}
