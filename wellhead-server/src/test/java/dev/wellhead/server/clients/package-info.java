/// Knows the real clients (pip, uv, poetry, pdm): how they are installed, run apart from the
/// machine's own configuration, and what must arrive when they install through a house.
@NullMarked
package dev.wellhead.server.clients;

import org.jspecify.annotations.NullMarked;
