package dev.wellhead.server.upstream;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;

/// Whom we trust and who we are in TLS, from PEM files. Host names are always checked.
final class Tls {
  private static final Pattern PKCS8 =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

  /// Guards a key store that lives in memory only.
  private static final String IN_MEMORY = "in memory";

  private Tls() {}

  static SslContextFactory.Client of(Access access) throws UpstreamRefusedException {
    SslContextFactory.Client factory = new SslContextFactory.Client();
    if (access.companyCa() == null && access.certificate() == null) {
      return factory;
    }
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys(access.certificate()), trust(access.companyCa()), null);
      factory.setSslContext(context);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has TLS", e);
    }
    return factory;
  }

  private static TrustManager @Nullable [] trust(@Nullable Path companyCa)
      throws UpstreamRefusedException, GeneralSecurityException {
    if (companyCa == null) {
      return null;
    }
    KeyStore store = emptyStore();
    int number = 0;
    for (TrustManager usual : trustOf(null)) {
      if (usual instanceof X509TrustManager x509) {
        for (X509Certificate certificate : x509.getAcceptedIssuers()) {
          store.setCertificateEntry("usual-" + number++, certificate);
        }
      }
    }
    for (Certificate certificate : certificates(companyCa, "upstream.tls.ca")) {
      store.setCertificateEntry("company-" + number++, certificate);
    }
    return trustOf(store);
  }

  private static TrustManager[] trustOf(@Nullable KeyStore store) throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  private static KeyManager @Nullable [] keys(Access.@Nullable ClientCertificate certificate)
      throws UpstreamRefusedException, GeneralSecurityException {
    if (certificate == null) {
      return null;
    }
    List<Certificate> chain = certificates(certificate.chain(), "upstream.tls.certificate");
    PrivateKey key = key(certificate.key(), chain.getFirst().getPublicKey().getAlgorithm());
    KeyStore store = emptyStore();
    store.setKeyEntry("client", key, IN_MEMORY.toCharArray(), chain.toArray(new Certificate[0]));
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, IN_MEMORY.toCharArray());
    return factory.getKeyManagers();
  }

  private static KeyStore emptyStore() throws GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try {
      store.load(null, null);
    } catch (IOException e) {
      throw new IllegalStateException("an empty key store is read from nowhere", e);
    }
    return store;
  }

  private static List<Certificate> certificates(Path pem, String setting)
      throws UpstreamRefusedException {
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      List<Certificate> found =
          new ArrayList<>(
              factory.generateCertificates(new ByteArrayInputStream(bytes(pem, setting))));
      if (!found.isEmpty()) {
        return found;
      }
    } catch (CertificateException e) {
      // said below, with what to do
    }
    throw new UpstreamRefusedException(
        pem
            + " (setting `"
            + setting
            + "`) has no certificate in PEM form, that is no"
            + " `-----BEGIN CERTIFICATE-----`.");
  }

  private static PrivateKey key(Path pem, String algorithm) throws UpstreamRefusedException {
    String setting = "upstream.tls.key";
    String text = new String(bytes(pem, setting), StandardCharsets.ISO_8859_1);
    Matcher matcher = PKCS8.matcher(text);
    if (matcher.find()) {
      try {
        byte[] encoded = Base64.getMimeDecoder().decode(matcher.group(1));
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
      } catch (InvalidKeySpecException e) {
        throw new UpstreamRefusedException(
            pem
                + " (setting `"
                + setting
                + "`) has a key that is broken or does not belong to the"
                + " certificate, whose key is of kind "
                + algorithm
                + ".");
      } catch (GeneralSecurityException e) {
        throw new UpstreamRefusedException(
            "The certificate's key is of kind " + algorithm + ", which this JDK does not know.");
      }
    }
    throw new UpstreamRefusedException(
        pem
            + " (setting `"
            + setting
            + "`) has no key that can be read, that is no"
            + " `-----BEGIN PRIVATE KEY-----`. Other forms are turned into it by:"
            + " openssl pkcs8 -topk8 -nocrypt -in OLD -out NEW");
  }

  private static byte[] bytes(Path file, String setting) throws UpstreamRefusedException {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UpstreamRefusedException(
          file
              + " (setting `"
              + setting
              + "`) cannot be read: "
              + e.getClass().getSimpleName()
              + ".");
    }
  }
}
