//! Where requests may go.

use std::{net::IpAddr, str::FromStr};

/// Where the requests that an API sends by itself may go. Their addresses come from clients, so that
/// a fake that sent them anywhere could be made to reach what its client cannot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Reach {
    /// Nowhere: none is sent.
    Off,
    /// To this machine only, by the address that a name really leads to.
    #[default]
    Loopback,
    /// Anywhere.
    Anywhere,
}

impl Reach {
    /// The names of all, as a command line has them.
    pub const NAMES: [&str; 3] = ["off", "loopback", "anywhere"];

    /// Whether a request may go to an address.
    pub fn allows(self, address: IpAddr) -> bool {
        match self {
            Self::Off => false,
            // `::ffff:127.0.0.1` is this machine too.
            Self::Loopback => address.to_canonical().is_loopback(),
            Self::Anywhere => true,
        }
    }
}

impl FromStr for Reach {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        match name {
            "off" => Ok(Self::Off),
            "loopback" => Ok(Self::Loopback),
            "anywhere" => Ok(Self::Anywhere),
            _ => Err(format!("not one of {}", Self::NAMES.join(", "))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loopback_is_this_machine_only() {
        for (address, want) in [
            ("127.0.0.1", true),
            ("127.8.9.1", true),
            ("::1", true),
            ("::ffff:127.0.0.1", true),
            ("0.0.0.0", false),
            ("::", false),
            ("10.0.0.1", false),
            ("169.254.169.254", false),
            ("::ffff:10.0.0.1", false),
        ] {
            let address = address.parse().unwrap();
            assert_eq!(Reach::Loopback.allows(address), want, "{address}");
            assert!(Reach::Anywhere.allows(address) && !Reach::Off.allows(address));
        }
    }

    #[test]
    fn every_name_is_read() {
        for name in Reach::NAMES {
            assert!(name.parse::<Reach>().is_ok(), "{name}");
        }
        assert!("local".parse::<Reach>().is_err());
    }
}
