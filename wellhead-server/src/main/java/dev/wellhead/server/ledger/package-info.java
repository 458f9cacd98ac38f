/// The record of every change that a client can see: leaves in canonical JSON that commit together
/// with the change they tell of. Knows nothing of why an entry was made.
@NullMarked
package dev.wellhead.server.ledger;

import org.jspecify.annotations.NullMarked;
