//! What happens on the platform itself, in an order that chance gives: always the same.

use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};
use sandbox::demarches_simplifiees::{
    Civilite, DEMARCHE, DeletedReason, Demandeur, EmbeddedDs, INSTRUCTEUR, NotDone, State,
};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// The label that others put.
pub const AUTRE_ETIQUETTE: &str = "À relire";
/// What passes between two changes: rounds have to see what is in between.
const PAUSE: Duration = Duration::from_millis(5);

pub struct LaBas {
    ds: Arc<EmbeddedDs>,
    dossiers: Vec<i64>,
    hasard: StdRng,
    fait: Arc<AtomicUsize>,
    groupes: Vec<i64>,
    etiquette: i64,
    rang: usize,
}

impl LaBas {
    pub fn new(ds: Arc<EmbeddedDs>, dossiers: Vec<i64>, graine: u64) -> Self {
        let demarche = ds.demarche(DEMARCHE).unwrap();
        let etiquette = demarche.labels.iter().find(|label| label.name == AUTRE_ETIQUETTE);
        Self {
            dossiers,
            hasard: StdRng::seed_from_u64(graine),
            fait: Arc::default(),
            groupes: demarche.groupes.iter().map(|groupe| groupe.id).collect(),
            etiquette: etiquette.unwrap().id,
            rang: 0,
            ds,
        }
    }

    /// Counts what is done there too.
    pub fn compter(mut self, fait: &Arc<AtomicUsize>) -> Self {
        self.fait = Arc::clone(fait);
        self
    }

    /// So many changes of all kinds.
    pub async fn bouger(mut self, combien: usize) {
        let mut refuses = 0;
        for _ in 0..combien {
            let numero = *self.dossiers.choose(&mut self.hasard).unwrap();
            let tirage = self.hasard.random_range(0..100);
            refuses += usize::from(self.changer(numero, tirage).is_err());
            self.passer().await;
        }
        assert!(refuses < combien / 2, "{refuses} of {combien} were refused");
    }

    /// So many changes that take nothing away from a rendez-vous.
    pub async fn parler(mut self, combien: usize) {
        for _ in 0..combien {
            let numero = *self.dossiers.choose(&mut self.hasard).unwrap();
            let tirage = self.hasard.random_range(0..65);
            // Nobody writes on what was decided and put away.
            let _ = self.changer(numero, tirage);
            self.passer().await;
        }
    }

    async fn passer(&mut self) {
        self.fait.fetch_add(1, Ordering::Relaxed);
        tokio::time::sleep(PAUSE).await;
    }

    fn changer(&mut self, numero: i64, tirage: u32) -> Result<(), NotDone> {
        self.rang += 1;
        let rang = self.rang;
        let ds = &self.ds;
        match tirage {
            0..25 => ds.usager_writes(numero, &format!("Une question ({rang}).")).map(drop),
            25..35 => {
                let invite = format!("invite{rang}@exemple.fr");
                ds.guest_writes(numero, &invite, &format!("Une précision ({rang}).")).map(drop)
            }
            35..43 => self.ranger(numero),
            43..50 => self.etiqueter(numero),
            50..58 => {
                let nom = format!("Renommé{rang}");
                ds.rename(numero, Demandeur::physique(Civilite::Mme, "Zoé", &nom))
            }
            58..65 => ds.touch(numero),
            65..73 => ds.bring_to(numero, State::EnInstruction),
            73..80 => ds.decide(numero, self.decision(), "Vu.", INSTRUCTEUR),
            80..84 => ds.hide_by_administration(numero),
            84..87 => ds.hide_by_usager(numero),
            87..92 => ds.restore(numero),
            92..96 => ds.delete(numero, DeletedReason::UserRequest),
            _ => ds
                .instructeur_writes(numero, INSTRUCTEUR, &format!("Réponse ({rang})."), None)
                .map(drop),
        }
    }

    fn decision(&self) -> State {
        [State::Accepte, State::Refuse, State::SansSuite][self.rang % 3]
    }

    /// Gives it to another groupe.
    fn ranger(&mut self, numero: i64) -> Result<(), NotDone> {
        let groupe = *self.groupes.choose(&mut self.hasard).unwrap();
        self.ds.change_groupe(numero, groupe)
    }

    /// Puts the label of others, or takes it off.
    fn etiqueter(&self, numero: i64) -> Result<(), NotDone> {
        if self.ds.labels(numero).iter().any(|nom| nom == AUTRE_ETIQUETTE) {
            self.ds.remove_label(numero, self.etiquette)
        } else {
            self.ds.add_label(numero, self.etiquette)
        }
    }
}
