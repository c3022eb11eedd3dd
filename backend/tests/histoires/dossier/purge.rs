//! Dossiers deleted too long ago.

use crate::dossier::avis::{envoyer, jetons};
use crate::outils::monde::{AUTRE_DOSSIER, DOSSIER, Monde, fichier, raconter};
use backend::dossier::examen::avis::expert::Reponse;
use backend::dossier::examen::{avis, corrections, suivis};
use backend::dossier::purge;
use backend::dossier::usager::{invites, mes_dossiers};
use backend::messagerie::ecriture::{self, Envoi};
use backend::tables::rendez_vous::Decision;
use backend::tables::{
    contenu, correction, dossier, invite, journal, message, piece_jointe, proposition, rendez_vous,
    suivi,
};
use domain::journal::Action;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};

/// Everything that a dossier may have: a rendez-vous that was cancelled, a message with a file, an invitation, a
/// correction, an opinion with a file of its expert, a follower.
async fn vivre(monde: &Monde) {
    monde.proposer(DOSSIER, "a").await.unwrap();
    monde.recevoir("01_rdv_created_visio").await;
    monde.recevoir("06_rdv_updated_cancelled_by_user_excused").await;
    let fichier = fichier("a.pdf", Some(b"%PDF-1.7"));
    for (dossier, qui) in [(DOSSIER, &monde.camille), (AUTRE_DOSSIER, &monde.jean)] {
        let envoi = Envoi { corps: "Bonjour", cle: "k".into(), fichiers: vec![fichier.clone()] };
        monde
            .changer(qui, async |c| ecriture::ecrire_usager(c, dossier, envoi).await)
            .await
            .unwrap();
    }
    monde
        .changer(&monde.camille, async |c| {
            invites::inviter(c, &monde.contexte.acces.tentatives, DOSSIER, "jean.robert@exemple.fr")
                .await
        })
        .await
        .unwrap();
    let demande = corrections::Demande { texte: "Corrigez", cle: "k".into(), fichiers: vec![] };
    monde
        .changer(&monde.instructeur, async |c| corrections::demander(c, DOSSIER, demande).await)
        .await
        .unwrap();
    let demande = avis::Demande {
        email: "expert@demo.example",
        question: "Qu'en pensez-vous ?",
        confidentiel: true,
        cle: "k".into(),
        fichiers: vec![],
    };
    monde
        .changer(&monde.instructeur, async |c| avis::demander(c, DOSSIER, demande).await)
        .await
        .unwrap();
    let jeton = jetons(monde, "expert@demo.example").await.remove(0);
    let reponse = Reponse { texte: "Favorable", fichiers: vec![fichier], ..Reponse::default() };
    envoyer(monde, &jeton, reponse).await.unwrap();
    monde
        .changer(&monde.instructeur, async |c| suivis::changer(c, DOSSIER, true).await)
        .await
        .unwrap();
}

async fn supprimer(monde: &Monde) {
    monde
        .changer(&monde.camille, async |c| mes_dossiers::supprimer(c, DOSSIER).await)
        .await
        .unwrap();
}

async fn purger(monde: &Monde) -> usize {
    purge::purger(&monde.contexte.base, monde.maintenant()).await.unwrap()
}

#[tokio::test]
async fn a_dossier_deleted_thirty_days_ago_is_gone_with_all_that_was_in_it() {
    raconter(async |monde: Monde| {
        let db = monde.contexte.base.lire();
        vivre(&monde).await;
        monde.courriels().await;
        supprimer(&monde).await;
        monde.le("2024-06-26 16:43:00 +0200");
        assert_eq!(purger(&monde).await, 0, "it can still be restored");
        assert!(dossier::Entity::find_by_id(DOSSIER).one(db).await.unwrap().is_some());
        monde.le("2024-06-26 16:44:00 +0200");
        assert_eq!(purger(&monde).await, 1);
        assert_eq!(purger(&monde).await, 0, "once");

        assert!(dossier::Entity::find_by_id(DOSSIER).one(db).await.unwrap().is_none());
        let n = DOSSIER;
        for reste in [
            message::Entity::find().filter(message::Column::Dossier.eq(n)).count(db).await,
            proposition::Entity::find().filter(proposition::Column::Dossier.eq(n)).count(db).await,
            correction::Entity::find().filter(correction::Column::Dossier.eq(n)).count(db).await,
            invite::Entity::find().filter(invite::Column::Dossier.eq(n)).count(db).await,
            suivi::Entity::find().filter(suivi::Column::Dossier.eq(n)).count(db).await,
            piece_jointe::Entity::find()
                .filter(piece_jointe::Column::Dossier.eq(n))
                .count(db)
                .await,
        ] {
            assert_eq!(reste.unwrap(), 0);
        }
        assert_eq!(contenu::Entity::find().count(db).await.unwrap(), 1, "the file of the other");
        let rdv = rendez_vous::Entity::find().one(db).await.unwrap().unwrap();
        assert_eq!((rdv.dossier, rdv.proposition), (None, None));
        for personnel in ["camille", "Camille", "MARTIN", "Martin"] {
            assert!(!rdv.contenu.contains(personnel), "{}", rdv.contenu);
            assert!(!rdv.memoire.clone().unwrap_or_default().contains(personnel));
        }
        let objet = format!("dossier:{DOSSIER}");
        let lignes = journal::Entity::find().filter(journal::Column::Objet.eq(objet)).all(db).await;
        let actions: Vec<String> = lignes.unwrap().into_iter().map(|l| l.action).collect();
        assert!(actions.contains(&Action::DossierSupprime.code().to_owned()), "{actions:?}");
        assert_eq!(actions.last().map(String::as_str), Some(Action::DossierPurge.code()));
        assert_eq!(monde.messages(AUTRE_DOSSIER).await.len(), 1, "nobody else lost anything");
    })
    .await;
}

#[tokio::test]
async fn what_the_platform_says_of_a_purged_dossier_bothers_nobody() {
    raconter(async |monde: Monde| {
        let db = monde.contexte.base.lire();
        vivre(&monde).await;
        supprimer(&monde).await;
        monde.le("2024-07-01 09:00:00 +0200");
        assert_eq!(purger(&monde).await, 1);
        monde.recevoir("06_rdv_updated_cancelled_by_user_excused").await;
        let rdv = rendez_vous::Entity::find().all(db).await.unwrap();
        assert_eq!(rdv.len(), 1);
        assert_eq!(rdv[0].decision, Some(Decision::AucunDossier));
        assert_eq!(rdv[0].dossier, None);
    })
    .await;
}

#[tokio::test]
async fn a_dossier_restored_is_not_purged() {
    raconter(async |monde: Monde| {
        supprimer(&monde).await;
        monde
            .changer(&monde.camille, async |c| mes_dossiers::restaurer(c, DOSSIER).await)
            .await
            .unwrap();
        monde.le("2024-08-01 09:00:00 +0200");
        assert_eq!(purger(&monde).await, 0);
        assert!(monde.tag(DOSSIER).await.is_none());
    })
    .await;
}
