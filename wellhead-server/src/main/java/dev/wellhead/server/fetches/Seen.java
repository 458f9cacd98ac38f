package dev.wellhead.server.fetches;

import java.time.Instant;

/// A client that fetched a file: first, last, how often.
///
/// @param filename under which it was served
/// @param address of the client
/// @param client what it says it is
/// @param first time
/// @param last time
/// @param count of fetches
/// @param whole how many of them asked for the whole file
/// @param bytes sent in all
public record Seen(
    String filename,
    String address,
    ClientSoftware client,
    Instant first,
    Instant last,
    long count,
    long whole,
    long bytes) {}
