//! Which addresses may be connected to. Whoever connects looks a name up once, asks here about each
//! address that it leads to, and connects to no other.

use std::{
    fmt,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    str::FromStr,
};

/// Where requests may go whose addresses come from somebody else: callbacks go where clients say, and
/// documents are read where descriptions say. A program that followed them anywhere could be made to
/// reach what their authors cannot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Reach {
    /// Nowhere: none is sent.
    Off,
    /// To this machine only, by the address that a name really leads to.
    #[default]
    Loopback,
    /// To addresses that all the internet reaches: not to this machine, nor into its networks.
    Public,
    /// Anywhere.
    Anywhere,
}

impl Reach {
    /// The names of all, as a command line has them.
    pub const NAMES: [&str; 4] = ["off", "loopback", "public", "anywhere"];

    /// Whether a request may go to an address.
    pub fn allows(self, address: IpAddr) -> bool {
        match self {
            Self::Off => false,
            // `::ffff:127.0.0.1` is this machine too.
            Self::Loopback => address.to_canonical().is_loopback(),
            Self::Public => is_public(address),
            Self::Anywhere => true,
        }
    }
}

/// What is allowed, in words: `only this machine is allowed`.
impl fmt::Display for Reach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Off => "none is allowed",
            Self::Loopback => "only this machine is allowed",
            Self::Public => "only public addresses are allowed",
            Self::Anywhere => "all are allowed",
        })
    }
}

impl FromStr for Reach {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        match name {
            "off" => Ok(Self::Off),
            "loopback" => Ok(Self::Loopback),
            "public" => Ok(Self::Public),
            "anywhere" => Ok(Self::Anywhere),
            _ => Err(format!("not one of {}", Self::NAMES.join(", "))),
        }
    }
}

/// The networks of IPv4 that are not reached from everywhere (IANA IPv4 Special-Purpose Address
/// Registry), and those that are no single host's: their first address, and how many bits of it count.
const NOT_PUBLIC_4: [(Ipv4Addr, u32); 15] = [
    (Ipv4Addr::new(0, 0, 0, 0), 8),       // this network (RFC 791)
    (Ipv4Addr::new(10, 0, 0, 0), 8),      // private (RFC 1918)
    (Ipv4Addr::new(100, 64, 0, 0), 10),   // behind a carrier's NAT (RFC 6598)
    (Ipv4Addr::new(127, 0, 0, 0), 8),     // this machine (RFC 1122)
    (Ipv4Addr::new(169, 254, 0, 0), 16),  // this link (RFC 3927), and the metadata of clouds
    (Ipv4Addr::new(172, 16, 0, 0), 12),   // private (RFC 1918)
    (Ipv4Addr::new(192, 0, 0, 0), 24),    // protocols (RFC 6890)
    (Ipv4Addr::new(192, 0, 2, 0), 24),    // documentation (RFC 5737)
    (Ipv4Addr::new(192, 88, 99, 0), 24),  // relays of 6to4 (RFC 7526)
    (Ipv4Addr::new(192, 168, 0, 0), 16),  // private (RFC 1918)
    (Ipv4Addr::new(198, 18, 0, 0), 15),   // benchmarks (RFC 2544)
    (Ipv4Addr::new(198, 51, 100, 0), 24), // documentation (RFC 5737)
    (Ipv4Addr::new(203, 0, 113, 0), 24),  // documentation (RFC 5737)
    (Ipv4Addr::new(224, 0, 0, 0), 4),     // multicast (RFC 5771)
    (Ipv4Addr::new(240, 0, 0, 0), 4),     // reserved (RFC 1112), and broadcast
];

/// The only network of IPv6 that public addresses are given out of (RFC 4291 section 2.4).
const GLOBAL_UNICAST: (Ipv6Addr, u32) = (Ipv6Addr::new(0x2000, 0, 0, 0, 0, 0, 0, 0), 3);

/// The parts of it that are not reached from everywhere (IANA IPv6 Special-Purpose Address Registry).
const NOT_PUBLIC_6: [(Ipv6Addr, u32); 4] = [
    (Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0), 23), // protocols (RFC 2928), with Teredo
    (Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0), 32), // documentation (RFC 3849)
    (Ipv6Addr::new(0x2002, 0, 0, 0, 0, 0, 0, 0), 16), // 6to4 (RFC 3056): an address of IPv4 in it
    (Ipv6Addr::new(0x3fff, 0, 0, 0, 0, 0, 0, 0), 20), // documentation (RFC 9637)
];

/// Where networks without IPv4 see its addresses, each in the last 32 bits (RFC 6052).
const TRANSLATED: (Ipv6Addr, u32) = (Ipv6Addr::new(0x64, 0xff9b, 0, 0, 0, 0, 0, 0), 96);

/// Whether all the internet reaches an address.
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => {
            let is_in = |(network, bits): &(Ipv4Addr, u32)| {
                (address.to_bits() ^ network.to_bits()) >> (32 - bits) == 0
            };
            !NOT_PUBLIC_4.iter().any(is_in)
        }
        IpAddr::V6(address) => {
            let is_in = |(network, bits): &(Ipv6Addr, u32)| {
                (address.to_bits() ^ network.to_bits()) >> (128 - bits) == 0
            };
            if is_in(&TRANSLATED) {
                let [.., a, b, c, d] = address.octets();
                return is_public(Ipv4Addr::new(a, b, c, d).into());
            }
            is_in(&GLOBAL_UNICAST) && !NOT_PUBLIC_6.iter().any(is_in)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_address_is_this_machine_public_or_neither() {
        // The first and the last of each network, and their neighbours.
        let table = "
            public    1.0.0.0 8.8.8.8 9.255.255.255 11.0.0.0 93.184.215.14
            public    100.63.255.255 100.128.0.0 126.255.255.255 128.0.0.0 169.253.255.255 169.255.0.0
            public    172.15.255.255 172.32.0.0 191.255.255.255 192.0.1.0 192.0.3.0 192.88.98.255
            public    192.88.100.0 192.167.255.255 192.169.0.0 198.17.255.255 198.20.0.0
            public    198.51.99.255 198.51.101.0 203.0.112.255 203.0.114.0 223.255.255.255
            loopback  127.0.0.0 127.0.0.1 127.8.9.1 127.255.255.255
            neither   0.0.0.0 0.255.255.255 10.0.0.0 10.255.255.255 100.64.0.0 100.127.255.255
            neither   169.254.0.0 169.254.169.254 169.254.255.255 172.16.0.0 172.31.255.255
            neither   192.0.0.0 192.0.0.255 192.0.2.1 192.88.99.1 192.168.0.0 192.168.255.255
            neither   198.18.0.0 198.19.255.255 198.51.100.1 203.0.113.1
            neither   224.0.0.0 239.255.255.255 240.0.0.0 255.255.255.255

            public    2001:200:: 2001:db7:ffff:: 2001:db9:: 2003:: 2606:4700::1111 2a00:1450:4001::1
            public    3fff:1000:: 3ffe:: 2000:: 64:ff9b::8.8.8.8
            loopback  ::1 ::ffff:127.0.0.1
            neither   :: ::8.8.8.8 ::ffff:8.8.8.8 ::ffff:10.0.0.1 ::ffff:169.254.169.254
            neither   64:ff9b::127.0.0.1 64:ff9b::10.0.0.1 64:ff9b::169.254.169.254 64:ff9b:1::8.8.8.8
            neither   100::1 1fff:ffff:: 2001:: 2001:0:4136:e378:8000:63bf:3fff:fdd2 2001:1ff:ffff::
            neither   2001:db8:: 2001:db8:ffff:: 2002:: 2002:7f00:1:: 2002:ffff:: 3fff:: 3fff:fff::
            neither   4000:: 5f00::1 fc00:: fdff:ffff:: fe80::1 febf:: fec0::1 ff02::1 ffff::
        ";
        let mut count = 0;
        for line in table.lines() {
            let mut words = line.split_whitespace();
            let Some(want) = words.next() else { continue };
            for address in words {
                let parsed = address.parse().unwrap();
                let is = [Reach::Loopback, Reach::Public].map(|reach| reach.allows(parsed));
                assert_eq!(is, [want == "loopback", want == "public"], "{address}");
                assert!(Reach::Anywhere.allows(parsed) && !Reach::Off.allows(parsed));
                count += 1;
            }
        }
        assert!(count > 80, "{count}");
    }

    #[test]
    fn every_name_is_read() {
        for name in Reach::NAMES {
            assert!(name.parse::<Reach>().is_ok(), "{name}");
        }
        assert!("local".parse::<Reach>().is_err());
    }
}
