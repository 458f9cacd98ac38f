package dev.wellhead.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/// Whom the command line trusts on HTTPS: the system's authorities, and those of one more file.
final class Authorities {
  private Authorities() {}

  /// @param file certificates in PEM, one or several
  /// @throws NoAnswerException where the file has none
  static SSLContext beside(Path file) throws NoAnswerException {
    try (InputStream pem = Files.newInputStream(file)) {
      Collection<? extends Certificate> further =
          CertificateFactory.getInstance("X.509").generateCertificates(pem);
      if (further.isEmpty()) {
        throw new NoAnswerException(file + " holds no certificate: --ca takes a PEM file.");
      }
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      int count = 0;
      for (Certificate certificate : further) {
        trusted.setCertificateEntry("further-" + count++, certificate);
      }
      for (TrustManager manager : managers(null)) {
        if (manager instanceof X509TrustManager system) {
          for (X509Certificate certificate : system.getAcceptedIssuers()) {
            trusted.setCertificateEntry("system-" + count++, certificate);
          }
        }
      }
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers(trusted), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new NoAnswerException(
          file
              + " cannot be read as a PEM file of certificates ("
              + e.getClass().getSimpleName()
              + ").",
          e);
    }
  }

  /// @param trusted null for the system's
  private static TrustManager[] managers(@Nullable KeyStore trusted)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trusted);
    return factory.getTrustManagers();
  }
}
