//! Changes that touch the same rows at the same moment: none stops another for ever.

use crate::outils::corps::{VISIO, avec, corps, personne};
use crate::outils::monde::{AUTRE_DOSSIER, DOSSIER, Monde, raconter};
use backend::rendez_vous::arrivee::inbox;
use backend::socle::erreur::Echec;
use backend::tables::notification::EtatNotification;
use backend::tables::{notification, proposition, rendez_vous};
use domain::message::GenreMessage;
use domain::proposition::EtatProposition;
use sea_orm::{ConnectionTrait, DbErr, EntityTrait, Statement};
use serde_json::json;
use std::time::Duration;

const CAMILLE: (i64, &str) = (6_425, "camille.martin@exemple.fr");
const JEAN: (i64, &str) = (6_426, "jean.robert@exemple.fr");

impl Monde {
    /// Notifications about as many new rendez-vous, with these persons; in the other order one time in two.
    async fn deposer_plusieurs(&self, combien: i64, gens: &[(i64, &str)]) {
        for n in 0..combien {
            let mut corps = corps(VISIO);
            corps["data"]["id"] = json!(400_000 + n);
            corps["data"]["collectif"] = json!(gens.len() > 1);
            let mut users: Vec<_> =
                gens.iter().map(|(id, email)| personne(*id, Some(email))).collect();
            if n % 2 == 1 {
                users.reverse();
            }
            avec(&mut corps["data"], &json!(users));
            self.deposer(&serde_json::to_vec(&corps).unwrap()).await.unwrap();
        }
    }

    /// Two processes apply what waits.
    async fn appliquer_a_deux(&self) {
        tokio::join!(self.appliquer_malgre_la_foule(), self.appliquer_malgre_la_foule());
    }

    /// As the worker does: on a busy machine a connection may be long to come, and it begins again.
    async fn appliquer_malgre_la_foule(&self) {
        while let Err(echec) = inbox::appliquer_tout(&self.contexte).await {
            let foule = matches!(echec, Echec::Base(DbErr::ConnectionAcquire(_)));
            assert!(foule, "{echec:?}");
        }
    }

    /// Everything was applied the first time, and PostgreSQL had nobody to send back.
    async fn personne_n_a_attendu_pour_rien(&self) {
        let db = self.contexte.base.lire();
        for ligne in notification::Entity::find().all(db).await.unwrap() {
            assert_eq!(
                (ligne.etat, ligne.essais),
                (EtatNotification::Appliquee, 0),
                "{}",
                ligne.id
            );
        }
        if !self.contexte.base.sqlite() {
            // Each connection counts for itself, and says so a second later.
            tokio::time::sleep(Duration::from_millis(1_200)).await;
            let requete =
                "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()";
            let requete = Statement::from_string(db.get_database_backend(), requete);
            let ligne = db.query_one_raw(requete).await.unwrap().unwrap();
            assert_eq!(ligne.try_get::<i64>("", "deadlocks").unwrap(), 0, "deadlocks");
        }
    }
}

#[tokio::test]
async fn bookings_of_one_person_are_all_applied_by_two_processes() {
    raconter(async |monde: Monde| {
        monde.proposer(DOSSIER, "a").await.unwrap();
        monde.deposer_plusieurs(24, &[CAMILLE]).await;
        monde.appliquer_a_deux().await;
        monde.personne_n_a_attendu_pour_rien().await;
        let db = monde.contexte.base.lire();
        let lignes = rendez_vous::Entity::find().all(db).await.unwrap();
        assert_eq!(lignes.len(), 24);
        assert!(lignes.iter().all(|ligne| ligne.dossier == Some(DOSSIER)));
        let proposition = proposition::Entity::find().one(db).await.unwrap().unwrap();
        assert_eq!(proposition.etat, EtatProposition::Prise);
    })
    .await;
}

#[tokio::test]
async fn bookings_of_the_same_two_persons_are_all_applied_in_whatever_order_they_are_named() {
    raconter(async |monde: Monde| {
        monde.proposer(DOSSIER, "a").await.unwrap();
        monde.proposer(AUTRE_DOSSIER, "b").await.unwrap();
        monde.deposer_plusieurs(16, &[CAMILLE, JEAN]).await;
        monde.appliquer_a_deux().await;
        monde.personne_n_a_attendu_pour_rien().await;
        for dossier in [DOSSIER, AUTRE_DOSSIER] {
            let messages = monde.messages(dossier).await;
            let dits = messages.iter().filter(|m| m.genre == GenreMessage::RendezVous).count();
            assert_eq!(dits, 16, "{dossier}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_proposition_is_withdrawn_and_made_again_while_it_is_booked() {
    raconter(async |monde: Monde| {
        monde.proposer(DOSSIER, "a").await.unwrap();
        monde.deposer_plusieurs(16, &[CAMILLE]).await;
        let gestes = async {
            for n in 0..8 {
                let propose = |m: &&domain::vues::MessageVue| m.genre == GenreMessage::Proposition;
                let id = monde.messages(DOSSIER).await.iter().rev().find(propose).unwrap().id;
                // Whoever comes first wins; the other is told so.
                for essai in
                    [monde.retirer(id).await, monde.proposer(DOSSIER, &format!("b{n}")).await]
                {
                    assert!(matches!(essai, Ok(()) | Err(Echec::Metier(_))), "{essai:?}");
                }
            }
        };
        tokio::join!(monde.appliquer_a_deux(), gestes);
        monde.personne_n_a_attendu_pour_rien().await;
    })
    .await;
}
