package dev.wellhead.server.upstream;

import dev.wellhead.core.pypi.MalformedPageException;
import dev.wellhead.core.pypi.PageLimits;
import dev.wellhead.core.pypi.ProjectName;
import dev.wellhead.core.pypi.ProjectPage;
import dev.wellhead.core.pypi.SimpleHtml;
import dev.wellhead.core.pypi.SimpleJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads pages and the list of names out of answers.
///
/// A page is parsed while it arrives, so that no copy of its text is held; its hash is known at the
/// end and tells for indexes without validators that nothing changed.
final class Pages {
  private static final Logger LOG = LoggerFactory.getLogger(Pages.class);
  private static final int MAX_VALIDATOR = 512;

  private final PageFormat format;
  private final SizeLimits sizes;
  private final FileUrls urls;

  Pages(UpstreamSettings settings, FileUrls urls) {
    this.format = settings.format();
    this.sizes = settings.sizes();
    this.urls = urls;
  }

  Ask ask(URI url, Ask.Purpose purpose, @Nullable Validators known) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Accept", format.accept());
    headers.put("Accept-Encoding", "gzip");
    if (known != null && known.etag() != null) {
      headers.put("If-None-Match", known.etag());
    } else if (known != null && known.lastModified() != null) {
      headers.put("If-Modified-Since", known.lastModified());
    }
    return new Ask(url, purpose, headers);
  }

  PageAnswer page(Reply reply, ProjectName project, @Nullable Validators known)
      throws NoAnswerException {
    try (reply) {
      if (reply.status() == 304 && known != null) {
        return new PageAnswer.Unchanged(renewed(known, reply));
      }
      return switch (Replies.kind(reply, 200)) {
        case Replies.Kind.Absent(int status) -> new PageAnswer.Absent(status);
        case Replies.Kind.Useless(String why) -> new PageAnswer.Refused(why);
        case Replies.Kind.Wanted() ->
            switch (BodyForm.of(reply, format)) {
              case BodyForm.Json _ -> parsed(reply, project, known, SimpleJson::parsePage);
              case BodyForm.Html(Charset charset) ->
                  parsed(
                      reply,
                      project,
                      known,
                      (in, limits) -> SimpleHtml.parsePage(in, charset, reply.at(), limits));
              case BodyForm.Wrong(String why) -> new PageAnswer.Refused(why);
            };
      };
    }
  }

  NamesAnswer names(Reply reply, Path into, @Nullable Validators known) throws IOException {
    try (reply) {
      if (reply.status() == 304 && known != null) {
        return new NamesAnswer.Unchanged(renewed(known, reply));
      }
      return switch (Replies.kind(reply, 200)) {
        case Replies.Kind.Absent(int status) -> new NamesAnswer.Absent(status);
        case Replies.Kind.Useless(String why) -> new NamesAnswer.Refused(why);
        case Replies.Kind.Wanted() ->
            switch (BodyForm.of(reply, format)) {
              case BodyForm.Json _ -> saved(reply, into, known);
              case BodyForm.Html(Charset charset) -> translated(reply, charset, into, known);
              case BodyForm.Wrong(String why) -> new NamesAnswer.Refused(why);
            };
      };
    }
  }

  private interface Parser {
    ProjectPage parse(InputStream in, PageLimits limits) throws MalformedPageException, IOException;
  }

  private PageAnswer parsed(
      Reply reply, ProjectName project, @Nullable Validators known, Parser parser)
      throws NoAnswerException {
    MessageDigest digest = sha256();
    try (InputStream text = new DigestInputStream(unpacked(reply, sizes.page()), digest)) {
      ProjectPage page = parser.parse(text, PageLimits.ofProject().withMaxBytes(sizes.page()));
      text.transferTo(OutputStream.nullOutputStream());
      Validators validators = validators(reply, digest);
      if (known != null && known.bodySha256().equals(validators.bodySha256())) {
        return new PageAnswer.Unchanged(validators);
      }
      return checked(page, project, reply, validators);
    } catch (NoAnswerException e) {
      throw e;
    } catch (MalformedPageException | IOException e) { // too long, or not to be unpacked
      return new PageAnswer.Refused(refusal(reply, e));
    }
  }

  private PageAnswer checked(
      ProjectPage page, ProjectName project, Reply reply, Validators validators) {
    String name = page.name();
    if (!name.isEmpty() && !ProjectName.of(name).equals(Optional.of(project))) {
      return new PageAnswer.Refused(
          reply.name() + " is the page of another project, " + Words.quoted(name) + ".");
    }
    return switch (urls.check(page, reply.at())) {
      case FileUrls.Checked.Usable(ProjectPage usable) -> {
        note(usable, reply);
        yield new PageAnswer.Fresh(usable, validators);
      }
      case FileUrls.Checked.Wrong(String why) -> new PageAnswer.Refused(why);
    };
  }

  /// Said where the page is read, since nobody downloads such a file to hear of it.
  private static void note(ProjectPage page, Reply reply) {
    long unchecked = page.files().stream().filter(file -> file.sha256().isEmpty()).count();
    if (unchecked > 0) {
      LOG.warn(
          "{} states no SHA-256 for {} of its {} files: they are listed, and refused when somebody"
              + " fetches them",
          reply.name(),
          unchecked,
          page.files().size());
    }
  }

  private NamesAnswer saved(Reply reply, Path into, @Nullable Validators known) throws IOException {
    MessageDigest digest = sha256();
    byte[] buffer = new byte[64 * 1024];
    long length = 0;
    try (OutputStream out = Files.newOutputStream(into)) {
      InputStream text = unpacked(reply, sizes.names());
      for (int read = read(text, buffer, reply); read >= 0; read = read(text, buffer, reply)) {
        digest.update(buffer, 0, read);
        out.write(buffer, 0, read);
        length += read;
      }
    } catch (UselessBodyException e) {
      return new NamesAnswer.Refused(String.valueOf(e.getMessage()));
    }
    return named(known, validators(reply, digest), length);
  }

  /// Keeps the list as JSON, so that nobody else need know in which form it came.
  private NamesAnswer translated(
      Reply reply, Charset charset, Path into, @Nullable Validators known) throws IOException {
    MessageDigest digest = sha256();
    List<String> names = new ArrayList<>();
    try (InputStream text = new DigestInputStream(unpacked(reply, sizes.names()), digest)) {
      PageLimits limits = PageLimits.ofNames().withMaxBytes(sizes.names());
      SimpleHtml.parseNames(text, charset, reply.at(), limits, names::add);
      text.transferTo(OutputStream.nullOutputStream());
    } catch (NoAnswerException e) {
      throw e;
    } catch (MalformedPageException | IOException e) { // too long, or not to be unpacked
      return new NamesAnswer.Refused(refusal(reply, e));
    }
    try (OutputStream out = Files.newOutputStream(into)) {
      SimpleJson.renderNames(names.iterator(), out);
    }
    return named(known, validators(reply, digest), Files.size(into));
  }

  private static NamesAnswer named(@Nullable Validators known, Validators now, long length) {
    return known != null && known.bodySha256().equals(now.bodySha256())
        ? new NamesAnswer.Unchanged(now)
        : new NamesAnswer.Fresh(now, length);
  }

  /// Keeps what is wrong with the answer apart from what is wrong with our disk.
  private static int read(InputStream text, byte[] buffer, Reply reply) throws IOException {
    try {
      return text.read(buffer);
    } catch (NoAnswerException e) {
      throw e;
    } catch (IOException e) {
      throw new UselessBodyException(refusal(reply, e));
    }
  }

  private static final class UselessBodyException extends IOException {
    private static final long serialVersionUID = 1L;

    UselessBodyException(String message) {
      super(message);
    }
  }

  /// Bounded before and after unpacking: what arrives, and what it swells to.
  private static InputStream unpacked(Reply reply, long limit) throws IOException {
    InputStream arriving = new Bounded(reply.body(), limit, reply.name());
    return switch (encoding(reply)) {
      case "identity", "" -> arriving;
      case "gzip", "x-gzip" ->
          new Bounded(new GZIPInputStream(arriving, 8192), limit, reply.name() + ", unpacked,");
      default -> throw new IOException("an encoding that was not asked for");
    };
  }

  private static String encoding(Reply reply) {
    return reply.header("Content-Encoding").orElse("").strip().toLowerCase(Locale.ROOT);
  }

  private static String refusal(Reply reply, Exception e) {
    return switch (e) {
      case TooLongException _ -> String.valueOf(e.getMessage());
      case MalformedPageException _ -> reply.name() + " cannot be used: " + e.getMessage();
      default ->
          reply.name()
              + " cannot be used: it cannot be unpacked as the encoding "
              + Words.quoted(encoding(reply))
              + ".";
    };
  }

  private static Validators validators(Reply reply, MessageDigest digest) {
    return new Validators(
        validator(reply, "ETag"),
        validator(reply, "Last-Modified"),
        HexFormat.of().formatHex(digest.digest()));
  }

  /// One of a length that is fit to be kept and sent back.
  private static @Nullable String validator(Reply reply, String name) {
    return reply.header(name).filter(value -> value.length() <= MAX_VALIDATOR).orElse(null);
  }

  private static Validators renewed(Validators known, Reply reply) {
    String etag = validator(reply, "ETag");
    String lastModified = validator(reply, "Last-Modified");
    return new Validators(
        etag == null ? known.etag() : etag,
        lastModified == null ? known.lastModified() : lastModified,
        known.bodySha256());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
