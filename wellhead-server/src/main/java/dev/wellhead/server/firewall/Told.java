package dev.wellhead.server.firewall;

import dev.wellhead.core.osv.Advisory;

/// An advisory, and the feed that brought it.
public record Told(Advisory advisory, String feed) {}
