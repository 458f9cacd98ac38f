/// Points pip, uv, poetry, pdm and hatch at one index: knows their settings files, who wins over
/// whom, and how to change one line of a file without touching the rest. Asks no server.
@NullMarked
package dev.wellhead.cli.config;

import org.jspecify.annotations.NullMarked;
