/// Alarms and their delivery, with real databases, a real receiver and a real mail server.
@NullMarked
package dev.wellhead.server.notify;

import org.jspecify.annotations.NullMarked;
