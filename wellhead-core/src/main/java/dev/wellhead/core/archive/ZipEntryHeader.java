package dev.wellhead.core.archive;

/// What a ZIP file's central directory says of one entry; offsets and sizes in bytes.
record ZipEntryHeader(
    String name, int method, long crc, long compressedSize, long size, long offset) {}
