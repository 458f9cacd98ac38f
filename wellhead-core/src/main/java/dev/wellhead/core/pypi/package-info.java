/// Names, versions, specifiers, markers, file names, metadata and the Simple API model with its
/// HTML and JSON forms: the Python packaging specifications as data and pure functions.
@NullMarked
package dev.wellhead.core.pypi;

import org.jspecify.annotations.NullMarked;
