//! Following, examining, deciding.

use crate::outils::monde::{AUTRE_DOSSIER, DOSSIER, Monde, raconter};
use backend::Echec;
use backend::courriels::boite;
use backend::dossier::entete;
use backend::dossier::examen::instruction::Demande;
use backend::dossier::examen::{corrections, instruction, suivis};
use backend::dossier::usager::formulaires::{self, Saisies};
use backend::messagerie::ecriture::{self, Envoi};
use backend::tables::{journal, suivi, traitement};
use domain::correction::EtatCorrection;
use domain::dossier::{EtatDossier, Tag};
use domain::instruction::Geste;
use domain::role::Acteur;
use domain::vues::Entete;
use domain::{Champ, Erreur, Saisie};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};

async fn traiter(
    monde: &Monde,
    acteur: &Acteur,
    geste: Geste,
    motivation: &str,
    cle: &str,
) -> Result<(), Echec> {
    let demande = Demande { geste, motivation, cle: cle.into() };
    monde.changer(acteur, async |c| instruction::traiter(c, DOSSIER, demande).await).await
}

async fn suivre(monde: &Monde, acteur: &Acteur, suivre: bool) -> Result<(), Echec> {
    monde.changer(acteur, async |c| suivis::changer(c, DOSSIER, suivre).await).await
}

async fn ecrire_usager(monde: &Monde, corps: &str) {
    let envoi = Envoi { corps, cle: "".into(), fichiers: Vec::new() };
    monde
        .changer(&monde.camille, async |c| ecriture::ecrire_usager(c, DOSSIER, envoi).await)
        .await
        .unwrap();
}

async fn entete(monde: &Monde) -> Entete {
    let db = monde.contexte.base.lire();
    entete::de_l_instructeur(db, &monde.instructeur, DOSSIER, monde.maintenant()).await.unwrap()
}

fn erreur(resultat: Result<(), Echec>) -> Erreur {
    match resultat {
        Err(Echec::Metier(erreur)) => erreur,
        autre => panic!("{autre:?}"),
    }
}

#[tokio::test]
async fn a_refusal_reaches_the_usager_with_its_motivation() {
    raconter(async |monde: Monde| {
        let tom = monde.instructeur.clone();
        traiter(&monde, &tom, Geste::PasserEnInstruction, "", "a").await.unwrap();
        assert_eq!(entete(&monde).await.etat, EtatDossier::EnInstruction);
        assert!(monde.dernier_message(DOSSIER).await.contains("est passé en instruction"));
        let sujets: Vec<String> = monde.courriels().await.into_iter().map(|c| c.1).collect();
        let passe = "Votre dossier n°17606854 est passé en instruction «\u{a0}Intitulé démarche test\u{a0}»";
        assert_eq!(sujets, [passe]);

        monde.le("2024-05-28 09:00:00 +0200");
        traiter(&monde, &tom, Geste::Refuser, "Pièce <b>illisible</b>", "b").await.unwrap();
        let db = monde.contexte.base.lire();
        let sien = entete::de_l_usager(db, &monde.camille, DOSSIER, monde.maintenant())
            .await
            .unwrap();
        let decision = sien.decision.unwrap();
        assert_eq!((sien.etat, decision.etat), (EtatDossier::Refuse, EtatDossier::Refuse));
        assert_eq!(decision.motivation.as_deref(), Some("Pièce <b>illisible</b>"));
        let courriels = monde.courriels().await;
        let (a, sujet) = courriels.last().unwrap();
        assert_eq!(a, "camille.martin@exemple.fr");
        assert!(sujet.contains("a été refusé"), "{sujet}");
        let lignes = journal::Entity::find()
            .filter(journal::Column::Action.eq(Geste::Refuser.journal().code()))
            .count(db)
            .await
            .unwrap();
        assert_eq!(lignes, 1);

        traiter(&monde, &tom, Geste::RepasserEnInstruction, "", "c").await.unwrap();
        assert_eq!(entete(&monde).await.decision, None, "the decision no longer holds");
    })
    .await;
}

#[tokio::test]
async fn a_refusal_without_a_word_changes_nothing() {
    raconter(async |monde: Monde| {
        let tom = monde.instructeur.clone();
        traiter(&monde, &tom, Geste::PasserEnInstruction, "", "a").await.unwrap();
        let resultat = traiter(&monde, &tom, Geste::Refuser, " \n ", "b").await;
        assert_eq!(erreur(resultat), Erreur::champ(Champ::Motivation, Saisie::Vide));
        let resultat = traiter(&monde, &tom, Geste::Refuser, &"a".repeat(10_001), "b").await;
        assert_eq!(erreur(resultat), Erreur::champ(Champ::Motivation, Saisie::TropLong(10_001)));
        assert_eq!(entete(&monde).await.etat, EtatDossier::EnInstruction);
        assert_eq!(monde.messages(DOSSIER).await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn what_another_window_decided_is_not_undone_and_a_double_click_counts_once() {
    raconter(async |monde: Monde| {
        let tom = monde.instructeur.clone();
        traiter(&monde, &tom, Geste::PasserEnInstruction, "", "a").await.unwrap();
        traiter(&monde, &tom, Geste::PasserEnInstruction, "", "a").await.unwrap();
        let resultat = traiter(&monde, &tom, Geste::PasserEnInstruction, "", "b").await;
        assert_eq!(erreur(resultat), Erreur::EtatChange(EtatDossier::EnInstruction));
        traiter(&monde, &tom, Geste::Accepter, "", "c").await.unwrap();
        let resultat = traiter(&monde, &tom, Geste::Refuser, "Non", "d").await;
        assert_eq!(erreur(resultat), Erreur::EtatChange(EtatDossier::Accepte));
        let db = monde.contexte.base.lire();
        assert_eq!(traitement::Entity::find().count(db).await.unwrap(), 2);
        assert_eq!(monde.messages(DOSSIER).await.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_decision_withdraws_the_proposition_that_waits_and_keeps_the_rendez_vous() {
    raconter(async |monde: Monde| {
        let tom = monde.instructeur.clone();
        traiter(&monde, &tom, Geste::PasserEnInstruction, "", "a").await.unwrap();
        monde.proposer(DOSSIER, "p").await.unwrap();
        traiter(&monde, &tom, Geste::Accepter, "", "b").await.unwrap();
        assert_eq!(monde.tag(DOSSIER).await, None);
        let messages = monde.messages(DOSSIER).await;
        assert!(messages.iter().any(|m| m.supprime), "nobody is invited any more");

        traiter(&monde, &tom, Geste::RepasserEnInstruction, "", "c").await.unwrap();
        monde.proposer(DOSSIER, "q").await.unwrap();
        monde.recevoir("01_rdv_created_visio").await;
        traiter(&monde, &tom, Geste::Accepter, "", "d").await.unwrap();
        assert_eq!(monde.tag(DOSSIER).await, Some(Tag::RdvPris), "somebody is expected");
    })
    .await;
}

#[tokio::test]
async fn only_the_instructeurs_of_the_groupe_may_follow_or_decide() {
    raconter(async |monde: Monde| {
        for etranger in [&monde.instructeur_ailleurs, &monde.camille, &monde.admin] {
            let resultat = traiter(&monde, etranger, Geste::PasserEnInstruction, "", "a").await;
            assert_eq!(erreur(resultat), Erreur::Introuvable);
            assert_eq!(erreur(suivre(&monde, etranger, true).await), Erreur::Introuvable);
        }
        let db = monde.contexte.base.lire();
        assert_eq!(suivi::Entity::find().count(db).await.unwrap(), 0);
        assert_eq!(entete(&monde).await.etat, EtatDossier::EnConstruction);
    })
    .await;
}

#[tokio::test]
async fn a_follower_has_a_dot_until_they_look() {
    raconter(async |monde: Monde| {
        ecrire_usager(&monde, "Avant").await;
        assert!(
            entete(&monde).await.messages_non_vus,
            "nobody follows yet: it waits for an answer"
        );
        monde.le("2024-05-27 17:00:00 +0200");
        suivre(&monde, &monde.instructeur, true).await.unwrap();
        suivre(&monde, &monde.instructeur, true).await.unwrap();
        let suivie = entete(&monde).await;
        assert!(suivie.suivi && !suivie.messages_non_vus, "what was there is not news");
        monde.le("2024-05-27 18:00:00 +0200");
        ecrire_usager(&monde, "Après").await;
        assert!(entete(&monde).await.messages_non_vus);
        monde
            .changer(&monde.instructeur, async |c| {
                suivis::voir(c, DOSSIER, domain::liste::Nouveaute::Message, c.maintenant).await
            })
            .await
            .unwrap();
        assert!(!entete(&monde).await.messages_non_vus);
        suivre(&monde, &monde.instructeur, false).await.unwrap();
        assert!(!entete(&monde).await.suivi);
        assert!(monde.messages(AUTRE_DOSSIER).await.is_empty());
    })
    .await;
}

async fn demander(monde: &Monde, acteur: &Acteur, texte: &str, cle: &str) -> Result<(), Echec> {
    let demande = corrections::Demande { texte, cle: cle.into(), fichiers: vec![] };
    monde.changer(acteur, async |c| corrections::demander(c, DOSSIER, demande).await).await
}

/// The usager gives the person concerned another name.
async fn modifier(monde: &Monde, version: i32, nom: &str) {
    let saisies =
        Saisies { prenom: "Camille".to_owned(), nom: nom.to_owned(), ..Saisies::default() };
    monde
        .changer(&monde.camille, async |c| {
            formulaires::modifier(c, DOSSIER, version, saisies).await
        })
        .await
        .unwrap();
}

async fn declarer(monde: &Monde, acteur: &Acteur) -> Result<(), Echec> {
    monde.changer(acteur, async |c| corrections::declarer(c, DOSSIER).await).await
}

#[tokio::test]
async fn a_correction_is_asked_for_then_declared() {
    raconter(async |monde: Monde| {
        let tom = monde.instructeur.clone();
        let resultat = demander(&monde, &tom, " ", "a").await;
        assert_eq!(erreur(resultat), Erreur::champ(Champ::Correction, Saisie::Vide));
        demander(&monde, &tom, "Le plan est <i>flou</i>", "a").await.unwrap();
        demander(&monde, &tom, "Le plan est <i>flou</i>", "a").await.unwrap();
        let resultat = demander(&monde, &tom, "Encore", "b").await;
        assert_eq!(erreur(resultat), Erreur::CorrectionDejaDemandee);
        assert_eq!(entete(&monde).await.correction, Some(EtatCorrection::Demandee));
        let messages = monde.messages(DOSSIER).await;
        assert_eq!(messages.len(), 1);
        assert!(messages[0].corps.contains("Le plan est <i>flou</i>") && messages[0].retirable);
        let courriels = monde.courriels().await;
        assert!(courriels[0].1.starts_with("Vous devez corriger votre dossier n°17606854"));

        assert_eq!(erreur(declarer(&monde, &monde.jean).await), Erreur::Introuvable);
        let sans_rien = declarer(&monde, &monde.camille).await;
        assert_eq!(erreur(sans_rien), Erreur::CorrectionSansModification);
        assert_eq!(entete(&monde).await.correction, Some(EtatCorrection::Demandee));
        assert_eq!(monde.messages(DOSSIER).await.len(), 1, "nothing was said");
        monde.le("2024-05-28 10:00:00 +0200");
        modifier(&monde, 0, "Martin-Dupont").await;
        assert_eq!(entete(&monde).await.correction, Some(EtatCorrection::Demandee), "not said yet");
        declarer(&monde, &monde.camille).await.unwrap();
        assert_eq!(entete(&monde).await.correction, Some(EtatCorrection::Corrigee));
        assert!(!monde.messages(DOSSIER).await[0].retirable);
        assert_eq!(erreur(declarer(&monde, &monde.camille).await), Erreur::CorrectionFinie);
        monde.le("2024-05-28 11:00:00 +0200");
        demander(&monde, &tom, "Encore", "b").await.unwrap();
        assert_eq!(entete(&monde).await.correction, Some(EtatCorrection::Demandee));
        let avant = declarer(&monde, &monde.camille).await;
        assert_eq!(
            erreur(avant),
            Erreur::CorrectionSansModification,
            "what was modified before does not count"
        );
        traiter(&monde, &tom, Geste::PasserEnInstruction, "", "c").await.unwrap();
        assert_eq!(entete(&monde).await.correction, None, "nobody waits any more");
        let resultat = demander(&monde, &tom, "Trop tard", "d").await;
        assert_eq!(erreur(resultat), Erreur::EtatChange(EtatDossier::EnInstruction));
    })
    .await;
}

#[tokio::test]
async fn a_correction_withdrawn_leaves_no_badge_and_no_mail() {
    raconter(async |monde: Monde| {
        let tom = monde.instructeur.clone();
        demander(&monde, &tom, "Le plan", "a").await.unwrap();
        let message = monde.messages(DOSSIER).await.pop().unwrap();
        for (acteur, attendu) in [
            (&monde.instructeur_ailleurs, Some(Erreur::Introuvable)),
            (&monde.instructeur, None),
            (&monde.instructeur, Some(Erreur::CorrectionFinie)),
        ] {
            let resultat =
                monde.changer(acteur, async |c| corrections::retirer(c, message.id).await).await;
            match attendu {
                None => {
                    resultat.unwrap();
                }
                Some(attendu) => assert_eq!(erreur(resultat), attendu),
            }
        }
        assert_eq!(entete(&monde).await.correction, None);
        assert!(monde.dernier_message(DOSSIER).await.is_empty());
        assert!(monde.courriels().await.is_empty(), "its mail had not left yet");
    })
    .await;
}

#[tokio::test]
async fn a_correction_withdrawn_is_said_to_whoever_was_asked() {
    raconter(async |monde: Monde| {
        let tom = monde.instructeur.clone();
        let retirer = async || {
            let message = monde.messages(DOSSIER).await.pop().unwrap();
            monde.changer(&tom, async |c| corrections::retirer(c, message.id).await).await.unwrap();
        };
        demander(&monde, &tom, "Le plan", "a").await.unwrap();
        assert_eq!(monde.courriels().await.len(), 1);
        let message = monde.messages(DOSSIER).await.pop().unwrap().id;
        let boite = boite::lire(&monde.contexte.base).await.unwrap();
        let lien = format!("/dossiers/{DOSSIER}/messagerie?depuis={message}#message-{message}");
        assert!(boite[0].texte.contains(&lien), "{}", boite[0].texte);
        retirer().await;
        let message = monde.messages(DOSSIER).await.pop().unwrap();
        assert_eq!((message.supprime, message.correction), (true, Some(EtatCorrection::Retiree)));
        let courriels = monde.courriels().await;
        assert_eq!(courriels.len(), 2);
        assert_eq!(courriels[1].0, courriels[0].0, "to the same person");
        assert!(courriels[1].1.starts_with("La demande de correction est retirée"));

        // Withdrawn and asked again at once: only what holds is said.
        demander(&monde, &tom, "Le plan et le devis", "b").await.unwrap();
        monde.courriels().await;
        retirer().await;
        demander(&monde, &tom, "Le devis", "c").await.unwrap();
        let courriels = monde.courriels().await;
        assert_eq!(courriels.len(), 4);
        assert!(courriels[3].1.starts_with("Vous devez corriger votre dossier"));
    })
    .await;
}

#[tokio::test]
async fn a_correction_comes_with_its_file_and_a_bad_one_asks_for_nothing() {
    raconter(async |monde: Monde| {
        let demander = async |contenu: &[u8]| {
            let fichier = crate::outils::monde::fichier("plan.pdf", Some(contenu));
            let demande = corrections::Demande {
                texte: "Comme ceci",
                cle: "a".into(),
                fichiers: vec![fichier],
            };
            monde
                .changer(&monde.instructeur, async |c| {
                    corrections::demander(c, DOSSIER, demande).await
                })
                .await
        };
        match erreur(demander(b"MZ").await) {
            Erreur::Champ { champ: Champ::Pieces, probleme: Saisie::FichierDeguise { .. } } => {}
            autre => panic!("{autre:?}"),
        }
        assert_eq!(entete(&monde).await.correction, None);
        demander(b"%PDF-1.7").await.unwrap();
        demander(b"%PDF-1.7").await.unwrap();
        let messages = monde.messages(DOSSIER).await;
        assert_eq!((messages.len(), messages[0].pieces.len()), (1, 1));
        assert_eq!(messages[0].pieces[0].nom, "plan.pdf");
    })
    .await;
}
