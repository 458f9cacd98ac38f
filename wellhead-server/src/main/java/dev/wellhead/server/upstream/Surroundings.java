package dev.wellhead.server.upstream;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/// What the room takes from outside, so that tests choose it.
///
/// @param clock for what is told to people and for when a host is asked again
/// @param ticker nanoseconds, for how long something took
/// @param random for the spread of retries
/// @param pause waits between two tries
/// @param resolver finds the addresses of hosts
public record Surroundings(
    InstantSource clock,
    LongSupplier ticker,
    RandomGenerator random,
    Pause pause,
    AddressResolver resolver,
    MeterRegistry metrics) {}
