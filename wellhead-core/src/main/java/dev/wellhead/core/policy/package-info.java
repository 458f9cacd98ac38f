/// Facts about a file, the rules of a policy, their findings and the verdict: what is decided from
/// facts alone, never how they are gathered.
@NullMarked
package dev.wellhead.core.policy;

import org.jspecify.annotations.NullMarked;
