/// Advisories of others in OSV form: what a record says about a project's files, and which files it
/// covers; nothing of what that leads to.
@NullMarked
package dev.wellhead.core.osv;

import org.jspecify.annotations.NullMarked;
