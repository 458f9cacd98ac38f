/// What exists: sources, projects, files, their yanks and statuses, what changed and when. Knows
/// neither who may change it nor where an observation comes from.
@NullMarked
package dev.wellhead.server.catalog;

import org.jspecify.annotations.NullMarked;
