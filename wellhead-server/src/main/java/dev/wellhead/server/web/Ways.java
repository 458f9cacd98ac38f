package dev.wellhead.server.web;

import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/// What the way around says of where it leads.
///
/// @param openAlarms how many alarms nobody acknowledged yet; asked for each page
/// @param hasFirewall whether there are pages of a firewall
record Ways(LongSupplier openAlarms, BooleanSupplier hasFirewall) {}
