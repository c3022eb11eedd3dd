//! Tries that are slowed down: a few at once, then one from time to time. Kept in the memory of the process, by digests
//! of whom and where, and forgotten as soon as they no longer count.

use chrono::{DateTime, Duration, Utc};
use domain::Erreur;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::fmt;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, PoisonError};

/// How many are remembered.
const MEMOIRE: usize = 200_000;

/// The network that somebody speaks from: an address of IPv4, or what one subscriber has of IPv6.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Reseau(IpAddr);

impl From<IpAddr> for Reseau {
    fn from(adresse: IpAddr) -> Self {
        Self(match adresse.to_canonical() {
            IpAddr::V6(v6) => {
                let [a, b, c, d, ..] = v6.segments();
                IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
            }
            v4 => v4,
        })
    }
}

impl fmt::Display for Reseau {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// How many tries may be made.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Regle {
    /// Its name in the metrics.
    pub(crate) nom: &'static str,
    /// How many at once.
    pub(crate) d_un_coup: i32,
    /// One more after each of these, in seconds.
    pub(crate) periode: i64,
}

/// A try that counts: given back when it was a right one.
#[derive(Debug)]
#[must_use]
pub(crate) struct Tentative(Vec<(Cle, Duration)>);

type Cle = [u8; 16];

/// Those of a process.
#[derive(Clone, Default)]
pub struct Tentatives(Arc<Mutex<HashMap<Cle, DateTime<Utc>>>>);

impl fmt::Debug for Tentatives {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Tentatives")
    }
}

impl Tentatives {
    /// Makes a try under each of these rules, whose subjects are compared; none counts when one refuses it.
    ///
    /// # Errors
    /// [`Erreur::TropVite`].
    pub(crate) fn faire(
        &self,
        regles: &[(Regle, &[&str])],
        maintenant: DateTime<Utc>,
    ) -> Result<Tentative, Erreur> {
        let mut fins = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut faites = Vec::new();
        for (regle, sujet) in regles {
            let (cle, periode) = (cle(regle.nom, sujet), Duration::seconds(regle.periode));
            // The moment when all of them would be forgotten.
            let fin = fins.get(&cle).copied().unwrap_or(maintenant).max(maintenant);
            let attente = fin - maintenant - periode * (regle.d_un_coup - 1);
            if attente > Duration::zero() {
                metrics::counter!("tentatives_refusees_total", "regle" => regle.nom).increment(1);
                let secondes = attente.num_milliseconds().div_euclid(1_000) + 1;
                return Err(Erreur::TropVite {
                    secondes: u32::try_from(secondes).unwrap_or(u32::MAX),
                });
            }
            faites.push((cle, periode, fin + periode));
        }
        if fins.len() + faites.len() > MEMOIRE {
            fins.retain(|_, fin| *fin > maintenant);
            if fins.len() + faites.len() > MEMOIRE {
                tracing::warn!("too many tries to be remembered: they are forgotten");
                fins.clear();
            }
        }
        fins.extend(faites.iter().map(|(cle, _, fin)| (*cle, *fin)));
        Ok(Tentative(faites.into_iter().map(|(cle, periode, _)| (cle, periode)).collect()))
    }

    /// It was a right one: it does not count.
    pub(crate) fn rendre(&self, tentative: Tentative) {
        let mut fins = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for (cle, periode) in tentative.0 {
            if let Some(fin) = fins.get_mut(&cle) {
                *fin -= periode;
            }
        }
    }
}

/// Of whom and where, only a digest is kept.
fn cle(regle: &str, sujet: &[&str]) -> Cle {
    let mut digest = Sha256::new_with_prefix(regle);
    for partie in sujet {
        digest.update([0]);
        digest.update(partie);
    }
    let mut cle = Cle::default();
    cle.copy_from_slice(&digest.finalize()[..16]);
    cle
}

#[cfg(test)]
mod tests {
    use super::*;

    const REGLE: Regle = Regle { nom: "essai", d_un_coup: 3, periode: 10 };

    fn a(seconde: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_700_000_000 + seconde, 0).unwrap()
    }

    #[test]
    fn a_few_at_once_then_one_from_time_to_time_and_the_wait_is_said() {
        let tentatives = Tentatives::default();
        let essayer = |qui: &str, t| tentatives.faire(&[(REGLE, &[qui])], a(t)).map(drop);
        for _ in 0..3 {
            essayer("camille", 0).unwrap();
        }
        let Err(Erreur::TropVite { secondes }) = essayer("camille", 0) else { panic!("too many") };
        assert!((10..=11).contains(&secondes), "{secondes}");
        essayer("jean", 0).unwrap();
        assert!(essayer("camille", 9).is_err());
        essayer("camille", i64::from(secondes)).unwrap();
        assert!(essayer("camille", i64::from(secondes)).is_err());
        for _ in 0..3 {
            essayer("camille", 3_600).unwrap();
        }
    }

    #[test]
    fn what_was_right_does_not_count_and_what_one_rule_refuses_counts_for_none() {
        let tentatives = Tentatives::default();
        for _ in 0..20 {
            let faite = tentatives.faire(&[(REGLE, &["camille"])], a(0)).unwrap();
            tentatives.rendre(faite);
        }
        let large = Regle { nom: "large", d_un_coup: 4, periode: 10 };
        let deux: [(Regle, &[&str]); 2] = [(large, &["ici"]), (REGLE, &["jean"])];
        for _ in 0..3 {
            tentatives.faire(&deux, a(0)).map(drop).unwrap();
        }
        for _ in 0..5 {
            assert!(tentatives.faire(&deux, a(0)).is_err());
        }
        tentatives.faire(&deux[..1], a(0)).map(drop).unwrap();
    }

    #[test]
    fn a_network_is_an_address_or_what_one_subscriber_has() {
        let reseau = |texte: &str| Reseau::from(texte.parse::<IpAddr>().unwrap()).to_string();
        assert_eq!(reseau("192.0.2.7"), "192.0.2.7");
        assert_eq!(reseau("::ffff:192.0.2.7"), "192.0.2.7");
        assert_eq!(reseau("2001:db8:1:2:3:4:5:6"), reseau("2001:db8:1:2::1"));
        assert_ne!(reseau("2001:db8:1:2::1"), reseau("2001:db8:1:3::1"));
    }
}
