//! The windows that are open: found by what they show and by whose they are; as many as there is place for, the oldest
//! make place for new ones.
//!
//! Each holds a connection, hence a file of the process; without a bound a thousand open pages would leave none for the
//! next page, nor for the database.

use super::file::{File, Fin};
use domain::ids::CompteId;
use domain::sujet::Sujet;
use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::Hash;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How many one account may have: a window left open on each of a few screens, not all the place.
const PAR_COMPTE: usize = 64;

/// How long nothing more is said of those that make place.
const SILENCE: Duration = Duration::from_secs(60);

/// What an open window is known by.
#[derive(Debug)]
pub struct Fenetre {
    /// Whose it is.
    pub compte: CompteId,
    /// Digest of the token of their session.
    pub session: String,
    /// What it shows.
    pub sujets: Box<[Sujet]>,
    /// What waits to be sent to it.
    pub file: File,
}

/// Those of the process.
#[derive(Debug, Clone)]
pub struct Fenetres(Arc<Mutex<Registre>>);

#[derive(Debug)]
struct Registre {
    max: usize,
    /// When it was last said that some made place.
    dit_le: Option<Instant>,
    suivante: u64,
    /// The oldest first.
    ouvertes: BTreeMap<u64, Arc<Fenetre>>,
    par_sujet: HashMap<Sujet, BTreeSet<u64>>,
    par_compte: HashMap<CompteId, BTreeSet<u64>>,
}

impl Fenetres {
    /// `max`: how many at once.
    #[must_use]
    pub fn new(max: usize) -> Self {
        Self(Arc::new(Mutex::new(Registre {
            max,
            dit_le: None,
            suivante: 0,
            ouvertes: BTreeMap::new(),
            par_sujet: HashMap::new(),
            par_compte: HashMap::new(),
        })))
    }

    /// Opens one; sends the oldest away when there is no place left.
    #[must_use]
    pub fn ouvrir(&self, compte: CompteId, session: String, sujets: Vec<Sujet>) -> Ouverte {
        let mut registre = self.registre();
        let siennes = registre.par_compte.get(&compte);
        if let Some(siennes) = siennes.filter(|siennes| siennes.len() >= PAR_COMPTE)
            && let Some(ancienne) = siennes.first().copied()
        {
            registre.congedier(ancienne, "compte");
        }
        while registre.ouvertes.len() >= registre.max
            && let Some(ancienne) = registre.ouvertes.keys().next().copied()
        {
            registre.congedier(ancienne, "total");
        }
        let fenetre = Fenetre { compte, session, sujets: sujets.into(), file: File::default() };
        let fenetre = Arc::new(fenetre);
        let numero = registre.inscrire(Arc::clone(&fenetre));
        Ouverte { fenetres: self.clone(), numero, fenetre }
    }

    /// Those that show a topic.
    #[must_use]
    pub fn sur(&self, sujet: Sujet) -> Vec<Arc<Fenetre>> {
        let registre = self.registre();
        registre.celles(registre.par_sujet.get(&sujet))
    }

    /// Those of an account.
    #[must_use]
    pub fn de(&self, compte: CompteId) -> Vec<Arc<Fenetre>> {
        let registre = self.registre();
        registre.celles(registre.par_compte.get(&compte))
    }

    /// All.
    #[must_use]
    pub fn toutes(&self) -> Vec<Arc<Fenetre>> {
        self.registre().ouvertes.values().cloned().collect()
    }

    fn registre(&self) -> MutexGuard<'_, Registre> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Registre {
    fn inscrire(&mut self, fenetre: Arc<Fenetre>) -> u64 {
        let numero = self.suivante;
        self.suivante += 1;
        for sujet in &fenetre.sujets {
            self.par_sujet.entry(*sujet).or_default().insert(numero);
        }
        self.par_compte.entry(fenetre.compte).or_default().insert(numero);
        self.ouvertes.insert(numero, fenetre);
        self.mesurer();
        numero
    }

    fn rayer(&mut self, numero: u64) -> Option<Arc<Fenetre>> {
        let fenetre = self.ouvertes.remove(&numero)?;
        for sujet in &fenetre.sujets {
            oter(&mut self.par_sujet, *sujet, numero);
        }
        oter(&mut self.par_compte, fenetre.compte, numero);
        self.mesurer();
        Some(fenetre)
    }

    fn congedier(&mut self, numero: u64, raison: &'static str) {
        let Some(fenetre) = self.rayer(numero) else { return };
        fenetre.file.finir(Fin::Place);
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

    fn celles(&self, numeros: Option<&BTreeSet<u64>>) -> Vec<Arc<Fenetre>> {
        let numeros = numeros.into_iter().flatten();
        numeros.filter_map(|numero| self.ouvertes.get(numero).cloned()).collect()
    }

    fn mesurer(&self) {
        metrics::gauge!("direct_ouverts").set(self.ouvertes.len() as f64);
    }
}

/// Takes a window off an index, and its entry with the last one.
fn oter<K: Eq + Hash>(index: &mut HashMap<K, BTreeSet<u64>>, cle: K, numero: u64) {
    if let Entry::Occupied(mut entree) = index.entry(cle) {
        entree.get_mut().remove(&numero);
        if entree.get().is_empty() {
            entree.remove();
        }
    }
}

/// A window that is open; its place is free once this is dropped.
#[derive(Debug)]
pub struct Ouverte {
    fenetres: Fenetres,
    numero: u64,
    /// What it is known by.
    pub fenetre: Arc<Fenetre>,
}

impl Drop for Ouverte {
    fn drop(&mut self) {
        self.fenetres.registre().rayer(self.numero);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::routes::direct::file::Suivant;
    use domain::ids::DossierNumero;
    use futures_util::FutureExt;

    fn ouvrir(fenetres: &Fenetres, compte: i64, sujets: &[Sujet]) -> Ouverte {
        fenetres.ouvrir(CompteId(compte), format!("session {compte}"), sujets.to_vec())
    }

    fn congediee(ouverte: &Ouverte) -> bool {
        ouverte.fenetre.file.suivant().now_or_never() == Some(Suivant::Fin(Fin::Place))
    }

    #[test]
    fn the_oldest_make_place_and_those_that_end_leave_it() {
        let fenetres = Fenetres::new(3);
        let mut ouvertes: Vec<Ouverte> = (1..=3).map(|n| ouvrir(&fenetres, n, &[])).collect();
        let quatrieme = ouvrir(&fenetres, 4, &[]);
        let conges: Vec<bool> = ouvertes.iter().map(congediee).collect();
        assert_eq!(conges, [true, false, false]);
        drop(ouvertes.remove(2));
        let _cinquieme = ouvrir(&fenetres, 5, &[]);
        assert!(!congediee(&ouvertes[1]) && !congediee(&quatrieme));
    }

    #[test]
    fn one_account_does_not_take_the_place_of_all() {
        let fenetres = Fenetres::new(10 * PAR_COMPTE);
        let autre = ouvrir(&fenetres, 1, &[]);
        let siennes: Vec<Ouverte> =
            (0..2 * PAR_COMPTE).map(|_| ouvrir(&fenetres, 2, &[])).collect();
        assert!(!congediee(&autre));
        assert_eq!(siennes.iter().filter(|ouverte| congediee(ouverte)).count(), PAR_COMPTE);
    }

    #[test]
    fn they_are_found_by_what_they_show_as_long_as_they_are_open() {
        let fenetres = Fenetres::new(10);
        let [un, deux] = [1, 2].map(|n| Sujet::Dossier(DossierNumero(n)));
        let premiere = ouvrir(&fenetres, 1, &[un, deux]);
        let seconde = ouvrir(&fenetres, 2, &[deux]);
        let comptes = |fenetres: Vec<Arc<Fenetre>>| -> Vec<i64> {
            fenetres.iter().map(|fenetre| fenetre.compte.0).collect()
        };
        assert_eq!(comptes(fenetres.sur(un)), [1]);
        assert_eq!(comptes(fenetres.sur(deux)), [1, 2]);
        drop(premiere);
        assert_eq!(comptes(fenetres.sur(un)), [0_i64; 0]);
        assert_eq!(comptes(fenetres.sur(deux)), [2]);
        assert_eq!(comptes(fenetres.de(CompteId(1))), [0_i64; 0]);
        drop(seconde);
        let registre = fenetres.registre();
        assert!(registre.par_sujet.is_empty() && registre.par_compte.is_empty());
    }
}
