package dev.wellhead.server.http;

import java.nio.file.Path;

/// A certificate chain (the server's own certificate first) and its private key, both PEM files.
///
/// They are read again when they change on disk; a pair that cannot be used leaves the one before
/// in service.
public record TlsFiles(Path certificateChain, Path privateKey) {}
