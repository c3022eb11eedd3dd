//! Tries that are slowed down: a few at once, then one from time to time. Kept in the memory of the process, by digests
//! of whom and where, and forgotten as soon as they no longer count.

use chrono::{DateTime, Utc};
use domain::Erreur;
use governor::clock::Clock;
use governor::middleware::NoOpMiddleware;
use governor::nanos::Nanos;
use governor::state::StateStore;
use governor::{Quota, RateLimiter};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::fmt;
use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Regle {
    /// Its name in the metrics.
    pub(crate) nom: &'static str,
    /// How many at once.
    pub(crate) d_un_coup: NonZeroU32,
    /// One more after each of these, in seconds.
    pub(crate) periode: u64,
}

impl Regle {
    /// The rule `nom`: `d_un_coup` tries at once, then one every `periode` seconds. Neither is zero.
    pub(crate) const fn new(nom: &'static str, d_un_coup: u32, periode: u64) -> Self {
        let (Some(d_un_coup), true) = (NonZeroU32::new(d_un_coup), periode > 0) else {
            panic!("a rule lets something be tried, sometimes")
        };
        Self { nom, d_un_coup, periode }
    }

    const fn periode(&self) -> Duration {
        Duration::from_secs(self.periode)
    }

    fn quota(&self) -> Quota {
        let periode = Quota::with_period(self.periode());
        // `Regle::new` takes no period of zero.
        periode.unwrap_or(Quota::per_second(self.d_un_coup)).allow_burst(self.d_un_coup)
    }
}

/// A try that counts: given back when it was a right one.
#[derive(Debug)]
#[must_use]
pub struct Tentative(Vec<(Cle, Duration)>);

type Cle = [u8; 16];

/// The arithmetic is the library's, the memory and the time are ours: what was right is given back, the whole is bounded,
/// a test decides of the time.
type Limiteur = RateLimiter<Cle, Memoire, Heure, NoOpMiddleware<Duration>>;

/// Those of a process.
#[derive(Clone, Default)]
pub struct Tentatives(Arc<Mutex<Registre>>);

#[derive(Default)]
struct Registre {
    memoire: Memoire,
    limiteurs: HashMap<&'static str, Limiteur>,
}

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
    pub fn faire(
        &self,
        regles: &[(Regle, &[&str])],
        maintenant: DateTime<Utc>,
    ) -> Result<Tentative, Erreur> {
        let mut registre = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let maintenant = depuis_l_origine(maintenant);
        let mut faite = Tentative(Vec::new());
        for (regle, sujet) in regles {
            let cle = cle(regle.nom, sujet);
            if let Err(attente) = registre.essayer(*regle, &cle, maintenant) {
                registre.memoire.rendre(&faite);
                metrics::counter!("tentatives_refusees_total", "regle" => regle.nom).increment(1);
                let secondes = attente.as_secs().saturating_add(1);
                return Err(Erreur::TropVite {
                    secondes: u32::try_from(secondes).unwrap_or(u32::MAX),
                });
            }
            faite.0.push((cle, regle.periode()));
        }
        registre.memoire.faire_de_la_place(maintenant);
        Ok(faite)
    }

    /// The same under one rule, for what counts whatever comes of it.
    ///
    /// # Errors
    /// [`Erreur::TropVite`].
    pub fn compter(
        &self,
        regle: Regle,
        sujet: &[&str],
        maintenant: DateTime<Utc>,
    ) -> Result<(), Erreur> {
        self.faire(&[(regle, sujet)], maintenant).map(drop)
    }

    /// It was a right one: it does not count.
    pub fn rendre(&self, tentative: Tentative) {
        let registre = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        registre.memoire.rendre(&tentative);
        drop(tentative);
    }
}

impl Registre {
    /// Counts a try, or says how long to wait.
    fn essayer(&mut self, regle: Regle, cle: &Cle, maintenant: Duration) -> Result<(), Duration> {
        let limiteur = self.limiteurs.entry(regle.nom).or_insert_with(|| {
            // It counts from where its clock is when it is made: the origin of all.
            RateLimiter::new(regle.quota(), self.memoire.clone(), Heure::default())
        });
        limiteur.clock().mettre(maintenant);
        limiteur.check_key(cle).map_err(|refus| refus.wait_time_from(maintenant))
    }
}

/// The time of whoever tries.
#[derive(Debug, Default)]
struct Heure(AtomicU64);

impl Heure {
    fn mettre(&self, maintenant: Duration) {
        self.0.store(Nanos::from(maintenant).as_u64(), Ordering::Relaxed);
    }
}

impl Clock for Heure {
    type Instant = Duration;

    fn now(&self) -> Duration {
        Duration::from_nanos(self.0.load(Ordering::Relaxed))
    }
}

/// No clock of ours is before 1970.
fn depuis_l_origine(instant: DateTime<Utc>) -> Duration {
    instant.signed_duration_since(DateTime::UNIX_EPOCH).to_std().unwrap_or_default()
}

/// For each subject, the moment when all its tries would be forgotten.
#[derive(Clone, Default)]
struct Memoire(Arc<Mutex<HashMap<Cle, Nanos>>>);

impl StateStore for Memoire {
    type Key = Cle;

    fn measure_and_replace<T, F, E>(&self, cle: &Cle, mesurer: F) -> Result<T, E>
    where
        F: Fn(Option<Nanos>) -> Result<(T, Nanos), E>,
    {
        let mut fins = self.fins();
        let (issue, fin) = mesurer(fins.get(cle).copied())?;
        fins.insert(*cle, fin);
        Ok(issue)
    }
}

impl Memoire {
    fn fins(&self) -> MutexGuard<'_, HashMap<Cle, Nanos>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn rendre(&self, tentative: &Tentative) {
        let mut fins = self.fins();
        for (cle, periode) in &tentative.0 {
            if let Some(fin) = fins.get_mut(cle) {
                *fin = fin.saturating_sub((*periode).into());
            }
        }
    }

    fn faire_de_la_place(&self, maintenant: Duration) {
        let mut fins = self.fins();
        if fins.len() <= MEMOIRE {
            return;
        }
        let maintenant = Nanos::from(maintenant);
        fins.retain(|_, fin| *fin > maintenant);
        if fins.len() > MEMOIRE {
            tracing::warn!("too many tries to be remembered: they are forgotten");
            fins.clear();
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

    const REGLE: Regle = Regle::new("essai", 3, 10);

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
        let large = Regle::new("large", 4, 10);
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
    fn what_is_remembered_is_bounded() {
        let tentatives = Tentatives::default();
        for qui in 0..MEMOIRE + 2 {
            tentatives.compter(REGLE, &[&qui.to_string()], a(0)).unwrap();
        }
        let retenues = || tentatives.0.lock().unwrap().memoire.fins().len();
        assert!(retenues() <= MEMOIRE, "{}", retenues());
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
