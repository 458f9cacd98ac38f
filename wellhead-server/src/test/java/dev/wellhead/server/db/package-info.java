/// Connections, write units and migrations, tested on both engines by one suite.
@NullMarked
package dev.wellhead.server.db;

import org.jspecify.annotations.NullMarked;
