package dev.wellhead.server.web;

import java.net.URI;
import java.util.List;
import java.util.function.Supplier;

/// What the pages for people say of the server itself.
///
/// @param publicUrl where clients reach it, with a slash at the end
/// @param index the upstream's Simple API
/// @param database in words
/// @param inForce every setting, without any secret
public record WebSettings(
    String version,
    Supplier<URI> publicUrl,
    URI index,
    String database,
    List<SettingInForce> inForce) {
  public WebSettings {
    inForce = List.copyOf(inForce);
  }
}
