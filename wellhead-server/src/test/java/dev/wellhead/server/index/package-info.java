/// Tests of the reading door, with a real database, real files and a fake index on loopback.
@NullMarked
package dev.wellhead.server.index;

import org.jspecify.annotations.NullMarked;
