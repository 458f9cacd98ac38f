/// Tests of the pages for people, over a whole server.
@NullMarked
package dev.wellhead.server.web;

import org.jspecify.annotations.NullMarked;
