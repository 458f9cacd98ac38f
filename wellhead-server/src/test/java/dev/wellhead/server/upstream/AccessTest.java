package dev.wellhead.server.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wellhead.testkit.FakeIndex;
import dev.wellhead.testkit.FakeRequest;
import dev.wellhead.testkit.Feature;
import dev.wellhead.testkit.SelfSigned;
import dev.wellhead.testkit.Trouble;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.ConnectHandler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessTest {
  private static final Credentials ADA = new Credentials.Basic("ada", "pa:ß");
  private static final String ADA_ENCODED = "Basic YWRhOnBhOsOf";

  @TempDir Path folder;

  @Test
  void credentials_go_to_the_index_and_to_nobody_else() throws Exception {
    try (FakeIndex index = FakeIndex.start().file(Wheels.SIX, Wheels.six());
        Room room = new Room(Room.settings(index).with(new Access(ADA, null, null, null)))) {
      assertThat(room.six()).isInstanceOf(PageAnswer.Fresh.class);
      assertThat(authorization(index.requests().getLast())).contains(ADA_ENCODED);
      try (InputStream body =
          ((FileAnswer.Open) room.upstream.file(index.fileUrl(Wheels.SIX))).body()) {
        assertThat(body.readAllBytes()).isEqualTo(Wheels.six());
      }
      assertThat(authorization(index.requests().getLast())).isEmpty();
      String elsewhere = index.filesUrl().resolve("/simple/six/").toString();
      index.trouble("/simple/six/", 1, new Trouble.Redirect(elsewhere));
      assertThat(room.six()).isInstanceOf(PageAnswer.Fresh.class);
      assertThat(authorization(index.requests().getLast())).isEmpty();
    }
  }

  @Test
  void a_token_is_sent_as_bearer() throws Exception {
    Access access = new Access(new Credentials.Bearer("t0ken"), null, null, null);
    try (FakeIndex index = FakeIndex.start().file(Wheels.SIX, Wheels.six());
        Room room = new Room(Room.settings(index).with(access))) {
      assertThat(room.six()).isInstanceOf(PageAnswer.Fresh.class);
      assertThat(authorization(index.requests().getLast())).contains("Bearer t0ken");
    }
  }

  @Test
  void secrets_are_never_printed() {
    Access access =
        new Access(
            ADA,
            null,
            null,
            new Access.Proxy(URI.create("http://proxy.test/"), new Credentials.Bearer("t0ken")));
    UpstreamSettings settings = UpstreamSettings.of(UpstreamSettings.PYPI).with(access);
    assertThat(settings.toString()).contains("ada").doesNotContain("pa:").doesNotContain("t0ken");
  }

  @Test
  void everything_goes_through_an_outbound_proxy() throws Exception {
    try (FakeIndex proxy = FakeIndex.start(Feature.POOR).file(Wheels.SIX, Wheels.six())) {
      // The fake answers whatever host is asked for, so it serves as a proxy to nowhere.
      URI at = proxy.url().resolve("/");
      URI index = URI.create("http://index.invalid/simple/");
      Access access =
          new Access(ADA, null, null, new Access.Proxy(at, new Credentials.Basic("p", "q")));
      UpstreamSettings settings =
          UpstreamSettings.of(index, proxy.filesUrl()).with(access).with(Room.PATIENT);
      try (Room room = new Room(settings)) {
        assertThat(room.six()).isInstanceOf(PageAnswer.Fresh.class);
        FakeRequest request = proxy.requests().getLast();
        assertThat(request.authority()).isEqualTo("index.invalid");
        assertThat(request.header("Proxy-Authorization")).contains("Basic cDpx");
        assertThat(authorization(request)).contains(ADA_ENCODED);
        proxy.trouble("/simple/six/", Trouble.status(407));
        assertThat(room.six())
            .isEqualTo(
                new PageAnswer.Refused(
                    "The outbound proxy (setting `upstream.proxy`) wants other credentials for "
                        + index
                        + "six/."));
      }
    }
  }

  @Test
  void https_goes_through_an_outbound_proxy_in_a_tunnel() throws Exception {
    SelfSigned company = SelfSigned.named("company");
    Path pem = company.certificate(folder.resolve("ca.pem"));
    List<String> tunnels = new CopyOnWriteArrayList<>();
    Server proxy = tunnel(tunnels);
    try (FakeIndex index =
        FakeIndex.startTls(Feature.POOR, company.context(company)).file(Wheels.SIX, Wheels.six())) {
      Access access =
          new Access(
              ADA, null, pem, new Access.Proxy(proxy.getURI(), new Credentials.Basic("p", "q")));
      try (Room room = new Room(Room.settings(index).with(access))) {
        assertThat(room.six()).isInstanceOf(PageAnswer.Fresh.class);
        assertThat(authorization(index.requests().getLast())).contains(ADA_ENCODED);
        assertThat(tunnels)
            .containsExactly("127.0.0.1:" + index.url().getPort() + " Basic cDpx null");
      }
    } finally {
      proxy.stop();
    }
  }

  private static Server tunnel(List<String> tunnels) throws Exception {
    Server proxy = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    proxy.setHandler(
        new ConnectHandler() {
          @Override
          protected boolean handleAuthentication(
              Request request, Response response, String address) {
            tunnels.add(
                address
                    + " "
                    + request.getHeaders().get("Proxy-Authorization")
                    + " "
                    + request.getHeaders().get("Authorization"));
            return true;
          }
        });
    proxy.start();
    return proxy;
  }

  @Test
  void a_company_ca_is_trusted_besides_the_usual_ones() throws Exception {
    SelfSigned company = SelfSigned.named("company");
    Path pem = company.certificate(folder.resolve("ca.pem"));
    try (FakeIndex index =
        FakeIndex.startTls(Feature.POOR, company.context(company)).file(Wheels.SIX, Wheels.six())) {
      UpstreamSettings settings = Room.settings(index).with(Room.once());
      try (Room room = new Room(settings)) {
        assertThat(room.six())
            .isInstanceOfSatisfying(
                PageAnswer.Unreachable.class,
                unreachable -> assertThat(unreachable.why()).contains("TLS failed"));
      }
      try (Room room =
          new Room(settings.with(new Access(new Credentials.None(), null, pem, null)))) {
        assertThat(room.six()).isInstanceOf(PageAnswer.Fresh.class);
        index.trouble("/simple/six/", new Trouble.Redirect("http://127.0.0.1/simple/six/"));
        assertThat(room.six())
            .isEqualTo(
                new PageAnswer.Refused(
                    index.url() + "six/ redirects from https to http, to http://127.0.0.1."));
      }
    }
  }

  @Test
  void a_client_certificate_is_shown_to_an_index_that_asks() throws Exception {
    SelfSigned server = SelfSigned.named("server");
    SelfSigned client = SelfSigned.named("client");
    Path ca = server.certificate(folder.resolve("ca.pem"));
    Access.ClientCertificate pair =
        new Access.ClientCertificate(
            client.certificate(folder.resolve("client.pem")),
            client.key(folder.resolve("client.key")));
    try (FakeIndex index =
        FakeIndex.startMutualTls(Feature.POOR, server.context(client))
            .file(Wheels.SIX, Wheels.six())) {
      UpstreamSettings settings = Room.settings(index).with(Room.once());
      try (Room room =
          new Room(settings.with(new Access(new Credentials.None(), null, ca, null)))) {
        assertThat(room.six()).isInstanceOf(PageAnswer.Unreachable.class);
      }
      try (Room room =
          new Room(settings.with(new Access(new Credentials.None(), pair, ca, null)))) {
        assertThat(room.six()).isInstanceOf(PageAnswer.Fresh.class);
      }
    }
  }

  @Test
  void pem_files_that_cannot_be_used_are_refused_with_the_setting_and_the_way_out()
      throws Exception {
    Path nothing = folder.resolve("nothing.pem");
    Path empty = Files.writeString(folder.resolve("empty.pem"), "");
    Path chain = SelfSigned.named("client").certificate(folder.resolve("client.pem"));
    assertRefused(new Access(new Credentials.None(), null, nothing, null), "`upstream.tls.ca`");
    assertRefused(new Access(new Credentials.None(), null, empty, null), "no certificate");
    assertRefused(
        new Access(new Credentials.None(), new Access.ClientCertificate(chain, empty), null, null),
        "openssl pkcs8 -topk8");
    assertRefused(
        new Access(
            new Credentials.None(),
            null,
            null,
            new Access.Proxy(URI.create("proxy.test:3128"), new Credentials.None())),
        "`upstream.proxy`");
  }

  private static void assertRefused(Access access, String words) {
    UpstreamSettings settings = UpstreamSettings.of(UpstreamSettings.PYPI).with(access);
    assertThatThrownBy(() -> new Room(settings).close())
        .isInstanceOf(UpstreamRefusedException.class)
        .hasMessageContaining(words);
  }

  private static Optional<String> authorization(FakeRequest request) {
    return Optional.ofNullable(request.headers().get("authorization")).map(List::getFirst);
  }
}
