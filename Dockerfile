# syntax=docker/dockerfile:1

FROM rust:1.95-slim-bookworm AS build
WORKDIR /src
COPY . .
# The caches outlive the layer, so that a change of ours does not build everybody else's crates again.
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/src/target \
    cargo build --locked --profile dist -p leadwright-api --bin leadwright \
    && cp target/dist/leadwright /leadwright

FROM debian:bookworm-slim
LABEL org.opencontainers.image.title="Leadwright" \
      org.opencontainers.image.description="Lead management: capture, deduplicate, score, qualify and route leads" \
      org.opencontainers.image.licenses="MIT OR Apache-2.0"

RUN useradd --system --uid 10001 --user-group --home-dir /data --shell /usr/sbin/nologin leadwright \
    && install -d -o leadwright -g leadwright -m 0750 /data
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
COPY --from=build /leadwright /usr/local/bin/leadwright
COPY LICENSE-MIT LICENSE-APACHE /usr/share/doc/leadwright/

ENV LEADWRIGHT_LISTEN=0.0.0.0:8080 \
    LEADWRIGHT_DATABASE_URL=sqlite:///data/leadwright.db
USER leadwright
# The database of a single node and, unless LEADWRIGHT_SECRET_KEY is set, the generated secret key.
WORKDIR /data
VOLUME /data
EXPOSE 8080

# bash opens the connection itself: the image holds no HTTP client. The port is the one in LEADWRIGHT_LISTEN.
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/${LEADWRIGHT_LISTEN##*:} && printf 'GET /healthz HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' >&3 && read -r -u 3 _ status _ && [ \"$status\" = 200 ]"]

ENTRYPOINT ["leadwright"]
CMD ["serve"]
