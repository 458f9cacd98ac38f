/// Tests of the room that knows pages for people.
@NullMarked
package dev.wellhead.server.web;

import org.jspecify.annotations.NullMarked;
