package dev.wellhead.server.catalog;

import java.time.Instant;

/// One change of a file or, where `filename` is empty, of a project as a whole.
///
/// @param kind `seen`, `gone`, `returned` or `changed`
public record Event(String project, String filename, Instant at, String kind, String detail) {}
