/// Knows the terminal and the clock of the load generator: reads plans, prints outcomes.
@NullMarked
package dev.wellhead.bench.boot;

import org.jspecify.annotations.NullMarked;
