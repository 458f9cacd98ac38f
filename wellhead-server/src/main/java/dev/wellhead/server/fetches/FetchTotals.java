package dev.wellhead.server.fetches;

/// All fetches since the first, for the status page.
///
/// @param fetches in all
/// @param bytes sent in all
/// @param files different files
/// @param clients different pairs of address and software
public record FetchTotals(long fetches, long bytes, long files, long clients) {}
