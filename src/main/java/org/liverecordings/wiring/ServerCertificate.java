package org.liverecordings.wiring;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.liverecordings.metrics.ServiceMeters;

/** Shows until when the certificate is good with which this service serves HTTPS, where it does so itself. */
@Singleton
class ServerCertificate {

    private static final Logger LOG = Logger.getLogger(ServerCertificate.class);

    private final List<Path> files;
    private final Optional<Duration> reload;
    private volatile long expiresMillis;

    ServerCertificate(
            @ConfigProperty(name = "quarkus.http.ssl.certificate.files") Optional<List<Path>> files,
            @ConfigProperty(name = "quarkus.http.ssl.certificate.reload-period") Optional<Duration> reload) {
        this.files = files.orElse(List.of());
        this.reload = reload;
    }

    /** Reads it, and again as often as the server does. */
    void show(ServiceMeters meters, ScheduledJobs jobs) {
        if (files.isEmpty()) {
            return;
        }
        read();
        meters.certificate(() -> expiresMillis);
        reload.ifPresent(period -> jobs.add("look at the certificate", period, this::read));
    }

    private void read() {
        long earliest = Long.MAX_VALUE;
        try {
            for (Path file : files) {
                earliest = Math.min(earliest, expiry(file));
            }
            expiresMillis = earliest;
        } catch (IOException | CertificateException e) {
            LOG.warnf("no look at the certificate: %s", e);
        }
    }

    /** Of all in the file, which are those of a chain. */
    private static long expiry(Path file) throws IOException, CertificateException {
        long earliest = Long.MAX_VALUE;
        try (InputStream in = Files.newInputStream(file)) {
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                earliest = Math.min(
                        earliest, ((X509Certificate) certificate).getNotAfter().getTime());
            }
        }
        return earliest;
    }
}
