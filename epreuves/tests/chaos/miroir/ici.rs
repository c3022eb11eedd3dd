//! What an instructeur does here, by the forms of the pages, whatever server answers; and what becomes of their
//! propositions on RDV Service Public.

use crate::plateforme::Plateforme;
use backend::socle::base::Base;
use backend::tables::{miroir, rendez_vous};
use chrono::Duration as Delai;
use domain::ids::DossierNumero;
use epreuves::appels::{self, Agent as Navigateur};
use epreuves::bases::ADMINISTRATEUR;
use sandbox::demarches_simplifiees::{EmbeddedDs, State};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use serde_json::json;
use std::collections::BTreeMap;
use std::ops::Deref;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// How long bookings may take to be heard of, whatever dies meanwhile.
const PATIENCE: Duration = Duration::from_secs(120);

/// How long between two looks at what is known.
const PAUSE: Duration = Duration::from_millis(100);

/// The motifs that are booked in turn, in the sandbox.
const MOTIFS: [i64; 2] = [501, 503];

/// What was done on a dossier in the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fait {
    Propose,
    /// Booked, perhaps moved.
    Pris,
    Annule,
    /// Decided there while it was proposed.
    Decide,
}

/// Somebody who examines the dossiers of the mirror.
#[derive(Clone)]
pub struct Agent {
    navigateur: Navigateur,
    faits: Arc<Mutex<BTreeMap<i64, Fait>>>,
}

impl Deref for Agent {
    type Target = Navigateur;

    fn deref(&self) -> &Navigateur {
        &self.navigateur
    }
}

impl Agent {
    /// Signs in on one of the servers: the session is of all of them.
    pub async fn entrer(racines: Vec<String>) -> Self {
        Self { navigateur: Navigateur::entrer(racines).await, faits: Arc::default() }
    }

    /// What was done, by the number of the dossier there.
    pub fn faits(&self) -> BTreeMap<i64, Fait> {
        self.faits.lock().unwrap().clone()
    }

    fn noter(&self, numero: i64, fait: Fait, compte: &AtomicUsize) {
        self.faits.lock().unwrap().insert(numero, fait);
        compte.fetch_add(1, Ordering::Relaxed);
    }

    /// On the first three quarters a rendez-vous is proposed, on the last one a message is written. Of the propositions, one
    /// in eight is answered by a decision taken there, half are booked; of these a third are moved, and a third cancelled.
    pub async fn agir(
        self,
        base: Base,
        ds: Arc<EmbeddedDs>,
        plateforme: Plateforme,
        suivis: Vec<i64>,
        fait: Arc<AtomicUsize>,
    ) {
        let (base, ds, plateforme, suivis, fait) = (&base, &*ds, &plateforme, &*suivis, &*fait);
        let (proposes, ecrits) = suivis.split_at(suivis.len() / 4 * 3);
        let ici = self.numeros(base).await;
        for numero in ecrits {
            self.ecrire(ici[numero]).await;
            fait.fetch_add(1, Ordering::Relaxed);
        }
        for numero in proposes {
            self.proposer(ici[numero]).await;
            self.noter(*numero, Fait::Propose, fait);
        }
        for numero in proposes.iter().copied().step_by(8) {
            ds.bring_to(numero, State::EnInstruction).unwrap();
            ds.decide(numero, State::Accepte, "Vu sans rendez-vous.", ADMINISTRATEUR).unwrap();
            self.noter(numero, Fait::Decide, fait);
        }
        let pris: Vec<i64> = proposes.iter().copied().skip(1).step_by(2).collect();
        let mut rendez_vous = Vec::new();
        for (rang, numero) in pris.iter().enumerate() {
            rendez_vous.push(self.reserver(plateforme, ds, rang, *numero).await);
            self.noter(*numero, Fait::Pris, fait);
        }
        // What is moved or cancelled was heard of before, so that each change has its message.
        tokio::time::timeout(PATIENCE, tous_pris_ici(base, pris.len() as u64))
            .await
            .expect("all bookings are known");
        for (rang, (numero, rdv)) in pris.iter().zip(rendez_vous).enumerate() {
            match rang % 3 {
                0 => {
                    let debut = debut(plateforme, rang + 7).await;
                    let corps = json!({ "starts_at": debut });
                    plateforme.poster(&format!("/rdvs/{rdv}/reschedule"), &corps).await;
                }
                1 => {
                    plateforme.poster(&format!("/rdvs/{rdv}/cancel"), &json!({})).await;
                    self.noter(*numero, Fait::Annule, fait);
                }
                _ => {}
            }
        }
    }

    /// The numbers of the dossiers here, by those that they have there.
    async fn numeros(&self, base: &Base) -> BTreeMap<i64, DossierNumero> {
        let miroirs = miroir::Entity::find().all(base.lire()).await.unwrap();
        miroirs.into_iter().map(|miroir| (miroir.numero_distant, miroir.dossier)).collect()
    }

    /// « Proposer un rendez-vous » → « Valider »: the same form until it is taken.
    async fn proposer(&self, dossier: DossierNumero) {
        let champs = [
            ("dossier", dossier.to_string()),
            ("complement", format!("Pour le dossier {dossier}.")),
            ("cle", format!("proposer-{dossier}")),
        ];
        appels::reussi(&self.poster("/api/instructeur/proposer", &champs).await);
    }

    /// « Envoyer le message ».
    async fn ecrire(&self, dossier: DossierNumero) {
        let champs = [
            ("dossier", dossier.to_string()),
            ("corps", format!("Un mot sur le dossier {dossier}.")),
            ("cle", format!("ecrire-{dossier}")),
        ];
        appels::reussi(&self.poster("/api/instructeur/ecrire", &champs).await);
    }

    /// The person books; gives the number of the rendez-vous.
    async fn reserver(
        &self,
        plateforme: &Plateforme,
        ds: &EmbeddedDs,
        rang: usize,
        numero: i64,
    ) -> i64 {
        let corps = json!({
            "motif_id": MOTIFS[rang % MOTIFS.len()],
            "starts_at": debut(plateforme, rang).await,
            "email": ds.dossier(numero).unwrap().usager.email,
            "phone_number": "0612345678",
        });
        plateforme.poster("/rdvs", &corps).await["rdv"]["id"].as_i64().unwrap()
    }
}

/// When the rendez-vous of this rank is: in some weeks, each at an hour of its own.
async fn debut(plateforme: &Plateforme, rang: usize) -> String {
    let minutes = Delai::minutes(30 * (rang as i64 % 16));
    let jours = Delai::days(20 + rang as i64 / 16);
    let debut = plateforme.maintenant().await + jours + minutes;
    debut.format("%Y-%m-%dT%H:%M:00Z").to_string()
}

/// As many rendez-vous as that are known, each on a dossier.
async fn tous_pris_ici(base: &Base, attendus: u64) {
    let sur_un_dossier = || rendez_vous::Column::Dossier.is_not_null();
    let connus = || rendez_vous::Entity::find().filter(sur_un_dossier());
    while connus().count(base.lire()).await.unwrap() < attendus {
        tokio::time::sleep(PAUSE).await;
    }
}
