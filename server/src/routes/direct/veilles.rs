//! The streams that are open: as many as there is place for, the oldest make place for new ones.
//!
//! Each holds a connection, hence a file of the process; without a bound a thousand open pages would leave none for the
//! next page, nor for the database.

use domain::ids::CompteId;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tokio_util::sync::CancellationToken;

/// How many one account may have: a window left open on each of a few screens, not all the place.
const PAR_COMPTE: usize = 64;

/// How long nothing more is said of those that make place.
const SILENCE: Duration = Duration::from_secs(60);

/// Those of the process.
#[derive(Debug, Clone)]
pub struct Veilles(Arc<Mutex<Registre>>);

#[derive(Debug)]
struct Registre {
    max: usize,
    /// When it was last said that some made place.
    dit_le: Option<Instant>,
    suivante: u64,
    /// The oldest first.
    ouvertes: BTreeMap<u64, (CompteId, CancellationToken)>,
}

impl Veilles {
    /// `max`: how many at once.
    #[must_use]
    pub fn new(max: usize) -> Self {
        Self(Arc::new(Mutex::new(Registre {
            max,
            dit_le: None,
            suivante: 0,
            ouvertes: BTreeMap::new(),
        })))
    }

    /// Opens one; sends the oldest away when there is no place left.
    #[must_use]
    pub fn ouvrir(&self, compte: CompteId) -> Veille {
        let mut registre = self.registre();
        let siennes = registre.ouvertes.iter().filter(|(_, (qui, _))| *qui == compte);
        let siennes: Vec<u64> = siennes.map(|(numero, _)| *numero).collect();
        if siennes.len() >= PAR_COMPTE {
            registre.congedier(siennes[0], "compte");
        }
        while registre.ouvertes.len() >= registre.max
            && let Some(ancienne) = registre.ouvertes.keys().next().copied()
        {
            registre.congedier(ancienne, "total");
        }
        let numero = registre.suivante;
        registre.suivante += 1;
        let conge = CancellationToken::new();
        registre.ouvertes.insert(numero, (compte, conge.clone()));
        registre.mesurer();
        Veille { veilles: self.clone(), numero, conge }
    }

    fn registre(&self) -> MutexGuard<'_, Registre> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Registre {
    fn congedier(&mut self, numero: u64, raison: &'static str) {
        let Some((_, conge)) = self.ouvertes.remove(&numero) else { return };
        conge.cancel();
        metrics::counter!("direct_congedies_total", "raison" => raison).increment(1);
        // Hundreds may have to go at once: said from time to time, counted each time.
        if self.dit_le.is_none_or(|dit_le| dit_le.elapsed() > SILENCE) {
            self.dit_le = Some(Instant::now());
            tracing::warn!(
                raison,
                max = self.max,
                "the oldest live streams make place for new ones"
            );
        }
    }

    fn mesurer(&self) {
        metrics::gauge!("direct_ouverts").set(self.ouvertes.len() as f64);
    }
}

/// A stream that is open; its place is free once this is dropped.
#[derive(Debug)]
pub struct Veille {
    veilles: Veilles,
    numero: u64,
    /// Cancelled when it must make place.
    pub conge: CancellationToken,
}

impl Drop for Veille {
    fn drop(&mut self) {
        let mut registre = self.veilles.registre();
        registre.ouvertes.remove(&self.numero);
        registre.mesurer();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_make_place_and_those_that_end_leave_it() {
        let veilles = Veilles::new(3);
        let mut ouvertes: Vec<Veille> = (1..=3).map(|n| veilles.ouvrir(CompteId(n))).collect();
        let quatrieme = veilles.ouvrir(CompteId(4));
        let conges: Vec<bool> = ouvertes.iter().map(|v| v.conge.is_cancelled()).collect();
        assert_eq!(conges, [true, false, false]);
        drop(ouvertes.remove(2));
        let _cinquieme = veilles.ouvrir(CompteId(5));
        assert!(!ouvertes[1].conge.is_cancelled() && !quatrieme.conge.is_cancelled());
    }

    #[test]
    fn one_account_does_not_take_the_place_of_all() {
        let veilles = Veilles::new(10 * PAR_COMPTE);
        let autre = veilles.ouvrir(CompteId(1));
        let siennes: Vec<Veille> =
            (0..2 * PAR_COMPTE).map(|_| veilles.ouvrir(CompteId(2))).collect();
        assert!(!autre.conge.is_cancelled());
        assert_eq!(siennes.iter().filter(|v| v.conge.is_cancelled()).count(), PAR_COMPTE);
    }
}
