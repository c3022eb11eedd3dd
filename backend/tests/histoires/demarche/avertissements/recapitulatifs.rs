//! When summaries leave, once, and what is in none.

use super::{TOM, le, pris};
use crate::outils::monde::{AUTRE_DOSSIER, DOSSIER, Monde, par_smtp, raconter};
use crate::outils::serveur_smtp::ServeurSmtp;
use backend::demarche::administration::groupes;
use backend::demarche::avertissements::recapitulatifs::passer;
use backend::dossier::examen::reaffectations;
use backend::dossier::examen::suivis;
use backend::dossier::purge;
use backend::dossier::usager::mes_dossiers;
use backend::ouvriers;
use backend::tables::{avertissement, dossier, instructeur, recapitulatif};
use domain::avertissement::{Avertissement, Rythme};
use domain::liste::Nouveaute;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use std::time::Duration;

const MESSAGES: [(Avertissement, &str); 1] = [(Avertissement::Message, "jour")];

#[tokio::test]
async fn a_summary_leaves_at_seven_once_whatever_the_number_of_processes() {
    raconter(async |monde: Monde| {
        monde.choisir(&MESSAGES).await;
        monde.ecrit("Bonjour").await;
        monde.ecrit("Une question").await;
        assert_eq!(monde.passer("2024-05-28 06:59:59 +0200").await, 0);
        monde.le("2024-05-28 07:00:00 +0200");
        let (une, autre) = tokio::join!(passer(&monde.contexte), passer(&monde.contexte));
        assert_eq!(une.unwrap() + autre.unwrap(), 1);
        let recus = monde.recus(TOM).await;
        assert_eq!(recus.len(), 1);
        assert_eq!(recus[0].sujet, "Votre résumé du mardi 28 mai 2024");
        assert!(
            recus[0].texte.contains("2 nouveaux messages, dossier n°17606854 (MARTIN Camille)")
        );
        // What happened while it was made is in the next one.
        monde.ecrit("Encore").await;
        assert_eq!(monde.passer("2024-05-28 11:00:00 +0200").await, 0);
        assert_eq!(monde.passer("2024-05-29 07:00:00 +0200").await, 1);
        let recus = monde.recus(TOM).await;
        assert!(recus[1].texte.contains("un nouveau message, dossier n°17606854"));
        // Nothing to say, nothing is sent.
        assert_eq!(monde.passer("2024-05-30 07:00:00 +0200").await, 0);
        assert_eq!(monde.recus(TOM).await.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_process_that_was_down_sends_in_the_morning_only() {
    raconter(async |monde: Monde| {
        monde.choisir(&MESSAGES).await;
        monde.ecrit("Un").await;
        monde.le("2024-05-28 09:00:00 +0200");
        monde.ecrit("Deux").await;
        assert_eq!(monde.passer("2024-05-28 10:30:00 +0200").await, 1);
        assert!(monde.recus(TOM).await[0].texte.contains("un nouveau message"), "not the second");
        assert_eq!(monde.passer("2024-05-29 12:00:00 +0200").await, 0);
        assert_eq!(monde.passer("2024-05-30 07:00:00 +0200").await, 1);
        assert_eq!(monde.recus(TOM).await.len(), 2);

        // The mail server, too, may be down until it is too late.
        monde.le("2024-05-30 15:00:00 +0200");
        monde.ecrit("Trois").await;
        monde.le("2024-05-31 07:00:00 +0200");
        assert_eq!(passer(&monde.contexte).await.unwrap(), 1);
        let coupe = par_smtp("smtp://127.0.0.1:9");
        ouvriers::courriels::tout_envoyer(&monde.contexte, &coupe).await.unwrap();
        monde.le("2024-05-31 14:00:00 +0200");
        assert_eq!(monde.recus(TOM).await.len(), 2, "not in the afternoon");
        assert_eq!(monde.passer("2024-06-03 07:00:00 +0200").await, 1);
        assert!(monde.recus(TOM).await[2].texte.contains("un nouveau message"));
    })
    .await;
}

#[tokio::test]
async fn summaries_wait_for_a_working_day_and_those_of_the_week_for_its_first_one() {
    raconter(async |monde: Monde| {
        let toutes = [(Avertissement::Message, "jour"), (Avertissement::DossierDepose, "semaine")];
        monde.choisir(&toutes).await;
        // The Friday before Whit Monday.
        monde.le("2024-05-17 10:00:00 +0200");
        monde.ecrit("Bonjour").await;
        monde.depose().await;
        for ferme in ["2024-05-18", "2024-05-19", "2024-05-20"] {
            assert_eq!(monde.passer(&format!("{ferme} 07:00:00 +0200")).await, 0, "{ferme}");
        }
        assert_eq!(monde.passer("2024-05-21 07:00:00 +0200").await, 1, "one mail for both");
        let recus = monde.recus(TOM).await;
        assert!(recus[0].texte.contains("Nouveaux messages\n"), "{}", recus[0].texte);
        assert!(recus[0].texte.contains("Nouveaux dossiers\n"), "{}", recus[0].texte);
        // Down on Monday morning, it is said on Tuesday; what came meanwhile waits for the week after.
        monde.le("2024-05-22 10:00:00 +0200");
        monde.depose().await;
        monde.le("2024-05-27 13:00:00 +0200");
        monde.depose().await;
        assert_eq!(monde.passer("2024-05-28 07:00:00 +0200").await, 1);
        assert_eq!(monde.recus(TOM).await[1].texte.matches("(ROBERT Jean)").count(), 1);
        assert_eq!(monde.passer("2024-05-29 07:00:00 +0200").await, 0);
        assert_eq!(monde.passer("2024-06-03 07:00:00 +0200").await, 1);
    })
    .await;
}

#[tokio::test]
async fn seven_is_that_of_paris_on_both_sides_of_each_change_of_hour() {
    raconter(async |monde: Monde| {
        monde.choisir(&MESSAGES).await;
        let jours = [
            ("2024-10-24 12:00:00 +0000", "2024-10-25 04:59:59 +0000", "2024-10-25 05:00:00 +0000"),
            ("2024-10-27 01:30:00 +0000", "2024-10-28 05:59:59 +0000", "2024-10-28 06:00:00 +0000"),
            ("2025-03-27 12:00:00 +0000", "2025-03-28 05:59:59 +0000", "2025-03-28 06:00:00 +0000"),
            ("2025-03-30 12:00:00 +0000", "2025-03-31 04:59:59 +0000", "2025-03-31 05:00:00 +0000"),
        ];
        for (quand, trop_tot, a_l_heure) in jours {
            monde.le(quand);
            monde.ecrit(quand).await;
            assert_eq!(monde.passer(trop_tot).await, 0, "{trop_tot}");
            assert_eq!(monde.passer(a_l_heure).await, 1, "{a_l_heure}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_was_read_undone_or_told_otherwise_is_in_no_summary() {
    raconter(async |monde: Monde| {
        let choix = [
            (Avertissement::Message, "jour"),
            (Avertissement::RdvPris, "jour"),
            (Avertissement::RdvAnnule, "jamais"),
        ];
        monde.choisir(&choix).await;
        // Booked and cancelled the same day: the cancellation is not told, nor is what it undoes.
        monde.proposer(DOSSIER, "a").await.unwrap();
        monde.livrer(&pris()).await;
        let annule = super::change("2024-05-27 19:00:00 +0200", |data| {
            data["status"] = serde_json::json!("excused");
            data["participations"][0]["status"] = serde_json::json!("excused");
        });
        monde.livrer(&annule).await;
        // Read before seven.
        monde.ecrit("Lu").await;
        monde.le("2024-05-27 17:00:00 +0200");
        monde
            .changer(&monde.instructeur, async |c| {
                suivis::voir(c, DOSSIER, Nouveaute::Message, c.maintenant).await
            })
            .await
            .unwrap();
        monde.passer("2024-05-28 07:00:00 +0200").await;
        assert!(monde.recus(TOM).await.is_empty());
        // Counted by a mail that left at once, because the choice was another one meanwhile.
        monde.le("2024-05-28 10:00:00 +0200");
        monde.ecrit("Plus tard").await;
        monde.choisir(&[(Avertissement::Message, "tout_de_suite")]).await;
        monde.le("2024-05-28 10:30:00 +0200");
        monde.ecrit("Tout de suite").await;
        assert!(monde.recus(TOM).await[0].sujet.contains("2 nouveaux messages"));
        monde.passer("2024-05-29 07:00:00 +0200").await;
        assert_eq!(monde.recus(TOM).await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_summary_tells_nothing_of_what_its_reader_may_not_see_any_more() {
    raconter(async |monde: Monde| {
        monde.tout_choisir(Rythme::Jour).await;
        let texte = async |rang: usize| monde.recus(TOM).await[rang].texte.clone();
        // Deleted, then restored: what happened meanwhile is not lost.
        monde.ecrit("Bonjour").await;
        monde
            .changer(&monde.camille, async |c| mes_dossiers::supprimer(c, DOSSIER).await)
            .await
            .unwrap();
        assert_eq!(monde.passer("2024-05-28 07:00:00 +0200").await, 0);
        monde
            .changer(&monde.camille, async |c| mes_dossiers::restaurer(c, DOSSIER).await)
            .await
            .unwrap();
        assert_eq!(monde.passer("2024-05-29 07:00:00 +0200").await, 1);
        assert!(texte(0).await.contains("dossier n°17606854"));
        // Given to another groupe between seven and the moment when the mail leaves.
        monde.le("2024-05-29 10:00:00 +0200");
        monde.ecrit("Une question").await;
        monde.le("2024-05-30 07:00:00 +0200");
        assert_eq!(passer(&monde.contexte).await.unwrap(), 1);
        let db = monde.contexte.base.lire();
        let groupe = async |qui: &domain::role::Acteur| {
            let siens = instructeur::Entity::find();
            let siens = siens.filter(instructeur::Column::Compte.eq(qui.compte));
            siens.one(db).await.unwrap().unwrap().groupe
        };
        let vers = groupe(&monde.instructeur_ailleurs).await;
        let demande = reaffectations::Demande { vers: Some(vers), raison: "", cle: "r".into() };
        monde
            .changer(&monde.instructeur, async |c| {
                reaffectations::reaffecter(c, DOSSIER, demande).await
            })
            .await
            .unwrap();
        assert_eq!(monde.recus(TOM).await.len(), 1, "nothing of it");
        assert_eq!(monde.passer("2024-05-31 07:00:00 +0200").await, 0);

        // Taken out of the groupe: nothing is told of its other dossiers either.
        monde.le("2024-05-31 10:00:00 +0200");
        monde.depose().await;
        let sien = groupe(&monde.instructeur).await;
        monde
            .changer(&monde.admin, async |c| {
                groupes::ajouter(c, sien, "ailleurs@exemple.gouv.fr").await?;
                groupes::retirer(c, sien, monde.instructeur.compte).await
            })
            .await
            .unwrap();
        assert_eq!(monde.passer("2024-06-03 07:00:00 +0200").await, 0);
        assert_eq!(monde.recus(TOM).await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_summary_begins_with_the_rendez_vous_of_the_day_and_those_that_nobody_took() {
    raconter(async |monde: Monde| {
        monde.connecter().await;
        monde.proposer(DOSSIER, "a").await.unwrap();
        monde.livrer(&pris()).await;
        monde.proposer(AUTRE_DOSSIER, "b").await.unwrap();
        assert_eq!(monde.passer("2024-05-28 07:00:00 +0200").await, 1);
        let texte = monde.recus(TOM).await[0].texte.clone();
        let proposes = texte.find("Rendez-vous proposés, pas encore pris").unwrap();
        assert!(proposes < texte.find("pris\u{a0}: le mardi 10 décembre").unwrap(), "{texte}");
        assert!(texte.contains("dossier n°18051790"), "{texte}");
        // It is said once that nobody took it.
        assert_eq!(monde.passer("2024-05-29 07:00:00 +0200").await, 0);
        // The day itself, with its room.
        assert_eq!(monde.passer("2024-12-10 07:00:00 +0100").await, 1);
        let texte = monde.recus(TOM).await[1].texte.clone();
        assert!(texte.contains("Vos rendez-vous d'aujourd'hui"), "{texte}");
        assert!(texte.contains("15h30, en visioconférence (durée\u{a0}: 30 minutes)"), "{texte}");
        assert!(texte.contains("https://webconf.numerique.gouv.fr/"), "{texte}");
        assert_eq!(monde.passer("2024-12-11 07:00:00 +0100").await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_mail_server_is_given_one_summary_and_how_to_stop_them() {
    raconter(async |monde: Monde| {
        monde.choisir(&MESSAGES).await;
        monde.ecrit("Bonjour").await;
        monde.le("2024-05-28 07:00:00 +0200");
        passer(&monde.contexte).await.unwrap();
        let serveur = ServeurSmtp::ouvrir(Duration::ZERO).await;
        let expediteur = par_smtp(&serveur.url);
        for _ in 0..2 {
            passer(&monde.contexte).await.unwrap();
            ouvriers::courriels::tout_envoyer(&monde.contexte, &expediteur).await.unwrap();
        }
        let recus = serveur.textes();
        assert_eq!(recus.len(), 1, "{recus:?}");
        let entete = "List-Unsubscribe: <https://demarches.example/desabonnement/";
        assert!(recus[0].contains(entete), "{}", recus[0]);
        assert!(recus[0].contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click\n"));
        assert!(recus[0].lines().all(|ligne| ligne.len() < 998), "no line is too long");
    })
    .await;
}

#[tokio::test]
async fn what_was_told_and_what_is_erased_is_forgotten() {
    raconter(async |monde: Monde| {
        monde.choisir(&MESSAGES).await;
        monde.ecrit("Bonjour").await;
        let db = monde.contexte.base.lire();
        let combien = async || {
            let avertissements = avertissement::Entity::find().count(db).await.unwrap();
            (avertissements, recapitulatif::Entity::find().count(db).await.unwrap())
        };
        monde.passer("2024-05-28 07:00:00 +0200").await;
        assert_eq!(combien().await, (1, 1));
        // The dossier is erased for good: what waits goes with it.
        let supprime = dossier::ActiveModel {
            supprime_le: Set(Some(le("2024-05-28 09:00:00 +0200"))),
            ..Default::default()
        };
        dossier::Entity::update_many()
            .set(supprime)
            .filter(dossier::Column::Numero.eq(DOSSIER))
            .exec(db)
            .await
            .unwrap();
        let plus_tard = le("2024-07-28 09:00:00 +0200");
        assert_eq!(purge::purger(&monde.contexte.base, plus_tard).await.unwrap(), 1);
        assert_eq!(combien().await, (0, 1));
    })
    .await;
}
