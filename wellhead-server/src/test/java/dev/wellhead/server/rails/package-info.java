/// Tests that hold the shape of the house: which room may know which, how large things may grow,
/// and that the documents name what exists.
@NullMarked
package dev.wellhead.server.rails;

import org.jspecify.annotations.NullMarked;
