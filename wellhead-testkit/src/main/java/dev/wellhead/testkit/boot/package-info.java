/// The fake index as a program of its own, for scripts and benchmarks.
@NullMarked
package dev.wellhead.testkit.boot;

import org.jspecify.annotations.NullMarked;
