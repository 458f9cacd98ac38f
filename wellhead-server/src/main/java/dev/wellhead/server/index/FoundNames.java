package dev.wellhead.server.index;

import java.util.List;

/// What a search found, the best first, and among how many names.
///
/// @param held how many hosted and seen names were searched
/// @param listed how many names of upstreams' lists were searched; 0 where no list is here yet
public record FoundNames(List<FoundName> found, long held, long listed) {
  public FoundNames {
    found = List.copyOf(found);
  }
}
