package org.liverecordings.packaged;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.liverecordings.support.ServiceProcess;

/** An nginx on 127.0.0.1 that spreads requests over instances of the service, as an ingress controller's does. */
final class Nginx implements AutoCloseable {

    private final Path program;
    private final Path folder;
    private final int port = ServiceProcess.freePort();
    private final String location;
    private Process process;

    private Nginx(Path program, Path folder, String location) {
        this.program = program;
        this.folder = folder;
        this.location = location;
    }

    /** Where nginx is installed; Debian has it in a folder that isn't on everybody's PATH. */
    static Optional<Path> program() {
        return Stream.concat(
                        Arrays.stream(System.getenv("PATH").split(File.pathSeparator)),
                        Stream.of("/usr/sbin", "/usr/local/sbin"))
                .map(directory -> Path.of(directory, "nginx"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * @param location what follows the keyword: what is passed on to the service; anything else is answered 404
     */
    static Nginx start(Path program, String location, ServiceProcess... instances) {
        try {
            Path folder = Files.createTempDirectory("live-recordings-nginx");
            // Started by root, nginx's workers are somebody else.
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            Nginx nginx = new Nginx(program, folder, location);
            nginx.configure(instances);
            nginx.process = new ProcessBuilder(nginx.command("-g", "daemon off;"))
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("output.log").toFile())
                    .start();
            nginx.awaitListening();
            return nginx;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends requests to these instances from now on. Those under way go on where they are. */
    void spreadOver(ServiceProcess... instances) {
        try {
            configure(instances);
            Process reload = new ProcessBuilder(command("-s", "reload"))
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("reload.log").toFile())
                    .start();
            if (reload.waitFor() != 0) {
                throw new IllegalStateException(Files.readString(folder.resolve("reload.log")));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private List<String> command(String... arguments) {
        return Stream.concat(
                        Stream.of(program.toString(), "-p", folder + "/", "-c", "nginx.conf", "-e", "error.log"),
                        Arrays.stream(arguments))
                .toList();
    }

    private void configure(ServiceProcess... instances) throws IOException {
        String servers = Arrays.stream(instances)
                .map(instance -> "server 127.0.0.1:" + instance.port() + " max_fails=0;")
                .collect(Collectors.joining(" "));
        // No second try: it would hide a failed first one.
        Files.writeString(folder.resolve("nginx.conf"), """
                worker_processes 1;
                pid nginx.pid;
                events { worker_connections 512; }
                http {
                  access_log off;
                  client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi;
                  uwsgi_temp_path uwsgi; scgi_temp_path scgi;
                  upstream service { %s keepalive 16; }
                  map $http_upgrade $connection_upgrade { default upgrade; '' ''; }
                  server {
                    listen 127.0.0.1:%d;
                    location / { return 404; }
                    location %s {
                      proxy_pass http://service;
                      proxy_http_version 1.1;
                      proxy_set_header Upgrade $http_upgrade;
                      proxy_set_header Connection $connection_upgrade;
                      proxy_set_header Host $host;
                      proxy_set_header X-Forwarded-For $remote_addr;
                      proxy_next_upstream off;
                    }
                  }
                }
                """.formatted(servers, port, location));
    }

    private void awaitListening() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (process.isAlive() && System.nanoTime() < deadline) {
            try {
                new Socket("127.0.0.1", port).close();
                return;
            } catch (IOException e) {
                Thread.onSpinWait();
            }
        }
        close();
        throw new IllegalStateException("nginx doesn't listen, see " + folder);
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + port);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
