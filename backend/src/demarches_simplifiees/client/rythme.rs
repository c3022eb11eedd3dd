//! How fast a token is used: never more than the platform allows in a minute, and always with something left for what
//! somebody waits for.
//!
//! A bucket, which fills by itself and never holds more than a twentieth of what a minute allows: whatever minute the
//! platform counts, no more than allowed is asked in it. What nobody waits for leaves half of the bucket to the rest. Two
//! thresholds on one bucket, and its emptying by a 429, are what no library gives.

use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::time::{Instant, sleep};
use url::Url;

/// What part of a minute's requests the bucket holds: the rest is what flows into it in a minute.
const PART: f64 = 1.0 / 20.0;

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Voie {
    /// Somebody waits for it.
    Pressee,
    /// Synchronisations.
    Fond,
}

/// The bucket of one token.
#[derive(Debug)]
pub(super) struct Rythme {
    seau: Mutex<Seau>,
    contenance: f64,
    par_seconde: f64,
}

#[derive(Debug)]
struct Seau {
    niveau: f64,
    a: Instant,
    /// Nothing is asked before.
    ferme_jusqu_a: Instant,
}

impl Rythme {
    fn new(par_minute: u32) -> Self {
        let contenance = (f64::from(par_minute) * PART).max(1.0);
        let par_seconde = (f64::from(par_minute) - contenance).max(1.0) / 60.0;
        let a = Instant::now();
        let seau = Mutex::new(Seau { niveau: contenance, a, ferme_jusqu_a: a });
        Self { seau, contenance, par_seconde }
    }

    fn seau(&self) -> MutexGuard<'_, Seau> {
        self.seau.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until one more request may leave, and counts it.
    pub(super) async fn attendre(&self, voie: Voie) {
        while let Some(attente) = self.prendre(voie) {
            sleep(attente).await;
        }
    }

    /// Takes a request out of the bucket, or says when to come back.
    fn prendre(&self, voie: Voie) -> Option<Duration> {
        let maintenant = Instant::now();
        let mut seau = self.seau();
        if maintenant < seau.ferme_jusqu_a {
            return Some(seau.ferme_jusqu_a - maintenant);
        }
        let coule = maintenant.saturating_duration_since(seau.a).as_secs_f64() * self.par_seconde;
        seau.niveau = (seau.niveau + coule).min(self.contenance);
        seau.a = maintenant;
        let reserve = match voie {
            Voie::Pressee => 0.0,
            Voie::Fond => (self.contenance / 2.0).floor(),
        };
        let manque = reserve + 1.0 - seau.niveau;
        if manque <= 0.0 {
            seau.niveau -= 1.0;
            return None;
        }
        // A little more, so as not to come back just before.
        Some(Duration::from_secs_f64(manque / self.par_seconde) + Duration::from_millis(1))
    }

    /// The platform had enough: nothing is asked of it for this long, whoever waits.
    pub(super) fn suspendre(&self, duree: Duration) {
        let mut seau = self.seau();
        seau.ferme_jusqu_a = seau.ferme_jusqu_a.max(Instant::now() + duree);
        seau.niveau = 0.0;
        seau.a = seau.ferme_jusqu_a;
    }

    /// The platform says how many it still takes: other processes may use the same token.
    pub(super) fn apprendre(&self, restantes: u32) {
        let mut seau = self.seau();
        seau.niveau = seau.niveau.min(f64::from(restantes));
    }
}

/// Those of all tokens, known by their digests. Tokens change once a year: none is forgotten while the process lives.
#[derive(Debug, Clone)]
pub(super) struct Rythmes {
    tous: Arc<Mutex<HashMap<[u8; 32], Arc<Rythme>>>>,
    par_minute: u32,
}

impl Rythmes {
    pub(super) fn new(par_minute: u32) -> Self {
        Self { tous: Arc::default(), par_minute }
    }

    pub(super) fn de(&self, site: &Url, jeton: &str) -> Arc<Rythme> {
        let hache = Sha256::new().chain_update(site.as_str()).chain_update(jeton).finalize();
        let mut tous = self.tous.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(
            tous.entry(hache.into()).or_insert_with(|| Arc::new(Rythme::new(self.par_minute))),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAR_MINUTE: u32 = 400;

    /// When each of `combien` requests could leave.
    async fn departs(rythme: &Rythme, voie: Voie, combien: usize) -> Vec<Instant> {
        let mut departs = Vec::new();
        for _ in 0..combien {
            rythme.attendre(voie).await;
            departs.push(Instant::now());
        }
        departs
    }

    #[tokio::test(start_paused = true)]
    async fn no_minute_has_more_than_allowed_and_a_synchronisation_uses_nearly_all_of_it() {
        for voie in [Voie::Fond, Voie::Pressee] {
            let rythme = Rythme::new(PAR_MINUTE);
            let debut = Instant::now();
            let departs = departs(&rythme, voie, 2_000).await;
            let max = PAR_MINUTE as usize;
            for fenetre in departs.windows(max + 1) {
                assert!(fenetre[max] - fenetre[0] >= Duration::from_secs(60));
            }
            let au_mieux = Duration::from_mins(5);
            assert!(debut.elapsed() < au_mieux.mul_f64(1.1), "{:?}", debut.elapsed());
        }
    }

    #[tokio::test(start_paused = true)]
    async fn what_somebody_waits_for_leaves_at_once_during_a_synchronisation() {
        let rythme = Arc::new(Rythme::new(PAR_MINUTE));
        let fond = Arc::clone(&rythme);
        let synchronisation = tokio::spawn(async move { departs(&fond, Voie::Fond, 5_000).await });
        for _ in 0..20 {
            sleep(Duration::from_secs(17)).await;
            let debut = Instant::now();
            departs(&rythme, Voie::Pressee, 10).await;
            assert!(debut.elapsed() < Duration::from_millis(200), "{:?}", debut.elapsed());
        }
        synchronisation.abort();
    }

    #[tokio::test(start_paused = true)]
    async fn a_platform_that_had_enough_is_left_alone_by_all() {
        let rythme = Rythme::new(PAR_MINUTE);
        let debut = Instant::now();
        rythme.suspendre(Duration::from_secs(42));
        for voie in [Voie::Pressee, Voie::Fond] {
            rythme.attendre(voie).await;
            assert!(debut.elapsed() >= Duration::from_secs(42));
        }
    }

    #[tokio::test(start_paused = true)]
    async fn what_other_processes_used_is_not_used_again() {
        let rythme = Rythme::new(PAR_MINUTE);
        let debut = Instant::now();
        rythme.attendre(Voie::Pressee).await;
        rythme.apprendre(0);
        rythme.attendre(Voie::Pressee).await;
        assert!(debut.elapsed() >= Duration::from_millis(150), "{:?}", debut.elapsed());
    }

    #[test]
    fn a_token_has_one_pace_on_its_site() {
        let rythmes = Rythmes::new(PAR_MINUTE);
        let site = |texte| Url::parse(texte).unwrap();
        let (ici, ailleurs) = (site("https://un.exemple"), site("https://deux.exemple"));
        assert!(Arc::ptr_eq(&rythmes.de(&ici, "a"), &rythmes.clone().de(&ici, "a")));
        assert!(!Arc::ptr_eq(&rythmes.de(&ici, "a"), &rythmes.de(&ici, "b")));
        assert!(!Arc::ptr_eq(&rythmes.de(&ici, "a"), &rythmes.de(&ailleurs, "a")));
    }
}
