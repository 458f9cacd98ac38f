package dev.wellhead.server.index;

import dev.wellhead.server.upstream.Health;
import org.jspecify.annotations.Nullable;

/// A source as people see it.
///
/// @param name as in the settings; `hosted` for this index's own projects
/// @param url the root of its Simple API, or `hosted:`
/// @param state how it is doing, in a sentence
/// @param health of its hosts; null for what is hosted here
/// @param projects how many of its projects are held here
/// @param files how many of its files are listed here
public record SourceSummary(
    String name,
    String url,
    String state,
    @Nullable Health health,
    @Nullable RefusedPage lastRefused,
    long projects,
    long files) {}
