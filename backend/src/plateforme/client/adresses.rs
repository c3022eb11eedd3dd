//! Where requests may go: never to this machine nor to its network, whatever a name resolves to, but for the networks
//! that were opened on purpose.

use super::sortie::{Reseau, Sortie};
use domain::visio::Origine;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use url::{Host, Url};

/// Whether an address is one of the public Internet.
#[must_use]
pub fn publique(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => publique_v4(ip),
        IpAddr::V6(ip) => publique_v6(ip),
    }
}

fn publique_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    let reservee = ip.is_unspecified()
        || ip.is_loopback()
        || ip.is_private()
        || ip.is_link_local()
        || ip.is_broadcast()
        || ip.is_documentation()
        || ip.is_multicast()
        || a == 0
        // Shared by providers, protocols, benchmarks, the future.
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 198 && (18..20).contains(&b))
        || a >= 240;
    !reservee
}

fn publique_v6(ip: Ipv6Addr) -> bool {
    // IPv4 in disguise: mapped, translated (64:ff9b::/96), 6to4 (2002::/16).
    let s = ip.segments();
    let v4 = |haut: u16, bas: u16| {
        let ([a, b], [c, d]) = (haut.to_be_bytes(), bas.to_be_bytes());
        Ipv4Addr::new(a, b, c, d)
    };
    match s {
        [0, 0, 0, 0, 0, 0xffff, haut, bas] | [0x64, 0xff9b, 0, 0, 0, 0, haut, bas] => {
            publique_v4(v4(haut, bas))
        }
        [0x2002, haut, bas, ..] => publique_v4(v4(haut, bas)),
        // Global unicast, but for documentation and Teredo.
        [0x2001, 0xdb8 | 0, ..] => false,
        [premier, ..] => (0x2000..0x4000).contains(&premier),
    }
}

/// Whether an address may be asked: a public one, or one of a network that was opened.
fn admise(ip: IpAddr, reseaux: &[Reseau]) -> bool {
    publique(ip) || reseaux.iter().any(|reseau| reseau.contient(ip))
}

/// Whether `url`, whose host is a number, may be asked. Names are checked once they are resolved.
#[must_use]
pub(super) fn litterale_admise(url: &Url, locales: bool, reseaux: &[Reseau]) -> bool {
    match url.host() {
        Some(Host::Ipv4(ip)) => locales || admise(ip.into(), reseaux),
        Some(Host::Ipv6(ip)) => locales || admise(ip.into(), reseaux),
        Some(Host::Domain(_)) => true,
        None => false,
    }
}

/// Resolves names, and forgets the addresses that may not be asked.
pub(super) struct Resolveur {
    /// Hosts that may be on this machine, and the proxy.
    locaux: Vec<String>,
    reseaux: Arc<[Reseau]>,
}

impl Resolveur {
    pub(super) fn new(locales: &[Origine], sortie: &Sortie) -> Self {
        let mandataire = sortie.mandataire.as_ref().and_then(|mandataire| mandataire.hote());
        let locaux = locales.iter().map(Origine::hote).chain(mandataire);
        Self {
            locaux: locaux.map(str::to_lowercase).collect(),
            reseaux: sortie.reseaux.clone().into(),
        }
    }
}

impl Resolve for Resolveur {
    fn resolve(&self, nom: Name) -> Resolving {
        let nom = nom.as_str().to_lowercase();
        let local = self.locaux.contains(&nom);
        let reseaux = Arc::clone(&self.reseaux);
        Box::pin(async move {
            let trouvees = tokio::net::lookup_host((nom, 0)).await?;
            let admises: Vec<SocketAddr> =
                trouvees.filter(|adresse| local || admise(adresse.ip(), &reseaux)).collect();
            if admises.is_empty() {
                let raison = "no address for this name that may be asked";
                return Err(io::Error::new(io::ErrorKind::PermissionDenied, raison).into());
            }
            let adresses: Addrs = Box::new(admises.into_iter());
            Ok(adresses)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_inside_a_network_are_never_public() {
        for dedans in [
            "127.0.0.1",
            "127.8.8.8",
            "0.0.0.0",
            "10.0.0.1",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "192.0.0.1",
            "198.18.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "::1",
            "::",
            "fe80::1",
            "fc00::1",
            "fd12::1",
            "ff02::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "64:ff9b::a00:1",
            "2002:7f00:1::",
            "2001:db8::1",
        ] {
            assert!(!publique(dedans.parse().unwrap()), "{dedans}");
        }
        for dehors in ["8.8.8.8", "172.32.0.1", "100.128.0.1", "2a01:e0a::1", "::ffff:8.8.8.8"] {
            assert!(publique(dehors.parse().unwrap()), "{dehors}");
        }
    }
}
