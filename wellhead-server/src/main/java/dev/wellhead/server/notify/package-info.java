/// The one record of alarms, and how they reach people who do not look: signed webhooks and mail.
/// Knows nothing of what an alarm is about.
@NullMarked
package dev.wellhead.server.notify;

import org.jspecify.annotations.NullMarked;
