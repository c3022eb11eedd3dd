//! What is written on the platform when something goes wrong: nothing twice, nothing lost, and what waits is said.

use crate::outils::dossier_distant::{DossierDistant, plus_tard};
use crate::outils::monde::{DEMARCHE, DOSSIER, Monde, raconter};
use backend::courriels::non_envoyes;
use backend::messagerie::ecriture::{self, Envoi};
use backend::tables::{message_distant, miroir, tache};
use chrono::{DateTime, Duration, Utc};
use domain::ids::DossierNumero;
use domain::raccordement::{EtatMessage, EtatRaccordement, Suppression};
use domain::vues::{EnvoiDistantVue, MessageVue};
use sandbox::demarches_simplifiees::{Fault, FaultKind, State};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder,
};

async fn ecrire(monde: &Monde, corps: &str) {
    let envoi = Envoi { corps, cle: corps.to_owned().into(), ..Envoi::default() };
    monde
        .changer(&monde.instructeur, async |c| {
            ecriture::ecrire_instructeur(c, DOSSIER, envoi).await
        })
        .await
        .unwrap();
}

async fn dernier(monde: &Monde) -> MessageVue {
    monde.messages(DOSSIER).await.pop().unwrap()
}

/// When the message that was written last left.
async fn parti_le(monde: &Monde) -> Option<DateTime<Utc>> {
    let lignes = message_distant::Entity::find().order_by_desc(message_distant::Column::Message);
    lignes.one(monde.contexte.base.lire()).await.unwrap().unwrap().retente_le
}

/// Has all that waits be due now.
async fn rendre_dues(monde: &Monde) {
    let tx = monde.contexte.base.ecrire().await.unwrap();
    tache::Entity::update_many()
        .col_expr(tache::Column::APartirDe, Expr::value(monde.maintenant()))
        .filter(tache::Column::FaiteLe.is_null())
        .exec(&tx)
        .await
        .unwrap();
    tx.valider().await.unwrap();
}

/// Lets the worker try again and again, for an hour.
async fn insister(monde: &Monde, distante: &DossierDistant) {
    for _ in 0..12 {
        distante.ecrire(monde).await;
        plus_tard(monde, Duration::minutes(5));
    }
}

#[tokio::test]
async fn an_answer_lost_after_it_was_done_is_found_and_nothing_is_sent_twice() {
    raconter(async |mut monde: Monde| {
        let distante = DossierDistant::ouvrir(&mut monde).await;
        distante.bac.disturb(Fault::of(FaultKind::LostAnswer).times(1).operation("EnvoyerMessage"));
        ecrire(&monde, "Bonjour").await;
        distante.ecrire(&monde).await;
        assert_eq!(distante.messages(), ["Bonjour"], "it is there, and we do not know it");
        assert!(matches!(dernier(&monde).await.envoi, Some(EnvoiDistantVue::EnAttente(Some(_)))));
        insister(&monde, &distante).await;
        assert_eq!(distante.messages(), ["Bonjour"]);
        assert_eq!(distante.bac.count("EnvoyerMessage"), 1);
        assert_eq!(dernier(&monde).await.envoi, Some(EnvoiDistantVue::Remis));
    })
    .await;
}

#[tokio::test]
async fn a_request_lost_before_it_was_done_is_sent_again_once_it_is_surely_not_there() {
    raconter(async |mut monde: Monde| {
        let distante = DossierDistant::ouvrir(&mut monde).await;
        let perdue = Fault::of(FaultKind::LostRequest).times(1).operation("EnvoyerMessage");
        distante.bac.disturb(perdue);
        ecrire(&monde, "Bonjour").await;
        distante.ecrire(&monde).await;
        plus_tard(&monde, Duration::seconds(30));
        distante.ecrire(&monde).await;
        assert!(distante.messages().is_empty(), "it might still be on its way");
        insister(&monde, &distante).await;
        assert_eq!(distante.messages(), ["Bonjour"]);
        assert_eq!(dernier(&monde).await.envoi, Some(EnvoiDistantVue::Remis));
    })
    .await;
}

#[tokio::test]
async fn one_that_was_lost_twice_may_be_on_its_way_the_second_time_too() {
    raconter(async |mut monde: Monde| {
        let distante = DossierDistant::ouvrir(&mut monde).await;
        let perdue = Fault::of(FaultKind::LostRequest).times(2).operation("EnvoyerMessage");
        distante.bac.disturb(perdue);
        ecrire(&monde, "Bonjour").await;
        distante.ecrire(&monde).await;
        let premier = parti_le(&monde).await;
        for _ in 0..5 {
            if parti_le(&monde).await == premier {
                plus_tard(&monde, Duration::minutes(1));
                distante.ecrire(&monde).await;
            }
        }
        let second = parti_le(&monde).await;
        assert!(second > premier, "{second:?}, {premier:?}");
        // Somebody insists: it is looked for, and not sent.
        for _ in 0..3 {
            plus_tard(&monde, Duration::seconds(30));
            rendre_dues(&monde).await;
            distante.ecrire(&monde).await;
            assert_eq!(parti_le(&monde).await, second, "it might still be on its way");
        }
        insister(&monde, &distante).await;
        assert_eq!(distante.messages(), ["Bonjour"]);
    })
    .await;
}

#[tokio::test]
async fn whatever_fails_in_whatever_way_each_message_is_there_once_and_in_order() {
    raconter(async |mut monde: Monde| {
        let distante = DossierDistant::ouvrir(&mut monde).await;
        for genre in [
            FaultKind::LostAnswer,
            FaultKind::LostRequest,
            FaultKind::Timeout,
            FaultKind::InternalError,
            FaultKind::BadGateway,
            FaultKind::Truncated,
            FaultKind::TooManyRequests { retry_after: 1 },
        ] {
            distante.bac.disturb(Fault::of(genre).times(1));
        }
        let textes = ["un", "deux", "trois"];
        for texte in textes {
            ecrire(&monde, texte).await;
        }
        for _ in 0..4 {
            insister(&monde, &distante).await;
        }
        assert_eq!(distante.messages(), textes);
    })
    .await;
}

#[tokio::test]
async fn two_messages_that_say_the_same_are_two() {
    raconter(async |mut monde: Monde| {
        let distante = DossierDistant::ouvrir(&mut monde).await;
        distante.bac.disturb(Fault::of(FaultKind::LostAnswer).times(2).operation("EnvoyerMessage"));
        for cle in ["a", "b"] {
            let envoi = Envoi { corps: "Bonjour", cle: cle.into(), ..Envoi::default() };
            monde
                .changer(&monde.instructeur, async |c| {
                    ecriture::ecrire_instructeur(c, DOSSIER, envoi).await
                })
                .await
                .unwrap();
        }
        for _ in 0..4 {
            insister(&monde, &distante).await;
        }
        assert_eq!(distante.messages(), ["Bonjour", "Bonjour"]);
        let db = monde.contexte.base.lire();
        let mut ids: Vec<_> = message_distant::Entity::find()
            .all(db)
            .await
            .unwrap()
            .into_iter()
            .map(|ligne| ligne.id_distant.unwrap())
            .collect();
        ids.dedup();
        assert_eq!(ids.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn what_is_refused_is_said_on_the_dossier_and_to_the_administrateur_and_played_again() {
    raconter(async |mut monde: Monde| {
        let distante = DossierDistant::ouvrir(&mut monde).await;
        // Only what was decided on is archived there.
        distante.bac.bring_to(DOSSIER.0, State::Accepte).unwrap();
        distante.bac.archive(DOSSIER.0, true).unwrap();
        ecrire(&monde, "Bonjour").await;
        distante.ecrire(&monde).await;
        let Some(EnvoiDistantVue::Refuse(raison)) = dernier(&monde).await.envoi else {
            panic!("not refused")
        };
        assert!(raison.contains("Démarches Simplifiées a refusé"), "{raison}");
        ecrire(&monde, "La suite").await;
        distante.ecrire(&monde).await;
        assert!(distante.messages().is_empty());
        let db = monde.contexte.base.lire();
        let lus = non_envoyes::lister(db, &monde.admin, DEMARCHE).await.unwrap();
        assert_eq!(lus.total, 2);
        assert!(lus.courriels.iter().all(|c| c.raison.contains("a refusé")), "{lus:?}");
        distante.bac.archive(DOSSIER.0, false).unwrap();
        monde
            .changer(&monde.admin, async |c| non_envoyes::tout_rejouer(c, DEMARCHE).await)
            .await
            .unwrap();
        distante.ecrire(&monde).await;
        assert_eq!(distante.messages(), ["Bonjour", "La suite"]);
    })
    .await;
}

#[tokio::test]
async fn without_anybody_who_may_write_it_waits_and_says_why() {
    raconter(async |mut monde: Monde| {
        let distante = DossierDistant::ouvrir(&mut monde).await;
        distante.sans_membre(&monde).await;
        ecrire(&monde, "Bonjour").await;
        insister(&monde, &distante).await;
        let Some(EnvoiDistantVue::EnAttente(Some(raison))) = dernier(&monde).await.envoi else {
            panic!("it does not wait")
        };
        assert!(raison.starts_with("Personne n'est autorisé à écrire"), "{raison}");
        assert_eq!(distante.bac.count("EnvoyerMessage"), 0);
        distante.compte_de_la_demarche(&monde).await;
        insister(&monde, &distante).await;
        assert_eq!(distante.messages(), ["Bonjour"]);
    })
    .await;
}

#[tokio::test]
async fn a_raccordement_that_is_stopped_or_broken_keeps_what_is_to_be_sent() {
    raconter(async |mut monde: Monde| {
        let distante = DossierDistant::ouvrir(&mut monde).await;
        distante.regler(&monde, |ligne| ligne.etat = Set(EtatRaccordement::Arrete)).await;
        ecrire(&monde, "Bonjour").await;
        insister(&monde, &distante).await;
        assert!(matches!(dernier(&monde).await.envoi, Some(EnvoiDistantVue::EnAttente(Some(_)))));
        distante.regler(&monde, |ligne| ligne.etat = Set(EtatRaccordement::Actif)).await;
        distante.bac.revoke_token(&distante.bac.token());
        insister(&monde, &distante).await;
        assert!(distante.messages().is_empty());
        let Some(EnvoiDistantVue::EnAttente(Some(raison))) = dernier(&monde).await.envoi else {
            panic!("it does not wait")
        };
        assert!(raison.contains("rompue"), "{raison}");
    })
    .await;
}

#[tokio::test]
async fn a_dossier_that_is_about_to_be_deleted_there_keeps_its_messages_until_it_is_restored() {
    raconter(async |mut monde: Monde| {
        let distante = DossierDistant::ouvrir(&mut monde).await;
        supprimer(&monde, Suppression::EnAttente).await;
        ecrire(&monde, "Bonjour").await;
        insister(&monde, &distante).await;
        assert!(distante.messages().is_empty());
        supprimer(&monde, Suppression::Aucune).await;
        insister(&monde, &distante).await;
        assert_eq!(distante.messages(), ["Bonjour"]);
    })
    .await;
}

async fn supprimer(monde: &Monde, suppression: Suppression) {
    let db = monde.contexte.base.lire();
    let ligne = miroir::Entity::find_by_id(DossierNumero(DOSSIER.0)).one(db).await.unwrap();
    let mut change = ligne.unwrap().into_active_model();
    change.suppression = Set(suppression);
    change.update(db).await.unwrap();
}

#[tokio::test]
async fn labels_and_annotations_that_fail_keep_no_message_waiting_and_are_mended() {
    raconter(async |mut monde: Monde| {
        let distante = DossierDistant::ouvrir(&mut monde).await;
        for operation in ["AjouterEtiquette", "ModifierAnnotations"] {
            distante.bac.disturb(Fault::of(FaultKind::Timeout).operation(operation));
        }
        monde.proposer(DOSSIER, "a").await.unwrap();
        monde.recevoir("01_rdv_created_visio").await;
        distante.ecrire(&monde).await;
        assert_eq!(distante.messages().len(), 2);
        let db = monde.contexte.base.lire();
        let t = monde.maintenant();
        let fil = backend::messagerie::fil::fil_instructeur(db, &monde.instructeur, DOSSIER, t);
        let non_ecrits = fil.await.unwrap().non_ecrits;
        assert_eq!(non_ecrits.len(), 2, "{non_ecrits:?}");
        distante.bac.recover();
        insister(&monde, &distante).await;
        assert_eq!(distante.bac.labels(DOSSIER.0), ["RDV pris"]);
        assert!(distante.bac.annotation(DOSSIER.0, "Rendez-vous").is_some());
        assert!(
            monde.messages(DOSSIER).await.iter().all(|m| m.envoi == Some(EnvoiDistantVue::Remis))
        );
    })
    .await;
}

#[tokio::test]
async fn what_was_put_without_an_answer_is_taken_off_when_something_else_is_wanted() {
    raconter(async |mut monde: Monde| {
        let distante = DossierDistant::ouvrir(&mut monde).await;
        let perdre = |operation: &str| {
            distante.bac.disturb(Fault::of(FaultKind::LostAnswer).times(1).operation(operation));
        };
        let annotation = || distante.bac.annotation(DOSSIER.0, "Rendez-vous").unwrap_or_default();
        perdre("AjouterEtiquette");
        monde.proposer(DOSSIER, "a").await.unwrap();
        distante.ecrire(&monde).await;
        assert_eq!(distante.bac.labels(DOSSIER.0), ["RDV proposé"], "and we do not know it");
        perdre("ModifierAnnotations");
        monde.recevoir("01_rdv_created_visio").await;
        distante.ecrire(&monde).await;
        insister(&monde, &distante).await;
        assert_eq!(distante.bac.labels(DOSSIER.0), ["RDV pris"]);
        assert!(annotation().contains("vendredi 7 juin 2024"), "{}", annotation());
        perdre("ModifierAnnotations");
        monde.recevoir("05_rdv_updated_rescheduled_by_user").await;
        distante.ecrire(&monde).await;
        perdre("RetirerEtiquette");
        monde.recevoir("06_rdv_updated_cancelled_by_user_excused").await;
        insister(&monde, &distante).await;
        assert!(distante.bac.labels(DOSSIER.0).is_empty());
        assert_eq!(annotation(), "");
    })
    .await;
}

#[tokio::test]
async fn a_process_that_died_in_the_middle_leaves_what_the_next_one_looks_for() {
    raconter(async |mut monde: Monde| {
        let distante = DossierDistant::ouvrir(&mut monde).await;
        // It left, it is there, and whoever sent it died before it wrote so.
        distante.bac.disturb(Fault::of(FaultKind::LostAnswer).times(1).operation("EnvoyerMessage"));
        ecrire(&monde, "Bonjour").await;
        distante.ecrire(&monde).await;
        let db = monde.contexte.base.lire();
        let ligne = message_distant::Entity::find().one(db).await.unwrap().unwrap();
        assert_eq!((ligne.etat, ligne.id_distant), (EtatMessage::SansReponse, None));
        assert!(ligne.tente_le.is_some() && ligne.empreinte.is_some());
        insister(&monde, &distante).await;
        assert_eq!(distante.messages(), ["Bonjour"]);
    })
    .await;
}
