package dev.wellhead.server.blob;

import dev.wellhead.core.pypi.Sha256;
import java.nio.file.Path;

/// Bytes that are kept: whole, durable, never changed in place.
public record Blob(Sha256 sha256, Path path, long length) {}
