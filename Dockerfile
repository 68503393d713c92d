# mynah alone in an image: a static program, no shell, no root.
#
#   docker build -t mynah .
#   docker run --rm -p 127.0.0.1:4010:4010 -v "$PWD:/work:ro" mynah serve my-api.yaml
FROM rust:1-alpine AS build
RUN apk add --no-cache musl-dev
WORKDIR /src
COPY Cargo.toml Cargo.lock build.rs README.md ./
COPY src src
COPY specs specs
COPY benches benches
# On Alpine the target of the toolchain is musl, so that the program is static.
RUN cargo build --release --locked && cp target/release/mynah /mynah

FROM scratch
COPY --from=build /mynah /mynah
# Whom `mynah proxy` trusts.
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
WORKDIR /work
USER 65532:65532
# In a container the address of the host machine is not loopback.
ENV MYNAH_HOST=0.0.0.0
EXPOSE 4010
STOPSIGNAL SIGTERM
ENTRYPOINT ["/mynah"]
