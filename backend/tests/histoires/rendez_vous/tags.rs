//! One rule for the tag: what a screen shows, what a list filters and what may be done never disagree.

use crate::outils::corps::{VISIO, avec, corps, personne};
use crate::outils::monde::{AUTRE_DOSSIER, DEMARCHE, DOSSIER, Monde, raconter};
use backend::rendez_vous::propositions::Voulue;
use backend::rendez_vous::rattachements::Lieu;
use backend::rendez_vous::{propositions, rattachements, relances};
use backend::tables::proposition;
use backend::tables::rendez_vous as table;
use backend::{Echec, liste};
use chrono::Duration;
use domain::dossier::Tag;
use domain::ids::{DossierNumero, RendezVousId};
use domain::liste::Filtres;
use domain::proposition::Intention;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use serde_json::json;

const DOSSIERS: [DossierNumero; 2] = [DOSSIER, AUTRE_DOSSIER];

/// How many things happen in a history.
const PAS: u32 = 25;

/// Draws, the same for the same seed.
struct Des(u64);

impl Des {
    /// A number under `faces`.
    fn tirer(&mut self, faces: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % faces
    }

    fn un<T: Copy>(&mut self, parmi: &[T]) -> Option<T> {
        (!parmi.is_empty()).then(|| parmi[self.tirer(parmi.len())])
    }
}

/// What happened so far, as the platform numbers it.
struct Suite<'a> {
    monde: &'a Monde,
    pas: u32,
    rdv: i64,
}

impl Suite<'_> {
    /// A later moment of the same days.
    fn quand(&self) -> String {
        format!(
            "2024-05-{:02} {:02}:{:02}:00 +0200",
            28 + self.pas / 600,
            8 + self.pas / 60,
            self.pas % 60
        )
    }

    /// Tells what becomes of a rendez-vous of the usager of `dossier`.
    async fn dire(&self, rdv: i64, dossier: usize, evenement: &str, statut: &str) {
        let mut dit = corps(VISIO);
        dit["meta"]["event"] = json!(evenement);
        dit["meta"]["timestamp"] = json!(self.quand());
        let data = &mut dit["data"];
        data["id"] = json!(rdv);
        data["status"] = json!(statut);
        let email = [&self.monde.camille.email, &self.monde.jean.email][dossier];
        let qui = personne(7_000 + i64::try_from(dossier).unwrap(), Some(email));
        avec(data, &json!([qui]));
        self.monde.livrer(&dit).await;
    }

    async fn lignes(&self) -> Vec<table::Model> {
        table::Entity::find().all(self.monde.contexte.base.lire()).await.unwrap()
    }

    async fn proposer(&self, dossier: DossierNumero, intention: Intention) -> Result<(), Echec> {
        let (monde, cle) = (self.monde, format!("{}", self.pas));
        let voulue = Voulue { intention, complement: "", cle: cle.as_str().into() };
        monde
            .changer(&monde.instructeur, async |c| {
                propositions::proposer_selon(c, dossier, voulue).await
            })
            .await
    }

    async fn detacher(&self, id: RendezVousId, dossier: DossierNumero) -> Result<(), Echec> {
        let lieu = Lieu::Dossier(dossier);
        self.monde
            .changer(&self.monde.instructeur, async |c| {
                rattachements::detacher(c, id, dossier, lieu).await
            })
            .await
    }

    async fn rattacher(&self, id: RendezVousId, dossier: DossierNumero) -> Result<(), Echec> {
        let numero = dossier.to_string();
        self.monde
            .changer(&self.monde.instructeur, async |c| {
                rattachements::rattacher(c, id, &numero).await
            })
            .await
    }

    /// Withdraws a proposition that may still be withdrawn.
    async fn retirer(&self, dossier: DossierNumero, des: &mut Des) {
        let messages = self.monde.messages(dossier).await;
        let retirables: Vec<_> = messages.iter().filter(|m| m.retirable).map(|m| m.id).collect();
        if let Some(message) = des.un(&retirables) {
            self.monde.retirer(message).await.unwrap();
        }
    }

    /// Time passes for what waits in `dossier` alone; gives how many expired.
    async fn laisser_expirer(&self, dossier: DossierNumero) -> usize {
        let base = &self.monde.contexte.base;
        let depuis = self.monde.maintenant() - Duration::days(31);
        proposition::Entity::update_many()
            .set(proposition::ActiveModel {
                attend_depuis: Set(Some(depuis)),
                a_revoir_le: Set(None),
                ..Default::default()
            })
            .filter(proposition::Column::Dossier.eq(dossier))
            .exec(base.lire())
            .await
            .unwrap();
        relances::passer(base, self.monde.maintenant()).await.unwrap().expirees
    }

    /// Lets something happen. Gives what, for the one who reads a failure.
    async fn avancer(&mut self, des: &mut Des) -> String {
        self.pas += 1;
        self.monde.le(&self.quand());
        let place = des.tirer(2);
        let dossier = DOSSIERS[place];
        let lignes = self.lignes().await;
        let ligne = (!lignes.is_empty()).then(|| lignes[des.tirer(lignes.len())].clone());
        match (des.tirer(14), ligne) {
            (12..=13, _) => {
                let expirees = self.laisser_expirer(dossier).await;
                format!("let {expirees} of {dossier} expire")
            }
            (0..=2, _) => {
                let intention = Intention::TOUTES[des.tirer(Intention::TOUTES.len())];
                let issue = self.proposer(dossier, intention).await.map_err(|e| e.to_string());
                format!("propose {dossier} {intention:?}: {issue:?}")
            }
            (3..=4, _) => {
                self.retirer(dossier, des).await;
                format!("withdraw {dossier}")
            }
            (5..=6, _) => {
                self.rdv += 1;
                self.dire(self.rdv, place, "created", "unknown").await;
                format!("book {} for {dossier}", self.rdv)
            }
            (7..=8, Some(ligne)) => {
                let dit = des.un(&[
                    ("updated", "excused"),
                    ("updated", "revoked"),
                    ("updated", "unknown"),
                    ("updated", "seen"),
                    ("destroyed", "unknown"),
                ]);
                let (evenement, statut) = dit.unwrap();
                self.dire(ligne.rdv.0, place, evenement, statut).await;
                format!("{evenement} {statut} {}", ligne.rdv)
            }
            (9..=10, Some(ligne)) => match ligne.dossier {
                Some(sien) => {
                    let issue = self.detacher(ligne.id, sien).await.map_err(|e| e.to_string());
                    format!("detach {} from {sien}: {issue:?}", ligne.rdv)
                }
                None => {
                    let issue = self.rattacher(ligne.id, dossier).await.map_err(|e| e.to_string());
                    format!("attach {} to {dossier}: {issue:?}", ligne.rdv)
                }
            },
            _ => "nothing".to_owned(),
        }
    }
}

/// Each filter lists exactly the dossiers that show its tag, and a first proposition is taken exactly where none waits
/// and nobody is expected.
async fn verifier(suite: &Suite<'_>, histoire: &[String]) {
    let monde = suite.monde;
    let db = monde.contexte.base.lire();
    let mut montres = Vec::new();
    for dossier in DOSSIERS {
        montres.push((dossier, monde.tag(dossier).await));
    }
    for voulu in [Tag::RdvPropose, Tag::RdvPris, Tag::RdvAnnule] {
        let filtres = Filtres { tag: Some(voulu), ..Filtres::default() };
        let lue = liste::lire(db, &monde.instructeur, DEMARCHE, filtres, monde.maintenant());
        let mut listes: Vec<DossierNumero> =
            lue.await.unwrap().dossiers.lignes.iter().map(|ligne| ligne.numero).collect();
        listes.sort_unstable();
        let mut attendus: Vec<DossierNumero> = montres
            .iter()
            .filter(|(_, montre)| *montre == Some(voulu))
            .map(|(numero, _)| *numero)
            .collect();
        attendus.sort_unstable();
        assert_eq!(listes, attendus, "{voulu:?} after {histoire:#?}");
    }
    let tous =
        liste::lire(db, &monde.instructeur, DEMARCHE, Filtres::default(), monde.maintenant());
    let tous = tous.await.unwrap().dossiers.lignes.into_iter();
    let montres_sans_reponse: Vec<_> =
        tous.filter(|ligne| ligne.sans_reponse).map(|ligne| ligne.numero).collect();
    let filtres = Filtres { sans_reponse: true, ..Filtres::default() };
    let lue = liste::lire(db, &monde.instructeur, DEMARCHE, filtres, monde.maintenant());
    let lue = lue.await.unwrap().dossiers.lignes.into_iter();
    let listes: Vec<DossierNumero> = lue.map(|ligne| ligne.numero).collect();
    assert_eq!(listes, montres_sans_reponse, "without an answer, after {histoire:#?}");
    for (numero, montre) in montres {
        // Tried only: it is dropped.
        let essai = monde.contexte.commencer(&monde.instructeur).await.unwrap();
        let libre = propositions::proposer(&essai, numero, "", "essai".into()).await;
        let permis = !matches!(montre, Some(Tag::RdvPropose | Tag::RdvPris));
        assert_eq!(libre.is_ok(), permis, "{libre:?}, {montre:?} of {numero} after {histoire:#?}");
    }
}

#[tokio::test]
async fn a_proposition_that_waits_again_is_told_though_a_later_one_was_withdrawn() {
    raconter(async |monde: Monde| {
        let mut suite = Suite { monde: &monde, pas: 0, rdv: 500 };
        let mut des = Des(1);
        suite.proposer(DOSSIER, Intention::Premiere).await.unwrap();
        suite.dire(500, 0, "created", "unknown").await;
        assert_eq!(monde.tag(DOSSIER).await, Some(Tag::RdvPris));
        suite.pas = 1;
        suite.dire(500, 0, "updated", "excused").await;
        assert_eq!(monde.tag(DOSSIER).await, Some(Tag::RdvAnnule));
        suite.proposer(DOSSIER, Intention::Premiere).await.unwrap();
        suite.retirer(DOSSIER, &mut des).await;
        assert_eq!(monde.tag(DOSSIER).await, Some(Tag::RdvAnnule));
        suite.detacher(suite.lignes().await[0].id, DOSSIER).await.unwrap();
        assert_eq!(monde.tag(DOSSIER).await, Some(Tag::RdvPropose), "the first one waits again");
        verifier(&suite, &[]).await;
    })
    .await;
}

#[tokio::test]
async fn after_any_history_each_filter_lists_exactly_the_dossiers_that_show_its_tag() {
    for graine in [3, 17] {
        raconter(async |monde: Monde| {
            let mut suite = Suite { monde: &monde, pas: 0, rdv: 1_000 };
            let (mut des, mut histoire) = (Des(graine), Vec::new());
            for _ in 0..PAS {
                histoire.push(suite.avancer(&mut des).await);
                verifier(&suite, &histoire).await;
            }
        })
        .await;
    }
}
