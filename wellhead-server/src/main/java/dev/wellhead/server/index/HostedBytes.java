package dev.wellhead.server.index;

import dev.wellhead.server.catalog.Catalog;
import dev.wellhead.server.catalog.HeldFile;
import dev.wellhead.server.catalog.PlacedFile;
import dev.wellhead.server.catalog.SourceId;
import dev.wellhead.server.db.DatabaseFault;
import dev.wellhead.server.upstream.FileAnswer;
import java.net.URI;
import java.util.Optional;

/// Says why there are no bytes of a hosted file: nobody else can be asked for them.
final class HostedBytes implements Arrivals.Opening {
  private final Catalog catalog;
  private final SourceId source;

  HostedBytes(Catalog catalog, SourceId source) {
    this.catalog = catalog;
    this.source = source;
  }

  @Override
  public FileAnswer open(URI url) {
    try {
      String path = url.getSchemeSpecificPart();
      Optional<PlacedFile> file = catalog.fileAt(source, path);
      if (file.isPresent() && file.get().file().goneSince() != null) {
        return new FileAnswer.Absent(404);
      }
    } catch (DatabaseFault e) {
      return new FileAnswer.Unreachable("the database does not answer", null);
    }
    return new FileAnswer.Refused(
        "its bytes are missing in the data folder: `wellhead fsck` says what else is");
  }

  @Override
  public String absent(HeldFile file) {
    return file.entry().filename()
        + " was removed from this index since: views of earlier days tell that it was here, and its"
        + " bytes are gone";
  }
}
