//! Parts of the network: single addresses, all addresses with the same beginning, and the unix socket.

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

/// An address, all addresses that begin with the same bits, as in `10.0.0.0/8`, or whoever connects to the unix socket:
/// `unix`.
///
/// ```
/// use velocious::config::Network;
///
/// let network: Network = "10.0.0.0/8".parse()?;
/// assert!(network.contains("10.1.2.3".parse().unwrap()));
/// let socket: Network = "unix".parse()?;
/// assert!(socket.is_unix() && !socket.contains("127.0.0.1".parse().unwrap()));
/// # Ok::<(), ()>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Network(Part);

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Addresses { address: IpAddr, bits: u8 },
    Unix,
}

impl Network {
    /// Whether an address is part of it. An IPv4 address written as an IPv6 one is the same address.
    pub fn contains(&self, address: IpAddr) -> bool {
        let Part::Addresses { address: own, bits } = self.0 else {
            return false;
        };
        match (own.to_canonical(), address.to_canonical()) {
            (IpAddr::V4(own), IpAddr::V4(other)) => {
                let differing = own.to_bits() ^ other.to_bits();
                differing.leading_zeros() >= u32::from(bits)
            }
            (IpAddr::V6(own), IpAddr::V6(other)) => {
                let differing = own.to_bits() ^ other.to_bits();
                differing.leading_zeros() >= u32::from(bits)
            }
            _ => false,
        }
    }

    /// Whether it is the unix socket.
    pub fn is_unix(&self) -> bool {
        self.0 == Part::Unix
    }
}

impl Network {
    /// Whether it is so large that it cannot belong to the proxies of one application: neither private nor as small as
    /// the largest ranges that anybody serves from.
    pub(crate) fn is_too_wide(&self) -> bool {
        const PRIVATE: [(&str, u8); 8] = [
            ("10.0.0.0", 8),
            ("172.16.0.0", 12),
            ("192.168.0.0", 16),
            ("100.64.0.0", 10),
            ("127.0.0.0", 8),
            ("169.254.0.0", 16),
            ("fc00::", 7),
            ("fe80::", 10),
        ];
        // Who may connect to the socket is for its permissions to say.
        let Part::Addresses { address: own, bits } = self.0 else {
            return false;
        };
        let is_private = PRIVATE.iter().any(|(address, least)| {
            let part = |address| Part::Addresses {
                address,
                bits: *least,
            };
            let network = address.parse().map(|address| Network(part(address)));
            network.is_ok_and(|network| network.contains(own)) && bits >= *least
        });
        let narrow = if own.is_ipv4() { 11 } else { 24 };
        !is_private && bits < narrow
    }
}

impl FromStr for Network {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        if text == "unix" {
            return Ok(Network(Part::Unix));
        }
        let (address, bits) = match text.split_once('/') {
            Some((address, bits)) => (address, Some(bits.parse().map_err(|_| ())?)),
            None => (text, None),
        };
        let address: IpAddr = address.parse().map_err(|_| ())?;
        let most = if address.is_ipv4() { 32 } else { 128 };
        let bits = bits.unwrap_or(most);
        (bits <= most)
            .then_some(Network(Part::Addresses { address, bits }))
            .ok_or(())
    }
}

impl fmt::Debug for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Part::Addresses { address, bits } => write!(f, "{address}/{bits}"),
            Part::Unix => f.write_str("unix"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_with_the_same_beginning_belong_together() {
        let contains = |network: &str, address: &str| {
            let network: Network = network.parse().expect("a network");
            network.contains(address.parse().expect("an address"))
        };
        assert!(contains("10.0.0.0/8", "10.255.0.1"));
        assert!(!contains("10.0.0.0/8", "11.0.0.1"));
        assert!(contains("10.0.0.1", "10.0.0.1"));
        assert!(!contains("10.0.0.1", "10.0.0.2"));
        assert!(contains("0.0.0.0/0", "8.8.8.8"));
        assert!(!contains("0.0.0.0/0", "2001:db8::1"));
        assert!(contains("2001:db8::/32", "2001:db8:ffff::1"));
        assert!(contains("127.0.0.1", "::ffff:127.0.0.1"));
    }

    #[test]
    fn a_network_of_strangers_is_too_wide() {
        let is_too_wide = |network: &str| {
            let network: Network = network.parse().expect("a network");
            network.is_too_wide()
        };
        for wide in [
            "0.0.0.0/0",
            "::/0",
            "8.0.0.0/8",
            "10.0.0.0/7",
            "2000::/3",
            "fc00::/6",
            "fe80::/9",
        ] {
            assert!(is_too_wide(wide), "{wide}");
        }
        for narrow in [
            "10.0.0.0/8",
            "10.1.2.3",
            "172.16.0.0/12",
            "127.0.0.0/8",
            "fd00::/8",
            "::1",
            "104.16.0.0/13",
            "2400:cb00::/32",
        ] {
            assert!(!is_too_wide(narrow), "{narrow}");
        }
    }

    #[test]
    fn anything_else_is_no_network() {
        for text in [
            "",
            "10.0.0.0/33",
            "10.0.0/8",
            "::1/129",
            "a/8",
            "10.0.0.0/",
            "/8",
            "10.0.0.0/-1",
        ] {
            assert_eq!(text.parse::<Network>(), Err(()), "{text}");
        }
    }
}
