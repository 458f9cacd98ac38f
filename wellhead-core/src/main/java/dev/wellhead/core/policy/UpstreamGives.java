package dev.wellhead.core.policy;

/// What an upstream and the feeds give, as found out by asking: what they do not give, the day-one
/// policy forgives by name.
public record UpstreamGives(
    boolean uploadTimes,
    boolean sizes,
    boolean provenance,
    boolean status,
    boolean advisories,
    boolean popularity) {}
