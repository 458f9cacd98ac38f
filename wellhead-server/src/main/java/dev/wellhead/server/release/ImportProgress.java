package dev.wellhead.server.release;

/// How far an import is.
///
/// @param files that were dealt with so far, and `bytes` in them that were read
/// @param done of `total` steps, each of which is one of `what`
/// @param fraction of all work, from 0 to 1
public record ImportProgress(
    long files, long bytes, long done, long total, String what, double fraction) {}
