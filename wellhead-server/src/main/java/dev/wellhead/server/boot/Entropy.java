package dev.wellhead.server.boot;

import dev.wellhead.server.upstream.AddressResolver;
import dev.wellhead.server.upstream.Pause;
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

  Entropy at(InstantSource chosen) {
    return new Entropy(chosen, ticker, random, pause, resolver);
  }
}
