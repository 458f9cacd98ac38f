package dev.wellhead.server.fetches;

import java.time.Instant;

/// How much was fetched within an hour.
///
/// @param start of the hour
/// @param fetches in all
/// @param brought how many of them waited for the file to be brought from its source
/// @param bytes sent
public record FetchHour(Instant start, long fetches, long brought, long bytes) {}
