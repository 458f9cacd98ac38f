package dev.wellhead.server.http;

/// A method and a pattern of paths that a router answers.
public record Route(String method, String pattern) {}
