package dev.wellhead.server.firewall;

import org.jspecify.annotations.Nullable;

/// What a file's bytes told.
///
/// @param licence as METADATA states it, empty where it states none, null where it cannot be read
/// @param nativeCode whether there is native code in it, null where that cannot be told
/// @param why what could not be told and why, else empty
public record Arrived(@Nullable String licence, @Nullable Boolean nativeCode, String why) {}
