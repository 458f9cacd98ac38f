package dev.wellhead.server.index;

import java.time.Instant;

/// A page of the upstream that could not be used, for whoever runs the server: installers show
/// little of it to those who asked.
///
/// @param why a sentence with what is wrong and, where settings can help, which
public record RefusedPage(Instant at, String project, String why) {}
