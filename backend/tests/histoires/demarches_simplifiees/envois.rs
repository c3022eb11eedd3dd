//! What is written on the platform when all goes well: messages, label, annotation; and no mail of ours.

use crate::outils::corps::corps;
use crate::outils::dossier_distant::DossierDistant;
use crate::outils::monde::{AGENDA, DOSSIER, Monde, raconter};
use backend::Echec;
use backend::messagerie::ecriture::{self, Envoi};
use backend::messagerie::suppression;
use backend::rendez_vous::propositions::{self, Voulue};
use backend::rendez_vous::relances;
use backend::tables::{auteur_distant, message_distant, proposition, tache};
use backend::taches::{self, Courriel};
use domain::Erreur;
use domain::dossier::Tag;
use domain::proposition::Intention;
use domain::raccordement::EtatMessage;
use domain::vues::EnvoiDistantVue;
use sandbox::demarches_simplifiees::ACCOUNT;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::json;

const VISIO: &str = "01_rdv_created_visio";
const DEPLACE: &str = "05_rdv_updated_rescheduled_by_user";
const ANNULE: &str = "06_rdv_updated_cancelled_by_user_excused";

/// The personal link in a message.
fn lien(texte: &str) -> &str {
    texte.split_whitespace().find(|mot| mot.starts_with("https://demarches.example/p/")).unwrap()
}

#[tokio::test]
async fn a_proposition_is_written_there_by_whoever_made_it_with_a_personal_link() {
    raconter(async |mut monde: Monde| {
        let distante = DossierDistant::ouvrir(&mut monde).await;
        monde.proposer(DOSSIER, "a").await.unwrap();
        let avant = monde.messages(DOSSIER).await.pop().unwrap();
        assert_eq!(avant.envoi, Some(EnvoiDistantVue::EnAttente(None)), "seen before it leaves");
        distante.ecrire(&monde).await;
        let ecrits = distante.bac.messages(DOSSIER.0);
        let sien = ecrits.iter().find(|message| message.instructeur.is_some()).unwrap();
        assert_eq!(sien.email, monde.instructeur.email);
        assert!(
            sien.body.starts_with("Bonjour,\n\nDans le cadre de l'instruction"),
            "{}",
            sien.body
        );
        assert!(!sien.body.contains(AGENDA), "{}", sien.body);
        assert_eq!(lien(&sien.body).len(), "https://demarches.example/p/".len() + 32);
        assert_eq!(distante.bac.labels(DOSSIER.0), ["RDV proposé"]);
        let apres = monde.messages(DOSSIER).await.pop().unwrap();
        assert_eq!(apres.envoi, Some(EnvoiDistantVue::Remis));
        assert!(apres.corps.ends_with(AGENDA), "here, nobody reads the secret");
        assert_eq!(distante.ecrire(&monde).await, 0);
        assert!(monde.courriels().await.is_empty(), "it is theirs to tell their usager");
    })
    .await;
}

#[tokio::test]
async fn each_change_is_one_message_there_and_the_label_and_annotation_follow() {
    raconter(async |mut monde: Monde| {
        let distante = DossierDistant::ouvrir(&mut monde).await;
        monde.proposer(DOSSIER, "a").await.unwrap();
        monde.recevoir(VISIO).await;
        distante.ecrire(&monde).await;
        let ecrits = distante.messages();
        assert_eq!(ecrits.len(), 2, "{ecrits:?}");
        assert!(
            ecrits[1].starts_with("Rendez-vous pris en visioconférence"),
            "in order: {ecrits:?}"
        );
        assert_eq!(lien(&ecrits[1]), lien(&ecrits[0]));
        assert_eq!(distante.bac.labels(DOSSIER.0), ["RDV pris"], "never the two");
        let annotation = distante.bac.annotation(DOSSIER.0, "Rendez-vous").unwrap();
        assert!(annotation.contains("vendredi 7 juin 2024 à 15h30"), "{annotation}");
        monde.recevoir(DEPLACE).await;
        distante.ecrire(&monde).await;
        assert_eq!(distante.messages().len(), 3);
        assert!(distante.messages()[2].contains("déplacé"), "{:?}", distante.messages());
        let deplacee = distante.bac.annotation(DOSSIER.0, "Rendez-vous").unwrap();
        assert_ne!(deplacee, annotation);
        monde.recevoir(ANNULE).await;
        distante.ecrire(&monde).await;
        let ecrits = distante.messages();
        assert_eq!(ecrits.len(), 4);
        assert!(ecrits[3].starts_with("Vous avez annulé votre rendez-vous"), "{ecrits:?}");
        assert!(distante.bac.labels(DOSSIER.0).is_empty());
        let vide = distante.bac.annotation(DOSSIER.0, "Rendez-vous");
        assert_eq!(vide.unwrap_or_default(), "");
        let a_camille =
            monde.courriels().await.into_iter().filter(|(a, _)| *a == monde.camille.email).count();
        assert_eq!(a_camille, 0);
    })
    .await;
}

#[tokio::test]
async fn a_withdrawal_is_told_there_only_when_the_proposition_was() {
    raconter(async |mut monde: Monde| {
        let distante = DossierDistant::ouvrir(&mut monde).await;
        monde.proposer(DOSSIER, "a").await.unwrap();
        let message = monde.messages(DOSSIER).await.pop().unwrap();
        monde.retirer(message.id).await.unwrap();
        distante.ecrire(&monde).await;
        assert!(distante.messages().is_empty(), "neither left");
        monde.proposer(DOSSIER, "b").await.unwrap();
        distante.ecrire(&monde).await;
        assert_eq!(distante.bac.labels(DOSSIER.0), ["RDV proposé"]);
        let message = monde.messages(DOSSIER).await.pop().unwrap();
        monde.retirer(message.id).await.unwrap();
        distante.ecrire(&monde).await;
        let ecrits = distante.messages();
        assert_eq!(ecrits.len(), 2, "{ecrits:?}");
        assert!(ecrits[1].contains("est retirée"), "{ecrits:?}");
        assert!(distante.bac.labels(DOSSIER.0).is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_proposition_in_the_place_of_another_is_one_message() {
    raconter(async |mut monde: Monde| {
        let distante = DossierDistant::ouvrir(&mut monde).await;
        monde.proposer(DOSSIER, "a").await.unwrap();
        distante.ecrire(&monde).await;
        let voulue = Voulue {
            intention: Intention::Remplacer,
            complement: "Apportez le plan.",
            cle: "b".into(),
        };
        monde
            .changer(&monde.instructeur, async |c| {
                propositions::proposer_selon(c, DOSSIER, voulue).await
            })
            .await
            .unwrap();
        distante.ecrire(&monde).await;
        let ecrits = distante.messages();
        assert_eq!(ecrits.len(), 2, "{ecrits:?}");
        assert!(ecrits[1].contains("Apportez le plan."));
        assert_ne!(lien(&ecrits[0]), lien(&ecrits[1]), "each has its own");
        assert_eq!(distante.bac.labels(DOSSIER.0), ["RDV proposé"]);
    })
    .await;
}

#[tokio::test]
async fn a_reminder_and_an_end_are_written_there_too() {
    raconter(async |mut monde: Monde| {
        let distante = DossierDistant::ouvrir(&mut monde).await;
        monde.proposer(DOSSIER, "a").await.unwrap();
        distante.ecrire(&monde).await;
        for quand in ["2024-05-30 16:44:00 +0200", "2024-06-30 16:44:00 +0200"] {
            monde.le(quand);
            relances::passer(&monde.contexte.base, monde.maintenant()).await.unwrap();
            distante.ecrire(&monde).await;
        }
        let ecrits = distante.messages();
        assert!(ecrits[1].starts_with("Rappel"), "{ecrits:?}");
        assert_eq!(lien(&ecrits[1]), lien(&ecrits[0]));
        assert!(ecrits.last().unwrap().contains("a expiré"), "{ecrits:?}");
        assert!(distante.bac.labels(DOSSIER.0).is_empty());
        assert!(monde.courriels().await.iter().all(|(a, _)| *a != monde.camille.email));
    })
    .await;
}

/// An instructeur sends a message.
async fn ecrire(monde: &Monde, corps: &str) {
    let envoi = Envoi { corps, ..Envoi::default() };
    monde
        .changer(&monde.instructeur, async |c| {
            ecriture::ecrire_instructeur(c, DOSSIER, envoi).await
        })
        .await
        .unwrap();
}

#[tokio::test]
async fn an_instructeurs_message_goes_there_as_it_is_typed() {
    raconter(async |mut monde: Monde| {
        let distante = DossierDistant::ouvrir(&mut monde).await;
        ecrire(&monde, "Bonjour,\r\n\r\nPouvez-vous préciser ?").await;
        distante.ecrire(&monde).await;
        assert_eq!(distante.messages(), ["Bonjour,\n\nPouvez-vous préciser ?"]);
        assert!(monde.courriels().await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_message_is_deleted_here_as_long_as_it_has_not_left() {
    raconter(async |mut monde: Monde| {
        let distante = DossierDistant::ouvrir(&mut monde).await;
        let supprimer = async || {
            let id = monde.messages(DOSSIER).await.pop().unwrap().id;
            monde.changer(&monde.instructeur, async |c| suppression::supprimer(c, id).await).await
        };
        ecrire(&monde, "Une erreur").await;
        assert!(monde.messages(DOSSIER).await.pop().unwrap().supprimable);
        supprimer().await.unwrap();
        distante.ecrire(&monde).await;
        assert!(distante.messages().is_empty());
        ecrire(&monde, "Bonjour").await;
        distante.ecrire(&monde).await;
        assert!(!monde.messages(DOSSIER).await.pop().unwrap().supprimable);
        let refus = supprimer().await.unwrap_err();
        assert!(matches!(refus, Echec::Metier(Erreur::MessageDejaParti)), "{refus:?}");
        assert_eq!(distante.messages(), ["Bonjour"]);
    })
    .await;
}

#[tokio::test]
async fn no_kind_of_mail_reaches_the_usager_of_a_dossier_that_is_not_ours() {
    raconter(async |mut monde: Monde| {
        let _distante = DossierDistant::ouvrir(&mut monde).await;
        monde.proposer(DOSSIER, "a").await.unwrap();
        let db = monde.contexte.base.lire();
        let proposition = proposition::Entity::find().one(db).await.unwrap().unwrap().id;
        let (dossier, compte) = (DOSSIER, monde.instructeur.compte);
        let a_l_usager = [
            Courriel::Proposition { proposition },
            Courriel::Relance { proposition, relance: 1 },
            Courriel::Retrait { proposition },
            Courriel::Depot { dossier },
            Courriel::Message { dossier, instructeur: None },
            Courriel::Expiration { dossier },
            Courriel::Expire { dossier },
        ];
        let aux_instructeurs = [
            Courriel::Message { dossier, instructeur: Some(compte) },
            Courriel::DepotRecu { dossier, compte },
            Courriel::Modification { dossier, compte },
        ];
        for courriel in a_l_usager.iter().chain(&aux_instructeurs) {
            let tx = monde.contexte.base.ecrire().await.unwrap();
            taches::ajouter(&tx, courriel, monde.maintenant()).await.unwrap();
            tx.valider().await.unwrap();
        }
        let restent = tache::Entity::find().filter(tache::Column::Genre.starts_with("courriel_"));
        let restent = restent.all(db).await.unwrap();
        assert_eq!(restent.len(), aux_instructeurs.len(), "{restent:?}");
        assert!(monde.courriels().await.iter().all(|(a, _)| *a != monde.camille.email));
    })
    .await;
}

#[tokio::test]
async fn a_rendez_vous_that_names_its_dossier_there_is_attached_without_a_proposition() {
    raconter(async |mut monde: Monde| {
        let distante = DossierDistant::ouvrir(&mut monde).await;
        let site = distante.bac.url.origin().ascii_serialization();
        let livrer = async |rdv: i64, contexte: String| {
            let mut corps = corps(VISIO);
            corps["data"]["id"] = json!(rdv);
            corps["data"]["context"] = json!(contexte);
            for personne in ["/data/users/0", "/data/participations/0/user"] {
                let personne = corps.pointer_mut(personne).unwrap();
                personne["email"] = json!("quelqu.un@exemple.fr");
                personne["id"] = json!(rdv);
            }
            monde.livrer(&corps).await;
        };
        livrer(990_001, format!("{site}/procedures/91234/dossiers/1")).await;
        livrer(990_002, format!("https://ailleurs.example/procedures/91234/dossiers/{DOSSIER}"))
            .await;
        assert_eq!(monde.tag(DOSSIER).await, None, "neither is this one");
        livrer(990_003, format!("Voir {site}/procedures/91234/dossiers/{DOSSIER}")).await;
        assert_eq!(monde.tag(DOSSIER).await, Some(Tag::RdvPris));
        distante.compte_de_la_demarche(&monde).await;
        distante.ecrire(&monde).await;
        let ecrits = distante.messages();
        assert!(ecrits[0].starts_with("Rendez-vous pris"), "{ecrits:?}");
        assert_eq!(distante.bac.labels(DOSSIER.0), ["RDV pris"]);
    })
    .await;
}

#[tokio::test]
async fn who_is_no_member_there_lets_the_account_of_the_demarche_write() {
    raconter(async |mut monde: Monde| {
        let distante = DossierDistant::ouvrir(&mut monde).await;
        distante.compte_de_la_demarche(&monde).await;
        monde.proposer(DOSSIER, "a").await.unwrap();
        distante.ecrire(&monde).await;
        let ecrits = distante.bac.messages(DOSSIER.0);
        let sien = ecrits.iter().find(|message| message.instructeur.is_some()).unwrap();
        assert_eq!(sien.email, ACCOUNT);
        let db = monde.contexte.base.lire();
        assert_eq!(auteur_distant::Entity::find().all(db).await.unwrap().len(), 1);
        let etats = message_distant::Entity::find().all(db).await.unwrap();
        assert!(etats.iter().all(|ligne| ligne.etat == EtatMessage::Remis), "{etats:?}");
    })
    .await;
}

#[tokio::test]
async fn without_labels_nor_annotation_the_rest_works() {
    raconter(async |mut monde: Monde| {
        let distante = DossierDistant::ouvrir(&mut monde).await;
        distante
            .regler(&monde, |ligne| {
                ligne.etiquette_propose = sea_orm::ActiveValue::Set(None);
                ligne.annotation = sea_orm::ActiveValue::Set(None);
            })
            .await;
        monde.proposer(DOSSIER, "a").await.unwrap();
        distante.ecrire(&monde).await;
        assert!(distante.bac.labels(DOSSIER.0).is_empty());
        monde.recevoir(VISIO).await;
        distante.ecrire(&monde).await;
        assert_eq!(distante.bac.labels(DOSSIER.0), ["RDV pris"]);
        assert_eq!(distante.messages().len(), 2);
        assert_eq!(distante.bac.annotation(DOSSIER.0, "Rendez-vous").unwrap_or_default(), "");
    })
    .await;
}

#[tokio::test]
async fn a_label_that_is_there_already_or_no_more_changes_nothing_for_us() {
    raconter(async |mut monde: Monde| {
        let distante = DossierDistant::ouvrir(&mut monde).await;
        let propose = distante.etiquette("RDV proposé");
        distante.bac.add_label(DOSSIER.0, propose).unwrap();
        monde.proposer(DOSSIER, "a").await.unwrap();
        distante.ecrire(&monde).await;
        assert_eq!(distante.bac.labels(DOSSIER.0), ["RDV proposé"]);
        distante.bac.remove_label(DOSSIER.0, propose).unwrap();
        monde.recevoir(VISIO).await;
        distante.ecrire(&monde).await;
        assert_eq!(distante.bac.labels(DOSSIER.0), ["RDV pris"]);
        assert_eq!(distante.ecrire(&monde).await, 0, "nothing waits");
    })
    .await;
}
