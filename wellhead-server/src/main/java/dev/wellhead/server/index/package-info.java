/// The reading door: pages, files and what belongs to them. Knows not how verdicts are made.
///
/// Read [dev.wellhead.server.index.Download] first: it is the way of a `pip install`.
@NullMarked
package dev.wellhead.server.index;

import org.jspecify.annotations.NullMarked;
