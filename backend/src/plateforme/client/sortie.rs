//! The way out of the network where the application runs, as whoever runs it says it is.

use ipnet::IpNet;
use reqwest::{NoProxy, Proxy};
use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;
use url::Url;

/// What may be asked, beside the public Internet, and by which proxy. By default: nothing, and by none.
#[derive(Debug, Clone, Default)]
pub struct Sortie {
    /// Private networks where an accepted site may be: that of the State, for administrations that are on it.
    pub reseaux: Vec<Reseau>,
    /// The proxy by which requests leave.
    pub mandataire: Option<Mandataire>,
}

/// A private network: `10.12.0.0/16`, `fd00:1::/32`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reseau(IpNet);

/// Networks that belong to nobody on the Internet, and where an administration may have its own servers. Neither this
/// machine nor its neighbours on the link: what answers there was not meant to be asked by others.
const PRIVES: [&str; 5] =
    ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7"];

impl Reseau {
    /// Whether an address is in it, also one of IPv4 written as one of IPv6.
    #[must_use]
    pub fn contient(self, ip: IpAddr) -> bool {
        self.0.contains(&ip.to_canonical())
    }
}

/// Not a private network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a private network")]
pub struct PasPrive;

impl FromStr for Reseau {
    type Err = PasPrive;

    fn from_str(texte: &str) -> Result<Self, PasPrive> {
        let reseau: IpNet = texte.trim().parse().map_err(|_| PasPrive)?;
        let prive = |prive: &&str| prive.parse::<IpNet>().is_ok_and(|p| p.contains(&reseau));
        PRIVES.iter().any(prive).then(|| Self(reseau.trunc())).ok_or(PasPrive)
    }
}

/// A proxy for `https`. Its address may hold a password: it is never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Mandataire {
    adresse: Url,
    sauf: String,
}

impl Mandataire {
    /// The proxy at `adresse` (`http://[user:password@]name:port`), for all sites but those of `sauf`, as `NO_PROXY`
    /// lists them. `None` when it is no such address.
    #[must_use]
    pub fn lire(adresse: &str, sauf: &str) -> Option<Self> {
        // « name:port » is how many write it.
        let entiere =
            if adresse.contains("://") { adresse.to_owned() } else { format!("http://{adresse}") };
        let adresse = Url::parse(&entiere).ok()?;
        let connue = matches!(adresse.scheme(), "http" | "https") && adresse.has_host();
        connue.then(|| Self { adresse, sauf: sauf.to_owned() })
    }

    /// Its name, which must be resolved even when it is on our own network.
    pub(super) fn hote(&self) -> Option<&str> {
        self.adresse.domain()
    }

    /// As requests take it; `None` when it is no address of a proxy.
    #[must_use]
    pub fn proxy(&self) -> Option<Proxy> {
        let proxy = Proxy::https(self.adresse.clone()).ok()?;
        Some(proxy.no_proxy(NoProxy::from_string(&self.sauf)))
    }
}

impl fmt::Debug for Mandataire {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Mandataire")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_private_networks_may_be_opened() {
        for (texte, dedans, dehors) in [
            ("10.12.0.0/16", "10.12.3.4", "10.13.0.1"),
            (" 172.20.1.0/24 ", "172.20.1.9", "172.20.2.9"),
            ("192.168.5.7/32", "192.168.5.7", "192.168.5.8"),
            ("10.0.0.0/8", "::ffff:10.1.2.3", "::ffff:11.0.0.1"),
            ("fd12:3456::/32", "fd12:3456::1", "fd12:3457::1"),
        ] {
            let reseau: Reseau = texte.parse().unwrap();
            assert!(reseau.contient(dedans.parse().unwrap()), "{texte}");
            assert!(!reseau.contient(dehors.parse().unwrap()), "{texte}");
        }
        for refuse in [
            "",
            "10.0.0.1/33",
            "rdv.exemple.fr",
            "0.0.0.0/0",
            "::/0",
            "127.0.0.0/8",
            "::1/128",
            "169.254.0.0/16",
            "fe80::/10",
            "8.8.8.0/24",
            "8.0.0.0/5",
            "10.0.0.0/7",
        ] {
            assert_eq!(refuse.parse::<Reseau>(), Err(PasPrive), "{refuse}");
        }
    }

    #[test]
    fn a_proxy_is_an_address_and_never_shows_its_password() {
        let lu = Mandataire::lire("http://agent:secret@proxy.interne:3128", "").unwrap();
        assert_eq!(lu.hote(), Some("proxy.interne"));
        assert!(lu.proxy().is_some() && !format!("{lu:?}").contains("secret"));
        assert_eq!(
            Mandataire::lire("proxy.interne:3128", "").unwrap().hote(),
            Some("proxy.interne")
        );
        for refuse in ["", "ftp://proxy", "http://", "socks5://proxy:1080"] {
            assert!(Mandataire::lire(refuse, "").is_none(), "{refuse}");
        }
    }
}
