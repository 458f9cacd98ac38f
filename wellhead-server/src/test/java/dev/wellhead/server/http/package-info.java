/// Shows what the room promises, over real sockets on loopback.
@NullMarked
package dev.wellhead.server.http;

import org.jspecify.annotations.NullMarked;
