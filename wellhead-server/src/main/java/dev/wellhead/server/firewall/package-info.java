/// What may leave: gathers the facts of a project's files, asks the policy, remembers what was
/// decided, and knows what people decided by hand. Knows nothing of pages, requests and clients.
@NullMarked
package dev.wellhead.server.firewall;

import org.jspecify.annotations.NullMarked;
