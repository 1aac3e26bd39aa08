package org.liverecordings.wiring.start;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.X509KeyManager;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.tls.CertificateUpdatedEvent;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.quarkus.tls.runtime.config.TlsConfig;
import io.quarkus.vertx.http.runtime.VertxHttpBuildTimeConfig;
import io.quarkus.vertx.http.runtime.VertxHttpConfig;
import io.quarkus.vertx.http.runtime.options.HttpServerOptionsUtils;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.KeyCertOptions;
import org.jboss.logging.Logger;
import org.liverecordings.metrics.ServiceMeters;
import org.liverecordings.text.LogText;
import org.liverecordings.wiring.ScheduledJobs;

/**
 * Shows until when the certificate is good with which this service serves HTTPS, where it does so itself. Quarkus tells which one that is:
 * files, a key store, or an entry of its TLS registry.
 */
@Singleton
class ServerCertificate {

    private static final Logger LOG = Logger.getLogger(ServerCertificate.class);

    /** What the keys of certificates are. */
    private static final List<String> KEY_TYPES = List.of("RSA", "RSASSA-PSS", "EC", "EdDSA", "DSA");

    private final VertxHttpBuildTimeConfig built;
    private final VertxHttpConfig config;
    private final TlsConfigurationRegistry registry;
    private final Vertx vertx;
    private volatile long expiresMillis;

    ServerCertificate(
            VertxHttpBuildTimeConfig built, VertxHttpConfig config, TlsConfigurationRegistry registry, Vertx vertx) {
        this.built = built;
        this.config = config;
        this.registry = registry;
        this.vertx = vertx;
    }

    /** Reads it, and again as often as the server does. */
    void show(ServiceMeters meters, ScheduledJobs jobs) {
        if (!read()) {
            return;
        }
        meters.certificate(() -> expiresMillis);
        Optional<Duration> reload = config.ssl().certificate().reloadPeriod();
        reload.ifPresent(period -> jobs.add("look at the certificate", period, this::read));
    }

    /** An entry of the TLS registry may have a period of its own. */
    void reloaded(@Observes CertificateUpdatedEvent event) {
        if (event.name().equals(config.tlsConfigurationName().orElse(TlsConfig.DEFAULT_NAME))) {
            read();
        }
    }

    /** Returns false if there is none. One that can't be read keeps the server from starting, or from taking it. */
    private boolean read() {
        try {
            HttpServerOptions options =
                    HttpServerOptionsUtils.createSslOptions(built, config, LaunchMode.current(), List.of(), registry);
            if (options == null || options.getKeyCertOptions() == null) {
                return false;
            }
            expiresMillis = expiry(options.getKeyCertOptions(), vertx);
        } catch (Exception e) {
            LOG.warnf("no look at the certificate: %s", LogText.quote(String.valueOf(e)));
        }
        return true;
    }

    /**
     * When the first one of a server's certificates expires, or of those that vouch for it.
     *
     * @return in milliseconds since 1970
     * @throws Exception if they can't be read
     */
    static long expiry(KeyCertOptions certificates, Vertx vertx) throws Exception {
        long earliest = Long.MAX_VALUE;
        for (KeyManager manager : certificates.getKeyManagerFactory(vertx).getKeyManagers()) {
            if (manager instanceof X509KeyManager keys) {
                for (String type : KEY_TYPES) {
                    earliest = Math.min(earliest, expiry(keys, keys.getServerAliases(type, null)));
                }
            }
        }
        return earliest;
    }

    private static long expiry(X509KeyManager keys, String[] aliases) {
        long earliest = Long.MAX_VALUE;
        for (String alias : aliases == null ? new String[0] : aliases) {
            for (X509Certificate certificate : keys.getCertificateChain(alias)) {
                earliest = Math.min(earliest, certificate.getNotAfter().getTime());
            }
        }
        return earliest;
    }
}
