/// Tests of the writing door, with real files, a real database and a fake index on loopback.
@NullMarked
package dev.wellhead.server.release;

import org.jspecify.annotations.NullMarked;
