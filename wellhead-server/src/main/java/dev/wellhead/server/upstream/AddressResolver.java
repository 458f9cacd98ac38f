package dev.wellhead.server.upstream;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/// Finds the addresses of a host. A seam: whoever must keep requests out of a network answers here,
/// and what is connected to is exactly what was answered.
@FunctionalInterface
public interface AddressResolver {
  /// Never empty. May block.
  List<InetAddress> resolve(String host) throws UnknownHostException;

  /// As the system resolves.
  static AddressResolver system() {
    return host -> List.of(InetAddress.getAllByName(host));
  }
}
