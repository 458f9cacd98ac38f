/// Loopback fakes and chosen time for tests and benchmarks: an upstream index with the poverty and
/// the troubles of real ones. It knows the core and not the server.
@NullMarked
package dev.wellhead.testkit;

import org.jspecify.annotations.NullMarked;
