/// Pages for people and what watches a server: home, status, health, metrics. Knows no SQL.
@NullMarked
package dev.wellhead.server.web;

import org.jspecify.annotations.NullMarked;
