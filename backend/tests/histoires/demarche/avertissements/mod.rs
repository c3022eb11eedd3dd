//! What instructeurs are told of, how fast, and their summaries.

mod choix;
mod recapitulatifs;

use crate::dossier::avis;
use crate::outils::corps::{VISIO, corps, modifie};
use crate::outils::monde::{DEMARCHE, DOSSIER, Monde, instant};
use backend::courriels::boite;
use backend::demarche::avertissements::{gestion, recapitulatifs as passages};
use backend::dossier::usager::depots::{self, Origine};
use backend::dossier::usager::formulaires::{self, Saisies};
use backend::messagerie::ecriture::{self, Envoi};
use backend::tables::{agenda, compte_rdv, courriel, demarche};
use domain::avertissement::{Avertissement, Rythme};
use domain::ids::DossierNumero;
use domain::role::Acteur;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};

const TOM: &str = "tom.instructeur@exemple.gouv.fr";

/// A rendez-vous in December, as it was booked.
fn pris() -> Value {
    let mut corps = corps(VISIO);
    let data = &mut corps["data"];
    (data["starts_at"], data["ends_at"]) =
        (json!("2024-12-10 15:30:00 +0100"), json!("2024-12-10 16:00:00 +0100"));
    corps
}

/// The same, changed at `quand`.
fn change(quand: &str, changer: impl FnOnce(&mut Value)) -> Value {
    let mut corps = modifie(VISIO, quand, changer);
    if corps["data"]["starts_at"] == json!("2024-06-07 15:30:00 +0200") {
        corps["data"]["starts_at"] = json!("2024-12-10 15:30:00 +0100");
        corps["data"]["ends_at"] = json!("2024-12-10 16:00:00 +0100");
    }
    corps
}

impl Monde {
    /// Tom wants to be told of these so.
    async fn choisir(&self, choix: &[(Avertissement, &str)]) {
        let tom = &self.instructeur;
        self.changer(tom, async |c| gestion::enregistrer(c, DEMARCHE, choix).await).await.unwrap();
    }

    /// Of everything.
    async fn tout_choisir(&self, rythme: Rythme) {
        let choix: Vec<_> = Avertissement::TOUS.iter().map(|quoi| (*quoi, rythme.code())).collect();
        self.choisir(&choix).await;
    }

    /// Tom's account is connected to the site of the agenda.
    async fn connecter(&self) {
        let db = self.contexte.base.lire();
        let hote = agenda::Entity::find().one(db).await.unwrap().unwrap().hote;
        let ligne = compte_rdv::ActiveModel {
            compte: Set(self.instructeur.compte),
            hote: Set(hote),
            agent: Set(1_957),
            email: Set(TOM.to_owned()),
            acces_scelle: Set(Some(vec![1])),
            rafraichissement_scelle: Set(None),
            expire_le: Set(self.maintenant()),
            version: Set(1),
            verrou_jusqu_a: Set(None),
            connectee_le: Set(self.maintenant()),
            perdue_le: Set(None),
        };
        compte_rdv::Entity::insert(ligne).exec_without_returning(db).await.unwrap();
    }

    /// Camille writes.
    async fn ecrit(&self, corps: &str) {
        let envoi = Envoi { corps, cle: corps.into(), fichiers: vec![] };
        self.changer(&self.camille, async |c| ecriture::ecrire_usager(c, DOSSIER, envoi).await)
            .await
            .unwrap();
    }

    /// Camille changes her dossier, seen as `version`.
    async fn modifie(&self, version: i32, nom: &str) {
        let saisies =
            Saisies { prenom: "Camille".to_owned(), nom: nom.to_owned(), ..Saisies::default() };
        self.changer(&self.camille, async |c| {
            formulaires::modifier(c, DOSSIER, version, saisies).await
        })
        .await
        .unwrap();
    }

    /// Jean files another dossier.
    async fn depose(&self) -> DossierNumero {
        let db = self.contexte.base.lire();
        let publiee = demarche::ActiveModel {
            publiee_le: Set("2024-01-01".parse().ok()),
            ..Default::default()
        };
        let celle_ci = demarche::Column::Numero.eq(DEMARCHE);
        demarche::Entity::update_many().set(publiee).filter(celle_ci).exec(db).await.unwrap();
        let jean = &self.jean;
        let numero =
            self.changer(jean, async |c| depots::commencer(c, DEMARCHE).await).await.unwrap();
        let origine = Origine { version: 0, cle: "depot".into() };
        let saisies =
            Saisies { prenom: "Jean".to_owned(), nom: "Robert".to_owned(), ..Saisies::default() };
        let problemes = self
            .changer(jean, async |c| depots::deposer(c, numero, origine, saisies).await)
            .await
            .unwrap();
        assert!(problemes.is_empty(), "{problemes:?}");
        numero
    }

    /// Makes the summaries of that moment, and sends what waits; gives how many there are.
    async fn passer(&self, quand: &str) -> usize {
        self.le(quand);
        let combien = passages::passer(&self.contexte).await.unwrap();
        self.courriels().await;
        combien
    }

    /// What somebody got, the oldest first.
    async fn recus(&self, qui: &str) -> Vec<courriel::Model> {
        self.courriels().await;
        let boite = boite::lire(&self.contexte.base).await.unwrap();
        boite.into_iter().rev().filter(|courriel| courriel.destinataire == qui).collect()
    }

    /// What Tom got since the last time he looked.
    async fn nouveaux(&self, deja: &mut usize) -> Vec<courriel::Model> {
        let recus = self.recus(TOM).await.split_off(*deja);
        *deja += recus.len();
        recus
    }
}

/// An expert answers.
async fn un_avis(monde: &Monde) {
    avis::demander_a(monde, avis::EXPERTE, false).await;
    let jeton = avis::jetons(monde, avis::EXPERTE).await.pop().unwrap();
    avis::repondre(monde, &jeton, "Avis favorable").await.unwrap();
}

fn le(texte: &str) -> chrono::DateTime<chrono::Utc> {
    instant(texte)
}

/// Somebody is told of nothing by this page: it is not theirs.
async fn introuvable(monde: &Monde, qui: &Acteur) -> bool {
    let lue = gestion::lire(monde.contexte.base.lire(), qui, DEMARCHE).await;
    matches!(lue, Err(backend::Echec::Metier(domain::Erreur::Introuvable)))
}
