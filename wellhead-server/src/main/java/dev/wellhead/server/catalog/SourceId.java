package dev.wellhead.server.catalog;

/// An index whose pages are kept here, by the number that the catalog gave its URL.
public record SourceId(long value) {}
