package dev.wellhead.server.http;

import java.util.function.LongSupplier;

/// What every exchange of one server needs.
///
/// @param ticker nanoseconds of a clock that never goes back
record Edge(
    TrustedProxies proxies,
    RequestIds ids,
    Traffic traffic,
    InFlight inFlight,
    LongSupplier ticker,
    MappedFiles mapped,
    Scratch scratch,
    boolean accessLog) {}
