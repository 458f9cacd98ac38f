/// What people run anywhere: verbs that talk to a server over its public HTTP API. Knows no class
/// of the server.
@NullMarked
package dev.wellhead.cli;

import org.jspecify.annotations.NullMarked;
