/// Knows how HTTP behaviour written as a transcript is read, played over a real socket and checked;
/// it does not know what stands behind the address.
@NullMarked
package dev.wellhead.testkit.transcript;

import org.jspecify.annotations.NullMarked;
