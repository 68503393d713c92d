//! TLS, by rustls: whom to trust is Mozilla's list, or the file that `SSL_CERT_FILE` names.

use std::{env, io, sync::Arc};

use rustls::{
    ClientConfig, RootCertStore,
    crypto::ring,
    pki_types::{CertificateDer, ServerName, pem::PemObject},
};
use tokio::net::TcpStream;
use tokio_rustls::{TlsConnector, client::TlsStream};

/// Whom to trust in the place of Mozilla's list, as OpenSSL has it.
const AUTHORITIES: &str = "SSL_CERT_FILE";

/// TLS with a host.
///
/// # Errors
/// The host shows no certificate that is trusted, or speaks no TLS; or the file of those to trust cannot be
/// read.
pub(super) async fn over(tcp: TcpStream, host: &str) -> io::Result<TlsStream<TcpStream>> {
    let name = ServerName::try_from(host.to_owned()).map_err(io::Error::other)?;
    let connector = TlsConnector::from(Arc::new(config()?));
    connector.connect(name, tcp).await
}

fn config() -> io::Result<ClientConfig> {
    let builder = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(io::Error::other)?;
    let mut config = builder
        .with_root_certificates(authorities()?)
        .with_no_client_auth();
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(config)
}

fn authorities() -> io::Result<RootCertStore> {
    let mut trusted = RootCertStore::empty();
    let Some(file) = env::var_os(AUTHORITIES).filter(|file| !file.is_empty()) else {
        trusted.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
        return Ok(trusted);
    };
    let unread = |why: String| io::Error::other(format!("{AUTHORITIES}: {why}"));
    let certificates = CertificateDer::pem_file_iter(&file).map_err(|it| unread(it.to_string()))?;
    for certificate in certificates {
        let certificate = certificate.map_err(|it| unread(it.to_string()))?;
        trusted
            .add(certificate)
            .map_err(|it| unread(it.to_string()))?;
    }
    match trusted.is_empty() {
        true => Err(unread("no certificate stands in it".to_owned())),
        false => Ok(trusted),
    }
}
