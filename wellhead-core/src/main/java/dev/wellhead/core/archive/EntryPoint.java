package dev.wellhead.core.archive;

/// A line of `entry_points.txt` (entry points specification), as written.
///
/// @param group such as `console_scripts`
/// @param name what it is called by
/// @param reference the object that it leads to, such as `package.module:function`
public record EntryPoint(String group, String name, String reference) {}
