package dev.wellhead.server.web;

import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/// What every page says of the server around it.
///
/// @param version of this server
/// @param openAlarms how many alarms nobody acknowledged yet; asked for each page
/// @param rememberedAlarms the same from memory: pages of problems are made on threads that must
///   not wait
/// @param hasFirewall whether there are pages of a firewall
record Ways(
    String version,
    LongSupplier openAlarms,
    LongSupplier rememberedAlarms,
    BooleanSupplier hasFirewall) {}
