package dev.wellhead.core.policy;

import java.time.Instant;

/// A block that somebody here has put up by hand.
///
/// @param pattern what it is on: `NAME`, `NAME==VERSION` or a digest
public record HandBlock(String pattern, String reason, String by, Instant since) {}
