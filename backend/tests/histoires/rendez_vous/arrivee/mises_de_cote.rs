//! What could not be applied is kept, shown with its reason, and played again.

use crate::outils::corps::{VISIO, corps};
use crate::outils::monde::{DEMARCHE, DOSSIER, Monde, raconter};
use backend::Echec;
use backend::rendez_vous::arrivee::{inbox, mises_de_cote};
use backend::tables::{agenda, journal, notification, rendez_vous as table};
use domain::Erreur;
use domain::dossier::Tag;
use domain::ids::{NotificationId, OrganisationId};
use domain::journal::Action;
use domain::vues::MisesDeCote;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::json;

impl Monde {
    async fn mises_de_cote(&self) -> MisesDeCote {
        let db = self.contexte.base.lire();
        mises_de_cote::lister(db, &self.contexte.outils, &self.admin, DEMARCHE).await.unwrap()
    }

    async fn rejouer(&self, id: NotificationId) {
        self.changer(&self.admin, async |c| mises_de_cote::rejouer(c, DEMARCHE, id).await)
            .await
            .unwrap();
        inbox::appliquer_tout(&self.contexte).await.unwrap();
    }

    async fn tout_rejouer(&self) {
        self.changer(&self.admin, async |c| mises_de_cote::tout_rejouer(c, DEMARCHE).await)
            .await
            .unwrap();
        inbox::appliquer_tout(&self.contexte).await.unwrap();
    }

    async fn organisation_numero(&self, numero: OrganisationId) {
        agenda::Entity::update_many()
            .set(agenda::ActiveModel { organisation: Set(numero), ..Default::default() })
            .filter(agenda::Column::Id.gt(0))
            .exec(self.contexte.base.lire())
            .await
            .unwrap();
    }
}

#[tokio::test]
async fn what_speaks_of_another_organisation_is_played_again_once_it_is_the_right_one() {
    raconter(async |monde: Monde| {
        monde.proposer(DOSSIER, "a").await.unwrap();
        let mut ailleurs = corps(VISIO);
        ailleurs["data"]["organisation"]["id"] = json!(101);
        monde.livrer(&ailleurs).await;
        let page = monde.mises_de_cote().await;
        let [seule] = &page.notifications[..] else { panic!("{page:?}") };
        assert_eq!(
            (seule.quoi.as_str(), seule.rdv, seule.essais),
            ("Rendez-vous pris", Some(296_828), 1)
        );
        assert!(seule.raison.contains("autre organisation"));
        let dit = format!("{page:?}");
        assert!(!dit.contains("MARTIN") && !dit.contains("exemple.fr"), "nothing of the person");
        // Nothing was corrected: it comes back, with one more try.
        monde.rejouer(seule.id).await;
        assert_eq!(monde.mises_de_cote().await.notifications[0].essais, 2);
        // The endpoint had been moved to another organisation, and the agenda follows.
        monde.organisation_numero(OrganisationId(101)).await;
        monde.rejouer(seule.id).await;
        let page = monde.mises_de_cote().await;
        assert_eq!((page.total, page.notifications.len()), (0, 0));
        assert_eq!(monde.tag(DOSSIER).await, Some(Tag::RdvPris));
        // A second click finds nothing left to do.
        monde.rejouer(seule.id).await;
        assert_eq!(monde.messages(DOSSIER).await.len(), 2);
        let db = monde.contexte.base.lire();
        let notees = journal::Entity::find()
            .filter(journal::Column::Action.eq(Action::NotificationsRejouees.code()))
            .all(db)
            .await
            .unwrap();
        assert_eq!(notees.len(), 2);
        assert!(notees.iter().all(|ligne| ligne.compte == Some(monde.admin.compte)));
    })
    .await;
}

#[tokio::test]
async fn a_failure_that_lasts_ends_on_the_page_instead_of_being_tried_for_ever() {
    raconter(async |monde: Monde| {
        monde.proposer(DOSSIER, "a").await.unwrap();
        monde.recevoir(VISIO).await;
        // A row that this version can't read.
        let db = monde.contexte.base.lire();
        let avant = table::Entity::find().one(db).await.unwrap().unwrap();
        let ecrire = async |contenu: &str| {
            table::Entity::update_many()
                .set(table::ActiveModel { contenu: Set(contenu.to_owned()), ..Default::default() })
                .filter(table::Column::Id.eq(avant.id))
                .exec(db)
                .await
                .unwrap();
        };
        ecrire("{").await;
        monde.recevoir("05_rdv_updated_rescheduled_by_user").await;
        let page = monde.mises_de_cote().await;
        assert_eq!((page.total, page.en_attente), (0, 1), "tried again by itself");
        for heure in 17..23 {
            monde.le(&format!("2024-05-28 {heure}:00:00 +0200"));
            inbox::appliquer_tout(&monde.contexte).await.unwrap();
        }
        monde.le("2024-05-30 09:00:00 +0200");
        inbox::appliquer_tout(&monde.contexte).await.unwrap();
        let page = monde.mises_de_cote().await;
        assert_eq!((page.total, page.en_attente), (1, 0));
        assert!(page.notifications[0].raison.contains("son enregistrement a échoué"));
        let essais = page.notifications[0].essais;
        monde.le("2024-06-01 09:00:00 +0200");
        assert_eq!(inbox::appliquer_tout(&monde.contexte).await.unwrap(), 0, "not by itself");
        assert_eq!(monde.mises_de_cote().await.notifications[0].essais, essais);
        ecrire(&avant.contenu).await;
        monde.tout_rejouer().await;
        assert_eq!(monde.mises_de_cote().await.total, 0);
        assert!(monde.dernier_message(DOSSIER).await.starts_with("Rendez-vous déplacé"));
    })
    .await;
}

#[tokio::test]
async fn each_word_that_is_not_known_is_kept_with_its_reason_and_all_are_played_at_once() {
    raconter(async |monde: Monde| {
        for (ou, valeur) in [("status", "waiting"), ("event", "merged"), ("location_type", "moon")]
        {
            let mut inconnu = corps(VISIO);
            match ou {
                "event" => inconnu["meta"]["event"] = json!(valeur),
                "status" => inconnu["data"]["status"] = json!(valeur),
                _ => inconnu["data"]["motif"]["location_type"] = json!(valeur),
            }
            monde.livrer(&inconnu).await;
        }
        let page = monde.mises_de_cote().await;
        let raisons: Vec<&str> = page.notifications.iter().map(|n| n.raison.as_str()).collect();
        for (raison, fin) in raisons.iter().zip([
            "le type de rendez-vous.",
            "l'évènement.",
            "l'état du rendez-vous.",
        ]) {
            assert!(raison.ends_with(fin), "{raison}");
        }
        assert_eq!(page.notifications[1].quoi, "Évènement inconnu");
        monde.tout_rejouer().await;
        let page = monde.mises_de_cote().await;
        assert_eq!(page.total, 3, "this version does not know them yet");
        assert!(page.notifications.iter().all(|n| n.essais == 2));
        let db = monde.contexte.base.lire();
        let lignes = notification::Entity::find()
            .order_by_asc(notification::Column::Id)
            .all(db)
            .await
            .unwrap();
        assert!(lignes.iter().all(|ligne| !ligne.corps_scelle.is_empty()), "kept whole");
    })
    .await;
}

#[tokio::test]
async fn only_the_administrateur_of_the_agenda_plays_again() {
    raconter(async |monde: Monde| {
        let mut inconnu = corps(VISIO);
        inconnu["data"]["status"] = json!("waiting");
        monde.livrer(&inconnu).await;
        let id = monde.mises_de_cote().await.notifications[0].id;
        let db = monde.contexte.base.lire();
        for etranger in [&monde.instructeur, &monde.camille] {
            let introuvable = |resultat: Result<(), Echec>| {
                assert!(matches!(resultat, Err(Echec::Metier(Erreur::Introuvable))));
            };
            let outils = &monde.contexte.outils;
            let liste = mises_de_cote::lister(db, outils, etranger, DEMARCHE).await;
            introuvable(liste.map(|_| ()));
            introuvable(
                monde
                    .changer(etranger, async |c| mises_de_cote::rejouer(c, DEMARCHE, id).await)
                    .await,
            );
            introuvable(
                monde
                    .changer(etranger, async |c| mises_de_cote::tout_rejouer(c, DEMARCHE).await)
                    .await,
            );
        }
        let absente = NotificationId(id.0 + 1);
        let rien = monde
            .changer(&monde.admin, async |c| mises_de_cote::rejouer(c, DEMARCHE, absente).await)
            .await;
        assert!(matches!(rien, Err(Echec::Metier(Erreur::Introuvable))));
    })
    .await;
}
