package dev.wellhead.server.feeds;

import java.time.Instant;

/// A line of a block list.
///
/// @param subject as people write it: `name`, `name==version` or `sha256:` and the digest
/// @param reason may be empty
/// @param since when it was first read here
public record ListedBlock(String feed, String subject, String reason, Instant since) {}
