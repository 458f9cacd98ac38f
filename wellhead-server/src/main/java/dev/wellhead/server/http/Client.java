package dev.wellhead.server.http;

/// Who asks, after the rules for trusted proxies: a numeric address, and whether TLS protected the
/// way.
record Client(String address, boolean secure) {}
