/// Knows requests, responses, routes, limits and problem documents (RFC 9457) over Jetty; knows no
/// word of the domain.
@NullMarked
package dev.wellhead.server.http;

import org.jspecify.annotations.NullMarked;
