package dev.wellhead.server.fetches;

import dev.wellhead.core.pypi.Sha256;

/// A file and how often it was fetched from here in all.
public record FetchedFile(Sha256 file, String filename, String project, long count) {}
