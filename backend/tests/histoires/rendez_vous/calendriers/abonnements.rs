//! « Suivre mes rendez-vous dans mon agenda ».

use super::{UUID, propriete};
use crate::outils::corps::{VISIO, corps};
use crate::outils::monde::{DEMARCHE, DOSSIER, Monde, raconter};
use backend::Echec;
use backend::acces::tentatives::Reseau;
use backend::rendez_vous::calendriers::{abonnements, flux};
use backend::tables::{abonnement, dossier, instructeur};
use domain::Erreur;
use domain::ids::DemarcheNumero;
use domain::role::Acteur;
use sea_orm::ActiveValue::Set;
use sea_orm::EntityTrait;
use std::net::IpAddr;

impl Monde {
    async fn abonner(&self, qui: &Acteur, demarche: Option<DemarcheNumero>) -> String {
        self.changer(qui, async |c| abonnements::creer(c, demarche).await).await.unwrap()
    }

    async fn flux(&self, secret: &str) -> Result<String, Echec> {
        flux::lire(&self.contexte, secret, None).await
    }
}

fn introuvable(lu: &Result<String, Echec>) -> bool {
    matches!(lu, Err(Echec::Metier(Erreur::Introuvable)))
}

#[tokio::test]
async fn the_feed_of_an_usager_follows_their_rendez_vous_and_forgets_those_cancelled_after_a_day() {
    raconter(async |monde: Monde| {
        let secret = monde.abonner(&monde.camille, None).await;
        assert_eq!(secret.len(), 32);
        let lignes = abonnement::Entity::find().all(monde.contexte.base.lire()).await.unwrap();
        assert!(!format!("{lignes:?}").contains(&secret), "only its digest is kept");
        let vide = monde.flux(&secret).await.unwrap();
        assert!(vide.contains("BEGIN:VCALENDAR") && !vide.contains("VEVENT"));

        monde.proposer(DOSSIER, "a").await.unwrap();
        monde.recevoir(VISIO).await;
        let flux = monde.flux(&secret).await.unwrap();
        assert_eq!(propriete(&flux, "UID").as_deref(), Some(UUID));
        assert_eq!(propriete(&flux, "STATUS").as_deref(), Some("CONFIRMED"));
        assert!(!flux.contains("ORGANIZER"));
        assert_eq!(flux, monde.flux(&secret).await.unwrap(), "the same state, the same octets");

        monde.le("2024-05-30 10:00:00 +0200");
        monde.recevoir("06_rdv_updated_cancelled_by_user_excused").await;
        let annule = monde.flux(&secret).await.unwrap();
        let titre = propriete(&annule, "SUMMARY");
        assert_eq!(titre.as_deref(), Some("Annulé – RDV Suivi de dossier"));
        monde.le("2024-05-31 09:59:59 +0200");
        assert!(monde.flux(&secret).await.unwrap().contains("CANCELLED"));
        monde.le("2024-05-31 10:00:00 +0200");
        assert!(!monde.flux(&secret).await.unwrap().contains("VEVENT"));
    })
    .await;
}

#[tokio::test]
async fn what_is_over_stays_a_month_and_what_is_deleted_goes() {
    raconter(async |monde: Monde| {
        let secret = monde.abonner(&monde.camille, None).await;
        monde.proposer(DOSSIER, "a").await.unwrap();
        monde.recevoir(VISIO).await;
        let supprimer = async |supprime_le| {
            let change = dossier::ActiveModel {
                numero: Set(DOSSIER),
                supprime_le: Set(supprime_le),
                ..Default::default()
            };
            dossier::Entity::update(change).exec(monde.contexte.base.lire()).await.unwrap();
        };
        supprimer(Some(monde.maintenant())).await;
        assert!(!monde.flux(&secret).await.unwrap().contains("VEVENT"));
        supprimer(None).await;
        monde.le("2024-07-07 15:59:00 +0200");
        assert!(monde.flux(&secret).await.unwrap().contains("VEVENT"));
        monde.le("2024-07-07 16:00:00 +0200");
        assert!(!monde.flux(&secret).await.unwrap().contains("VEVENT"));
    })
    .await;
}

#[tokio::test]
async fn the_feed_of_an_instructeur_holds_nothing_of_the_usager_and_empties_when_they_leave() {
    raconter(async |monde: Monde| {
        monde.proposer(DOSSIER, "a").await.unwrap();
        let mut chez_soi = corps("04_rdv_created_home");
        let camille = corps(VISIO);
        for ou in ["users", "participations"] {
            chez_soi["data"][ou] = camille["data"][ou].clone();
        }
        monde.livrer(&chez_soi).await;
        let secret = monde.abonner(&monde.instructeur, Some(DEMARCHE)).await;
        let flux = monde.flux(&secret).await.unwrap();
        assert!(flux.contains("VEVENT") && flux.contains("17606854"), "{flux}");
        let deplie = flux.replace("\r\n ", "");
        for personnel in ["Ardennes", "amille", "MARTIN", "612345678", "ORGANIZER"] {
            assert!(!deplie.contains(personnel), "{personnel}");
        }
        let ailleurs = monde.abonner(&monde.instructeur_ailleurs, Some(DEMARCHE)).await;
        assert!(!monde.flux(&ailleurs).await.unwrap().contains("VEVENT"), "another groupe");
        let usager =
            async |c: &backend::Changement<'_>| abonnements::creer(c, Some(DEMARCHE)).await;
        let refus = monde.changer(&monde.camille, usager).await;
        assert!(introuvable(&refus), "{refus:?}");

        let base = monde.contexte.base.lire();
        let le_dossier = dossier::Entity::find_by_id(DOSSIER).one(base).await.unwrap().unwrap();
        let cle = (le_dossier.groupe, monde.instructeur.compte);
        instructeur::Entity::delete_by_id(cle).exec(base).await.unwrap();
        let parti = monde.flux(&secret).await.unwrap();
        assert!(parti.contains("BEGIN:VCALENDAR") && !parti.contains("VEVENT"));
        assert!(!parti.contains("Intitulé"), "nothing of the démarche either");
    })
    .await;
}

#[tokio::test]
async fn a_new_address_ends_the_one_before_and_a_deleted_one_is_as_if_it_never_was() {
    raconter(async |monde: Monde| {
        let premiere = monde.abonner(&monde.camille, None).await;
        let vue = async || {
            let db = monde.contexte.base.lire();
            abonnements::lire(db, &monde.camille, None).await.unwrap().actif
        };
        assert_eq!(vue().await.unwrap().utilise_le, None);
        monde.flux(&premiere).await.unwrap();
        let lue = vue().await.unwrap().utilise_le.unwrap();
        assert_eq!(lue.to_string(), "2024-05-27 16:44:00");
        monde.le("2024-05-27 17:43:00 +0200");
        monde.flux(&premiere).await.unwrap();
        assert_eq!(vue().await.unwrap().utilise_le, Some(lue), "to the hour");
        monde.le("2024-05-27 17:45:00 +0200");
        monde.flux(&premiere).await.unwrap();
        assert_ne!(vue().await.unwrap().utilise_le, Some(lue));

        let seconde = monde.abonner(&monde.camille, None).await;
        assert!(introuvable(&monde.flux(&premiere).await));
        assert!(monde.flux(&seconde).await.is_ok());
        monde.abonner(&monde.instructeur, Some(DEMARCHE)).await;
        monde
            .changer(&monde.camille, async |c| abonnements::supprimer(c, None).await)
            .await
            .unwrap();
        assert!(introuvable(&monde.flux(&seconde).await));
        assert!(introuvable(&monde.flux("").await) && introuvable(&monde.flux("0").await));
        assert_eq!(vue().await, None);
        let restent = abonnement::Entity::find().all(monde.contexte.base.lire()).await.unwrap();
        assert_eq!(restent.len(), 1, "that of the instructeur");
    })
    .await;
}

#[tokio::test]
async fn addresses_that_are_nobody_s_are_slowed_down_and_those_that_are_somebody_s_are_not() {
    raconter(async |monde: Monde| {
        let secret = monde.abonner(&monde.camille, None).await;
        let ici = |texte: &str| Some(Reseau::from(texte.parse::<IpAddr>().unwrap()));
        let lire = async |secret: &str, d_ou| flux::lire(&monde.contexte, secret, ici(d_ou)).await;
        for _ in 0..40 {
            lire(&secret, "192.0.2.1").await.unwrap();
        }
        let mut refus = Vec::new();
        for rang in 0..40 {
            refus.push(lire(&format!("{rang:032x}"), "192.0.2.2").await);
        }
        assert!(introuvable(&refus[0]) && introuvable(&refus[29]));
        let trop_vite =
            |lu: &Result<String, Echec>| matches!(lu, Err(Echec::Metier(Erreur::TropVite { .. })));
        assert!(refus[30..].iter().all(trop_vite));
        lire(&secret, "192.0.2.3").await.unwrap();
        // Somebody's own calendar does not come without end either.
        let mut lus = Vec::new();
        for _ in 0..40 {
            lus.push(lire(&secret, "192.0.2.1").await);
        }
        assert!(trop_vite(lus.last().unwrap()));
    })
    .await;
}

#[tokio::test]
async fn a_feed_that_no_calendar_reads_for_a_year_is_forgotten() {
    raconter(async |monde: Monde| {
        let secret = monde.abonner(&monde.camille, None).await;
        let lu = monde.abonner(&monde.jean, None).await;
        monde.le("2025-05-20 10:00:00 +0200");
        monde.flux(&lu).await.unwrap();
        monde.le("2025-05-28 10:00:00 +0200");
        let tx = monde.contexte.base.ecrire().await.unwrap();
        abonnements::purger(&tx, monde.maintenant()).await.unwrap();
        tx.valider().await.unwrap();
        assert!(introuvable(&monde.flux(&secret).await), "nobody read it");
        assert!(monde.flux(&lu).await.is_ok());
    })
    .await;
}
