package org.liverecordings.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An nginx on 127.0.0.1 that spreads requests over instances of the service, as an ingress controller's does. */
public final class Nginx implements AutoCloseable {

    private final Path nginx;
    private final int port = ServiceProcess.freePort();
    private final String location;
    private final OtherProgram program = new OtherProgram("nginx");

    private Nginx(Path nginx, String location) {
        this.nginx = nginx;
        this.location = location;
    }

    /** Where nginx is installed. */
    public static Optional<Path> program() {
        return Programs.find("nginx");
    }

    /**
     * @param location what follows the keyword: what is passed on to the service; anything else is answered 404
     */
    public static Nginx start(Path program, String location, ServiceProcess... instances) {
        Nginx nginx = new Nginx(program, location);
        nginx.configure(instances);
        nginx.program.start(nginx.command("-g", "daemon off;"));
        nginx.program.awaitListening(nginx.port);
        return nginx;
    }

    /** Sends requests to these instances from now on. Those under way go on where they are. */
    public void spreadOver(ServiceProcess... instances) {
        try {
            configure(instances);
            Path log = program.folder().resolve("reload.log");
            Process reload = new ProcessBuilder(command("-s", "reload"))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            if (reload.waitFor() != 0) {
                throw new IllegalStateException(Files.readString(log));
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
                        Stream.of(
                                nginx.toString(), "-p", program.folder() + "/", "-c", "nginx.conf", "-e", "error.log"),
                        Arrays.stream(arguments))
                .toList();
    }

    private void configure(ServiceProcess... instances) {
        String servers = Arrays.stream(instances)
                .map(instance -> "server 127.0.0.1:" + instance.port() + " max_fails=0;")
                .collect(Collectors.joining(" "));
        // No second try: it would hide a failed first one.
        program.write("nginx.conf", """
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

    public URI uri() {
        return URI.create("http://127.0.0.1:" + port);
    }

    @Override
    public void close() {
        program.close();
    }
}
