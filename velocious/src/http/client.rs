//! Where a request came from and where it meant to go: told by the connection, and by proxies that are trusted.
//!
//! A trusted proxy appends the address it was called from to `X-Forwarded-For`, so the last one that is no trusted
//! proxy itself is the client's. `X-Forwarded-Proto` says how the proxy was called. Both are ignored when anybody else
//! sends them. A connection to the unix socket has no address: with `unix` among the proxies, whoever may connect to it is
//! one, else the client's address is not known. The host is always the one of `Host`, which a proxy has to pass on, and which is checked against
//! `security.hosts`.

use std::cell::RefCell;
use std::net::IpAddr;

use actix_web::HttpRequest;
use actix_web::http::header::{HOST, HeaderName, HeaderValue};

use crate::config::{Environment, Network, SecurityConfig};
use crate::{Error, Result};

const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
const FORWARDED_PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");

/// The address of whoever sent the request; `None` for a request in a test, or one by a unix socket that no trusted
/// proxy sent.
pub(crate) fn address(request: &HttpRequest, trusted: &[Network]) -> Option<IpAddr> {
    let peer = request.peer_addr().map(|peer| peer.ip().to_canonical());
    if !is_trusted(peer, trusted) {
        return peer;
    }
    let headers = request.headers().get_all(FORWARDED_FOR);
    let texts: Vec<&str> = headers
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .collect();
    let mut client = peer;
    for text in texts.into_iter().rev() {
        // What is no address was not written by a proxy.
        let Some(address) = forwarded(text.trim()) else {
            break;
        };
        client = Some(address);
        if !is_trusted(client, trusted) {
            break;
        }
    }
    client
}

/// An address as proxies write it, with or without a port.
fn forwarded(text: &str) -> Option<IpAddr> {
    let bracketed = text
        .strip_prefix('[')
        .and_then(|text| text.split(']').next());
    if let Some(text) = bracketed {
        return text.parse().ok();
    }
    let address = text.parse::<IpAddr>().ok();
    let with_port = || Some(text.parse::<std::net::SocketAddr>().ok()?.ip());
    address
        .or_else(with_port)
        .map(|address| address.to_canonical())
}

/// Whether the client's connection is encrypted.
pub(crate) fn is_secure(request: &HttpRequest, trusted: &[Network]) -> bool {
    let peer = request.peer_addr().map(|peer| peer.ip());
    let told = || {
        let value = request.headers().get_all(FORWARDED_PROTO).next_back()?;
        value.to_str().ok()?.rsplit(',').next().map(str::trim)
    };
    is_trusted(peer, trusted) && told().is_some_and(|scheme| scheme.eq_ignore_ascii_case("https"))
}

fn is_trusted(peer: Option<IpAddr>, trusted: &[Network]) -> bool {
    match peer {
        Some(peer) => trusted.iter().any(|network| network.contains(peer)),
        None => trusted.iter().any(Network::is_unix),
    }
}

/// The host that a request is meant for, without its port.
///
/// # Errors
/// 400 when the header is missing, malformed, or says something else than the address.
fn host(request: &HttpRequest) -> Result<&str> {
    let malformed = || Error::http(400, "The header `Host` is missing or malformed.");
    let mut headers = request.headers().get_all(HOST);
    let text = headers.next().and_then(|value| value.to_str().ok());
    let text = text
        .filter(|_| headers.next().is_none())
        .ok_or_else(malformed)?;
    if let Some(authority) = request.uri().authority()
        && !authority.as_str().eq_ignore_ascii_case(text)
    {
        return Err(malformed());
    }
    let (host, port) = match text.strip_prefix('[') {
        Some(rest) => {
            let end = rest.find(']').ok_or_else(malformed)?;
            let (host, port) = text.split_at(end + 2);
            (host, port)
        }
        None => text.split_at(text.find(':').unwrap_or(text.len())),
    };
    let is_port = |text: &str| text.len() <= 5 && text.bytes().all(|byte| byte.is_ascii_digit());
    let sound_port = port.is_empty() || port.strip_prefix(':').is_some_and(is_port);
    let sound_host = !host.is_empty()
        && host
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-._:[]".contains(&byte));
    match sound_host && sound_port {
        true => Ok(host),
        false => Err(malformed()),
    }
}

/// What the header `Host` of the last request said that was for a host that is served: the next one says the same nearly
/// always, and need not be looked at again.
#[derive(Default)]
pub(crate) struct KnownHost(RefCell<Option<Vec<u8>>>);

impl KnownHost {
    /// Whether `request` says the same, and nothing else.
    fn is_of(&self, request: &HttpRequest) -> bool {
        let mut hosts = request.headers().get_all(HOST).map(HeaderValue::as_bytes);
        let known = self.0.borrow();
        known.is_some()
            && hosts.next() == known.as_deref()
            && hosts.next().is_none()
            && request.uri().authority().is_none()
    }

    fn remember(&self, request: &HttpRequest) {
        if let Some(host) = request.headers().get(HOST) {
            *self.0.borrow_mut() = Some(host.as_bytes().to_vec());
        }
    }
}

/// Refuses a request that is meant for another host than those that the application is served under.
///
/// # Errors
/// 400 for a malformed host, 403 for a foreign one.
pub(crate) fn check_host(
    request: &HttpRequest,
    security: &SecurityConfig,
    environment: &Environment,
    known: &KnownHost,
) -> Result<()> {
    if known.is_of(request) {
        return Ok(());
    }
    let host = host(request)?;
    if is_served(host, security, environment) {
        known.remember(request);
        return Ok(());
    }
    if request.path() == "/up" {
        return Ok(());
    }
    let message = match environment.is_production() {
        true => "This host is not served here.".to_owned(),
        false => format!(
            "The host `{host}` is not served here: add it to `hosts` in the section `[security]` of `config/{environment}.toml`, or to `VELOCIOUS_HOSTS`."
        ),
    };
    Err(Error::http(403, message))
}

fn is_served(host: &str, security: &SecurityConfig, environment: &Environment) -> bool {
    let listed = security
        .hosts
        .iter()
        .any(|listed| match listed.strip_prefix('.') {
            Some(domain) => {
                let front = host.len().checked_sub(domain.len());
                let end = front.and_then(|front| Some((front, host.get(front..)?)));
                end.is_some_and(|(front, end)| {
                    end.eq_ignore_ascii_case(domain)
                        && (front == 0 || host.as_bytes()[front - 1] == b'.')
                })
            }
            None => listed == "*" || listed.eq_ignore_ascii_case(host),
        });
    listed || environment.is_test() || (!environment.is_production() && is_this_machine(host))
}

/// The names that a developer calls the own machine by.
fn is_this_machine(host: &str) -> bool {
    let address = host.trim_matches(['[', ']']).parse::<IpAddr>();
    let name = host.to_ascii_lowercase();
    address.is_ok() || name == "localhost" || name.ends_with(".localhost")
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;
    use crate::mutation;

    fn networks(texts: &[&str]) -> Vec<Network> {
        texts
            .iter()
            .map(|text| text.parse().expect("a network"))
            .collect()
    }

    fn from(peer: &str, headers: &[(&'static str, &'static str)]) -> HttpRequest {
        let mut request =
            TestRequest::default().peer_addr(format!("{peer}:1").parse().expect("an address"));
        for header in headers {
            request = request.append_header(*header);
        }
        request.to_http_request()
    }

    #[test]
    fn only_trusted_proxies_are_believed() {
        let trusted = networks(&["10.0.0.0/8"]);
        let told = [("x-forwarded-for", "1.1.1.1, 2.2.2.2, 10.0.0.9")];
        let client = |peer: &str, headers| {
            address(&from(peer, headers), &trusted).map(|address| address.to_string())
        };
        assert_eq!(client("3.3.3.3", &told).as_deref(), Some("3.3.3.3"));
        assert_eq!(client("10.0.0.1", &told).as_deref(), Some("2.2.2.2"));
        assert_eq!(client("10.0.0.1", &[]).as_deref(), Some("10.0.0.1"));
        let forged = [
            ("x-forwarded-for", "<script>"),
            ("x-forwarded-for", "2.2.2.2:80"),
        ];
        assert_eq!(client("10.0.0.1", &forged).as_deref(), Some("2.2.2.2"));
        let broken = [("x-forwarded-for", "<script>")];
        assert_eq!(client("10.0.0.1", &broken).as_deref(), Some("10.0.0.1"));
        let https = [("x-forwarded-proto", "https")];
        assert!(is_secure(&from("10.0.0.1", &https), &trusted));
        assert!(!is_secure(&from("3.3.3.3", &https), &trusted));
        assert!(!is_secure(
            &from("10.0.0.1", &[("x-forwarded-proto", "https, http")]),
            &trusted
        ));
    }

    #[test]
    fn a_proxy_at_the_socket_is_believed_when_it_is_trusted() {
        let request = TestRequest::default()
            .insert_header(("x-forwarded-for", "1.1.1.1, 2.2.2.2, 10.0.0.9"))
            .insert_header(("x-forwarded-proto", "https"))
            .to_http_request();
        let client = |trusted: &[&str]| {
            let trusted = networks(trusted);
            let address = address(&request, &trusted).map(|address| address.to_string());
            (address, is_secure(&request, &trusted))
        };
        assert_eq!(client(&[]), (None, false));
        assert_eq!(client(&["0.0.0.0/0", "::/0"]), (None, false));
        assert_eq!(client(&["unix"]), (Some("10.0.0.9".to_owned()), true));
        let both = client(&["unix", "10.0.0.0/8"]);
        assert_eq!(both, (Some("2.2.2.2".to_owned()), true));
        // The socket does not vouch for addresses.
        let by_address = from("10.0.0.1", &[("x-forwarded-for", "2.2.2.2")]);
        let address = address(&by_address, &networks(&["unix"]));
        assert_eq!(
            address.map(|address| address.to_string()).as_deref(),
            Some("10.0.0.1")
        );
    }

    #[test]
    fn malformed_hosts_are_none() {
        let read = |text: &'static str| {
            let request = TestRequest::default()
                .insert_header(("host", text))
                .to_http_request();
            host(&request).map(str::to_owned).ok()
        };
        for (text, expected) in [
            ("shop.example", "shop.example"),
            ("shop.example:8080", "shop.example"),
            ("[::1]:80", "[::1]"),
            ("127.0.0.1", "127.0.0.1"),
        ] {
            assert_eq!(read(text).as_deref(), Some(expected));
        }
        for text in [
            "", "a b/c@d", "a@b", "a:b", "a:123456", "[::1", ":80", "a:80:80", "a/b", "a\"b",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
        let two = TestRequest::default()
            .append_header(("host", "a"))
            .append_header(("host", "b"))
            .to_http_request();
        assert!(host(&two).is_err());
        let other = TestRequest::with_uri("http://evil.example/")
            .insert_header(("host", "shop.example"))
            .to_http_request();
        assert!(host(&other).is_err());
    }

    #[test]
    fn a_host_that_is_known_vouches_for_no_other() {
        let request = |uri: &str, hosts: &[&'static str]| {
            let mut request = TestRequest::with_uri(uri);
            for host in hosts {
                request = request.append_header((HOST, *host));
            }
            request.to_http_request()
        };
        let known = KnownHost::default();
        let is_known = |uri, hosts| known.is_of(&request(uri, hosts));
        assert!(!is_known("/", &[]));
        assert!(!is_known("/", &[""]));
        known.remember(&request("/", &["shop.example"]));
        assert!(is_known("/tasks", &["shop.example"]));
        for others in [
            &[][..],
            &[""],
            &["evil.example"],
            &["shop.example."],
            &["shop.example:80"],
            &["shop.example", "evil.example"],
            &["evil.example", "shop.example"],
            &["shop.example", "shop.example"],
        ] {
            assert!(!is_known("/", others), "{others:?}");
        }
        assert!(!is_known("http://evil.example/", &["shop.example"]));
    }

    #[test]
    fn hosts_and_forwarded_addresses_withstand_any_bytes() {
        let trusted = networks(&["10.0.0.0/8"]);
        let parse = |bytes: &[u8]| {
            let Ok(value) = HeaderValue::from_bytes(bytes) else {
                return;
            };
            let request = TestRequest::default()
                .peer_addr("10.0.0.1:1".parse().expect("an address"))
                .insert_header((HOST, value.clone()))
                .insert_header((FORWARDED_FOR, value.clone()))
                .insert_header((FORWARDED_PROTO, value))
                .to_http_request();
            if let Ok(host) = host(&request) {
                assert!(!host.contains(['/', '@', ' ', '"', '<', ',']), "{host:?}");
            }
            address(&request, &trusted);
            is_secure(&request, &trusted);
        };
        let examples = [
            "shop.example:8080",
            "[::1]:80",
            "1.1.1.1, [2001:db8::1]:80, 10.0.0.2",
            "https, http",
        ];
        let words = [
            ":", "[", "]", ",", "::", "@", "/", ".", "10.0.0.1", "65536", "%",
        ];
        mutation::withstands(&examples, &words, parse);
        for worst in ["10.0.0.1,", ",", ":", "[", "a.", "]"] {
            mutation::is_linear(
                |length| worst.repeat(length / worst.len()).into_bytes(),
                parse,
            );
        }
    }
}
