package dev.wellhead.core.pypi;

import java.util.List;
import java.util.Optional;

/// The metadata file of a distribution: `METADATA` of a wheel, `PKG-INFO` of a source distribution
/// (core metadata specifications).
///
/// It is read as installers read it, by the rules of Python's mail parser, so that nobody is shown
/// another dependency than the one that gets installed. Whatever is odd about the file is read all
/// the same and named in `oddities`, each a sentence; whoever must refuse such files can.
///
/// `headers` keeps the order and the spelling of the file; `body` is what stands behind the first
/// empty line, with `\n` between lines.
public record MetadataDocument(List<Header> headers, String body, List<String> oddities) {

  /// One field. Of a value over several lines each further line has lost its indentation (eight
  /// spaces, or seven and a bar, or else all of it), and `\n` stands between the lines.
  public record Header(String name, String value) {}

  /// What a file may have at most: bytes altogether, and headers.
  public record Limits(int bytes, int headers) {
    /// The largest real files have long descriptions of some hundred kilobytes and two thousand
    /// requirements.
    public static final Limits USUAL = new Limits(8 << 20, 20_000);
  }

  public MetadataDocument {
    headers = List.copyOf(headers);
    oddities = List.copyOf(oddities);
  }

  /// Reads a file within the usual limits; invalid only where it passes one.
  public static Parse<MetadataDocument> parse(byte[] file) {
    return parse(file, Limits.USUAL);
  }

  /// Reads a file; invalid only where it passes `limits`.
  public static Parse<MetadataDocument> parse(byte[] file, Limits limits) {
    return MetadataParser.parse(file, limits);
  }

  /// The values of the field `name`, in the order of the file, whatever its case.
  public List<String> all(String name) {
    return headers.stream()
        .filter(header -> header.name.equalsIgnoreCase(name))
        .map(Header::value)
        .toList();
  }

  /// The first value of the field `name`, whatever its case: the one that installers take.
  public Optional<String> first(String name) {
    return headers.stream()
        .filter(header -> header.name.equalsIgnoreCase(name))
        .map(Header::value)
        .findFirst();
  }

  /// The version of the specification that the file follows, as written.
  public Optional<String> metadataVersion() {
    return first("Metadata-Version");
  }

  /// The project's name as its publisher spells it.
  public Optional<String> name() {
    return first("Name");
  }

  /// The version as its publisher spells it; it need not be one of PEP 440.
  public Optional<String> version() {
    return first("Version");
  }

  /// What the project is, in one line.
  public Optional<String> summary() {
    return first("Summary");
  }

  /// The Python versions it runs on, as written: read it with [SpecifierSet#parse].
  public Optional<String> requiresPython() {
    return first("Requires-Python");
  }

  /// What it depends on, as written: read each with [Requirement#parse].
  public List<String> requiresDist() {
    return all("Requires-Dist");
  }

  /// The extras it has, as written.
  public List<String> providesExtra() {
    return all("Provides-Extra");
  }

  /// The description: the field of that name, or the body where there is none.
  public Optional<String> description() {
    return first("Description").or(() -> body.isBlank() ? Optional.empty() : Optional.of(body));
  }
}
