/// Tests of the settings of clients, over files of their own.
@NullMarked
package dev.wellhead.cli.config;

import org.jspecify.annotations.NullMarked;
