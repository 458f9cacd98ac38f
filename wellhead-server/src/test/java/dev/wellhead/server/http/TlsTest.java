package dev.wellhead.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TlsTest {
  private static final int RSA_2048_HEADER = 26;
  private static final int EC_P256_HEADER = 28;

  private Path folder;
  private KeyPairs rsa;
  private KeyPairs ec;
  private TlsFiles files;

  @BeforeAll
  void makeKeys(@TempDir Path made) throws Exception {
    folder = made;
    rsa = KeyPairs.make(folder, "rsa", "-keyalg", "RSA", "-keysize", "2048");
    ec = KeyPairs.make(folder, "ec", "-keyalg", "EC", "-groupname", "secp256r1");
    files = new TlsFiles(folder.resolve("chain.pem"), folder.resolve("key.pem"));
  }

  @BeforeEach
  void putRsa() throws Exception {
    put(rsa.certificatePem(), rsa.pkcs8Pem(), 1);
  }

  private void put(String chain, String key, int second) throws IOException {
    Files.writeString(files.certificateChain(), chain);
    Files.writeString(files.privateKey(), key);
    // A time of its own for each pair: two writes may fall into one tick of the file system's
    // clock.
    FileTime time = FileTime.from(Instant.parse("2026-01-01T00:00:00Z").plusSeconds(second));
    Files.setLastModifiedTime(files.certificateChain(), time);
    Files.setLastModifiedTime(files.privateKey(), time);
  }

  private HttpServer serve(AtomicLong ticker) throws HttpRefusedException {
    Problem problem = Problem.of(403, "Blocked", "Because.");
    Router router =
        Router.builder()
            .route("GET", "/who", request -> Served.text(request.client() + " " + request.secure()))
            .route("GET", "/blocked", request -> problem.toResponse("a reason"))
            .route(
                "GET",
                "/cut",
                request ->
                    Response.status(200).stream(
                        "text/plain",
                        -1,
                        out -> {
                          out.write(new byte[100_000]);
                          throw new IOException("broken off");
                        }))
            .build();
    return HttpServer.start(
        new HttpSettings("127.0.0.1", 0, files, List.of(), Served.LIMITS, null, false),
        router,
        new SimpleMeterRegistry(),
        ticker::get,
        RandomGenerator.getDefault());
  }

  private SSLContext trust(Certificate... certificates)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    for (int i = 0; i < certificates.length; i++) {
      store.setCertificateEntry("c" + i, certificates[i]);
    }
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  private HttpClient client() throws GeneralSecurityException, IOException {
    return HttpClient.newBuilder()
        .sslContext(trust(rsa.certificate(), ec.certificate()))
        .version(HttpClient.Version.HTTP_2)
        .connectTimeout(Duration.ofSeconds(10))
        .build();
  }

  private HttpResponse<String> get(HttpClient client, HttpServer server, String path)
      throws IOException, InterruptedException {
    URI uri = server.url().resolve(path);
    return client.send(
        HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void http_2_is_agreed_on_and_has_no_reason_phrase() throws Exception {
    try (HttpServer server = serve(new AtomicLong());
        HttpClient client = client()) {
      HttpResponse<String> who = get(client, server, "/who");
      assertThat(who.version()).isEqualTo(HttpClient.Version.HTTP_2);
      assertThat(who.body()).isEqualTo("127.0.0.1 true");
      assertThat(server.url().getScheme()).isEqualTo("https");
      HttpResponse<String> blocked = get(client, server, "/blocked");
      assertThat(blocked.statusCode()).isEqualTo(403);
      assertThat(blocked.headers().firstValue("content-type")).contains("application/problem+json");
      assertThat(get(client, server, "/a%00").statusCode()).isEqualTo(400);
      assertThatThrownBy(() -> get(client, server, "/cut")).isInstanceOf(IOException.class);
      assertThat(get(client, server, "/who").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void http_1_over_tls_has_the_reason_phrase() throws Exception {
    try (HttpServer server = serve(new AtomicLong());
        Wire wire = Wire.over(handshake(server, rsa.certificate()))) {
      wire.send(Wire.request("GET", "/blocked"));
      Wire.Answer answer = wire.readAll();
      assertThat(answer.statusLine()).as(answer.toString()).isEqualTo("HTTP/1.1 403 a reason");
    }
  }

  private SSLSocket handshake(HttpServer server, Certificate trusted)
      throws GeneralSecurityException, IOException {
    SSLSocket socket =
        (SSLSocket) trust(trusted).getSocketFactory().createSocket("127.0.0.1", server.port());
    socket.setSoTimeout(10_000);
    socket.startHandshake();
    return socket;
  }

  private Certificate shown(HttpServer server) throws GeneralSecurityException, IOException {
    SSLSocket socket =
        (SSLSocket)
            trust(rsa.certificate(), ec.certificate())
                .getSocketFactory()
                .createSocket("127.0.0.1", server.port());
    try (socket) {
      socket.setSoTimeout(10_000);
      socket.startHandshake();
      return socket.getSession().getPeerCertificates()[0];
    }
  }

  @Test
  void a_changed_pair_is_taken_up_and_a_broken_one_is_not() throws Exception {
    AtomicLong ticker = new AtomicLong();
    try (Logged log = Logged.of(TlsKeys.class.getName());
        HttpServer server = serve(ticker)) {
      assertThat(shown(server)).isEqualTo(rsa.certificate());

      put(ec.certificatePem(), rsa.pkcs8Pem(), 2);
      lookBy(server, ticker, log, 1);
      assertThat(log.events().getLast().getFormattedMessage())
          .contains("key.pem cannot be read as the private EC key")
          .endsWith("The key pair of before stays in service.");
      assertThat(shown(server)).isEqualTo(rsa.certificate());

      put(ec.certificatePem(), ec.pkcs8Pem(), 3);
      lookBy(server, ticker, log, 2);
      assertThat(shown(server)).isEqualTo(ec.certificate());

      Files.delete(files.privateKey());
      lookBy(server, ticker, log, 3);
      assertThat(log.events().getLast().getFormattedMessage()).contains("cannot be read");
      assertThat(shown(server)).isEqualTo(ec.certificate());
      ticker.addAndGet(Duration.ofMinutes(1).toNanos());
      assertThat(shown(server)).isEqualTo(ec.certificate());
      assertThat(log.events()).hasSize(3);
    }
  }

  /// Connects until the pair was looked at, which happens beside the connections and is told by the
  /// log.
  private void lookBy(HttpServer server, AtomicLong ticker, Logged log, int lines)
      throws GeneralSecurityException, IOException {
    ticker.addAndGet(Duration.ofSeconds(3).toNanos());
    while (log.events().size() < lines) {
      assertThat(shown(server)).isNotNull();
    }
  }

  @Test
  void the_older_key_forms_are_read() throws Exception {
    put(rsa.certificatePem(), rsa.classicPem("RSA", RSA_2048_HEADER), 4);
    try (HttpServer server = serve(new AtomicLong())) {
      assertThat(shown(server)).isEqualTo(rsa.certificate());
    }
    String both = "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n";
    put(ec.certificatePem(), both + ec.classicPem("EC", EC_P256_HEADER), 5);
    try (HttpServer server = serve(new AtomicLong())) {
      assertThat(shown(server)).isEqualTo(ec.certificate());
    }
  }

  @Test
  void a_pair_that_cannot_be_used_refuses_the_start_in_a_sentence() throws Exception {
    put("nothing", rsa.pkcs8Pem(), 6);
    assertRefused("chain.pem");
    put(rsa.certificatePem(), "nothing", 7);
    assertRefused("key.pem holds no PEM private key.");
    put(rsa.certificatePem(), rsa.classicPem("ENCRYPTED", 0), 8);
    assertRefused("without a passphrase");
    put(rsa.certificatePem(), ec.pkcs8Pem(), 9);
    assertRefused("private RSA key");
    put(rsa.certificatePem(), rsa.pkcs8Pem().replace("M", "!"), 10);
    assertRefused("key.pem");
    Files.delete(files.certificateChain());
    assertRefused("chain.pem cannot be read");
  }

  private void assertRefused(String words) {
    assertThatThrownBy(() -> serve(new AtomicLong()))
        .isInstanceOf(HttpRefusedException.class)
        .hasMessageContaining(words);
  }
}
