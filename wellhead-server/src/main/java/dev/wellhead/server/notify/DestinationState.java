package dev.wellhead.server.notify;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How a destination does.
///
/// @param name `mail`, or `webhook NAME`
/// @param target in words, without any secret
/// @param least what is less grave is not sent there
/// @param waiting how many messages are on their way
/// @param lost how many were given up within the last 30 days, after a day of trying
/// @param delivered when it last took one; null if it never did
/// @param failing since when it takes none; null where the last one was taken
/// @param failure why not, or an empty text
public record DestinationState(
    String name,
    String target,
    Severity least,
    long waiting,
    long lost,
    @Nullable Instant delivered,
    @Nullable Instant failing,
    String failure) {}
