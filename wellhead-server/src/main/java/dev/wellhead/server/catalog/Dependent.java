package dev.wellhead.server.catalog;

/// A release that requires another project.
///
/// @param requirement as its METADATA has it, such as `six>=1.5; extra == "old"`
public record Dependent(String project, String version, String requirement) {}
