package dev.wellhead.server.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/// The proxies whose word about a client is believed.
///
/// Forwarded addresses are read from the right, and the first that is not a trusted proxy's is the
/// client's: what stands further left was written by that client. Where `X-Forwarded-For` and
/// `Forwarded` (RFC 7239) are both there and name different clients, one of them came through the
/// proxy unread, and neither is believed.
final class TrustedProxies {
  /// Most addresses that are read of one header, from the right.
  private static final int HOP_LIMIT = 32;

  private final List<Block> blocks;

  private final boolean tls;

  private TrustedProxies(List<Block> blocks, boolean tls) {
    this.blocks = blocks;
    this.tls = tls;
  }

  /// Reads addresses and CIDR blocks such as `10.0.0.0/8` or `::1`; `tls` says whether this server
  /// itself speaks TLS.
  static TrustedProxies of(List<String> texts, boolean tls) throws HttpRefusedException {
    List<Block> blocks = new ArrayList<>();
    for (String text : texts) {
      Block block = Block.parse(text.strip());
      if (block == null) {
        throw new HttpRefusedException(
            "The trusted proxy \""
                + text
                + "\" is neither an IP address nor a block such as 10.0.0.0/8: correct it in the settings.");
      }
      blocks.add(block);
    }
    return new TrustedProxies(List.copyOf(blocks), tls);
  }

  /// Whether the peer of this request is a trusted proxy.
  boolean sent(Request request) {
    if (blocks.isEmpty()) {
      return false;
    }
    InetAddress peer = peer(request);
    return peer != null && trusts(peer);
  }

  /// Who sent this request, and whether by TLS.
  Client client(Request request) {
    InetAddress peer = peer(request);
    return peer == null ? new Client("unknown", tls) : client(peer, request.getHeaders());
  }

  /// The same of a request with `headers` that came from `peer`.
  Client client(InetAddress peer, HttpFields headers) {
    if (blocks.isEmpty() || !trusts(peer)) {
      return new Client(peer.getHostAddress(), tls);
    }
    List<String> forwardedFor = values(headers, "X-Forwarded-For");
    List<String> forwarded = values(headers, "Forwarded");
    InetAddress byFor = client(peer, forwardedFor);
    InetAddress byForwarded = client(peer, parameters(forwarded, "for"));
    InetAddress client = forwardedFor.isEmpty() ? byForwarded : byFor;
    if (!forwardedFor.isEmpty() && !forwarded.isEmpty() && !byFor.equals(byForwarded)) {
      client = peer;
    }
    List<String> schemes = values(headers, "X-Forwarded-Proto");
    if (schemes.isEmpty()) {
      schemes = parameters(forwarded, "proto");
    }
    boolean secure = schemes.isEmpty() ? tls : schemes.getLast().equalsIgnoreCase("https");
    return new Client(client.getHostAddress(), secure);
  }

  private InetAddress client(InetAddress peer, List<String> hops) {
    InetAddress client = peer;
    int last = Math.max(0, hops.size() - HOP_LIMIT);
    for (int i = hops.size() - 1; i >= last && trusts(client); i--) {
      InetAddress hop = hop(hops.get(i));
      if (hop == null) {
        break;
      }
      client = hop;
    }
    return client;
  }

  private boolean trusts(InetAddress address) {
    for (Block block : blocks) {
      if (block.holds(address)) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable InetAddress peer(Request request) {
    return request.getConnectionMetaData().getRemoteSocketAddress()
            instanceof InetSocketAddress socket
        ? socket.getAddress()
        : null;
  }

  private static List<String> values(HttpFields headers, String header) {
    List<String> values = new ArrayList<>();
    for (String line : headers.getValuesList(header)) {
      for (String value : line.split(",", -1)) {
        values.add(value.strip());
      }
    }
    return values;
  }

  private static List<String> parameters(List<String> elements, String name) {
    List<String> values = new ArrayList<>();
    for (String element : elements) {
      for (String pair : element.split(";", -1)) {
        int equals = pair.indexOf('=');
        if (equals > 0 && pair.substring(0, equals).strip().toLowerCase(Locale.ROOT).equals(name)) {
          values.add(pair.substring(equals + 1).strip().replace("\"", ""));
        }
      }
    }
    return values;
  }

  /// The address of a hop written as `1.2.3.4`, `1.2.3.4:80`, `::1`, `[::1]` or `[::1]:80`.
  private static @Nullable InetAddress hop(String text) {
    String host = text;
    if (text.startsWith("[")) {
      int end = text.indexOf(']');
      host = end < 0 ? "" : text.substring(1, end);
    } else if (text.indexOf(':') == text.lastIndexOf(':') && text.indexOf(':') >= 0) {
      host = text.substring(0, text.indexOf(':'));
    }
    return literal(host);
  }

  private static @Nullable InetAddress literal(String host) {
    if (host.isEmpty() || host.length() > 45 || host.indexOf('%') >= 0) {
      return null;
    }
    try {
      return InetAddress.ofLiteral(host);
    } catch (IllegalArgumentException notAnAddress) {
      return null;
    }
  }

  /// The addresses that share their first `bits` bits.
  private record Block(InetAddress first, int bits) {
    static @Nullable Block parse(String text) {
      int slash = text.indexOf('/');
      InetAddress first = literal(slash < 0 ? text : text.substring(0, slash));
      if (first == null) {
        return null;
      }
      int all = first.getAddress().length * 8;
      if (slash < 0) {
        return new Block(first, all);
      }
      String bits = text.substring(slash + 1);
      boolean number = bits.matches("[0-9]{1,3}") && Integer.parseInt(bits) <= all;
      return number ? new Block(first, Integer.parseInt(bits)) : null;
    }

    boolean holds(InetAddress address) {
      byte[] mine = first.getAddress();
      byte[] other = address.getAddress();
      if (mine.length != other.length) {
        return false;
      }
      for (int i = 0; i < bits; i++) {
        int mask = 0x80 >> (i & 7);
        if (((mine[i >> 3] ^ other[i >> 3]) & mask) != 0) {
          return false;
        }
      }
      return true;
    }
  }
}
