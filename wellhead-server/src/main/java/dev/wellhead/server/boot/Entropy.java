package dev.wellhead.server.boot;

import dev.wellhead.server.upstream.AddressResolver;
import dev.wellhead.server.upstream.Pause;
import dev.wellhead.server.upstream.Surroundings;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/// What differs from one run to the next: time, chance and the network's names. Made here and
/// nowhere else, so that a test can choose all of it.
record Entropy(
    InstantSource clock,
    LongSupplier ticker,
    RandomGenerator random,
    Pause pause,
    AddressResolver resolver) {

  static Entropy real() {
    return new Entropy(
        InstantSource.system(),
        System::nanoTime,
        new SecureRandom(),
        Pause.real(),
        AddressResolver.system());
  }

  /// What a room that asks others takes of it.
  Surroundings surroundings(MeterRegistry metrics) {
    return new Surroundings(clock, ticker, random, pause, resolver, metrics);
  }

  Entropy at(InstantSource chosen) {
    return new Entropy(chosen, ticker, random, pause, resolver);
  }
}
