package dev.wellhead.server.upstream;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// How we get to the index and who we are there.
///
/// @param credentials go to the index's own origin (scheme, host and port) and nowhere else: not to
///   another files host, not to where a redirect leads
/// @param certificate shown to each configured host that asks for one
/// @param companyCa a PEM file of certificates that are trusted besides the JDK's own
/// @param proxy where every request goes first
public record Access(
    Credentials credentials,
    @Nullable ClientCertificate certificate,
    @Nullable Path companyCa,
    @Nullable Proxy proxy) {
  /// An index that is open to everybody and reached directly.
  public static final Access OPEN = new Access(new Credentials.None(), null, null, null);

  /// A certificate chain and its key in PEM files; the key as PKCS #8, not encrypted.
  public record ClientCertificate(Path chain, Path key) {}

  /// An outbound proxy, `http://proxy.example:3128/`.
  ///
  /// @param credentials none or Basic
  public record Proxy(URI url, Credentials credentials) {}
}
