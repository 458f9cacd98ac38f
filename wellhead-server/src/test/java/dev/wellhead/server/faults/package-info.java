/// Whatever fails on the way of a download, nobody gets a wrong byte and the next request works.
@NullMarked
package dev.wellhead.server.faults;

import org.jspecify.annotations.NullMarked;
