/// Settings, clock, entropy, wiring and `main`: the one room that reads the environment, talks to
/// the terminal and makes what all others are given.
@NullMarked
package dev.wellhead.server.boot;

import org.jspecify.annotations.NullMarked;
