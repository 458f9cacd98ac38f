/// Asking another index: its pages, its list of names, its files and stretches of them. Knows how
/// to be patient, how much to take and whom to believe; knows no policy and keeps nothing.
@NullMarked
package dev.wellhead.server.upstream;

import org.jspecify.annotations.NullMarked;
