//! Propositions that nobody answers: reminded of, then expired.

use crate::outils::corps::{VISIO, corps};
use crate::outils::monde::{AGENDA, AUTRE_DOSSIER, DEMARCHE, DOSSIER, Monde, raconter};
use backend::Echec;
use backend::demarche::administration::historique;
use backend::dossier::entete;
use backend::dossier::examen::instruction::{self, Demande};
use backend::dossier::usager::mes_dossiers;
use backend::liste;
use backend::rendez_vous::rattachements::{self, Lieu};
use backend::rendez_vous::relances::{self, Bilan};
use backend::rendez_vous::{onglet, propositions, tuile_rdv};
use backend::tables::{journal, proposition, rendez_vous};
use domain::dossier::Tag;
use domain::ids::DossierNumero;
use domain::instruction::Geste;
use domain::liste::Filtres;
use domain::message::GenreMessage;
use domain::proposition::EtatProposition;
use domain::relances::{JOURS_MAX, Reglage};
use domain::vues::{Auteur, CarteDossier, Entete};
use domain::{Champ, Erreur, Saisie};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder};
use serde_json::json;

const RAPPEL: &str = "Rappel\u{a0}: vous devez prendre un rendez-vous pour votre dossier n°17606854 «\u{a0}Intitulé démarche test\u{a0}»";

/// Reminders, and propositions that expired.
async fn passer(monde: &Monde, quand: &str) -> (usize, usize) {
    monde.le(quand);
    let Bilan { relances, expirees } =
        relances::passer(&monde.contexte.base, monde.maintenant()).await.unwrap();
    (relances, expirees)
}

async fn regler(monde: &Monde, jours: [&str; 3]) -> Result<(), Erreur> {
    let fait = monde.changer(&monde.admin, async |c| relances::regler(c, DEMARCHE, jours).await);
    fait.await.map_err(Echec::pour_l_ecran)
}

/// How many reminders Camille got.
async fn rappels(monde: &Monde) -> usize {
    let recus = monde.courriels().await;
    let rappel = |(a, sujet): &&(String, String)| a.contains("camille") && sujet == RAPPEL;
    recus.iter().filter(rappel).count()
}

async fn chercher(monde: &Monde, filtres: Filtres) -> Vec<DossierNumero> {
    let (db, t) = (monde.contexte.base.lire(), monde.maintenant());
    let lue = liste::lire(db, &monde.instructeur, DEMARCHE, filtres, t).await.unwrap();
    assert_eq!(lue.dossiers.total, Some(lue.dossiers.lignes.len() as u64));
    lue.dossiers.lignes.iter().map(|ligne| ligne.numero).collect()
}

async fn sans_reponse(monde: &Monde) -> Vec<DossierNumero> {
    let trouves = chercher(monde, Filtres { sans_reponse: true, ..Filtres::default() }).await;
    let (db, t) = (monde.contexte.base.lire(), monde.maintenant());
    let tous = liste::lire(db, &monde.instructeur, DEMARCHE, Filtres::default(), t).await.unwrap();
    let montres = tous.dossiers.lignes.into_iter().filter(|ligne| ligne.sans_reponse);
    assert_eq!(montres.map(|ligne| ligne.numero).collect::<Vec<_>>(), trouves);
    trouves
}

async fn entete(monde: &Monde) -> Entete {
    let (db, t) = (monde.contexte.base.lire(), monde.maintenant());
    entete::de_l_instructeur(db, &monde.instructeur, DOSSIER, t).await.unwrap()
}

async fn carte(monde: &Monde) -> CarteDossier {
    let (db, t) = (monde.contexte.base.lire(), monde.maintenant());
    let lus = mes_dossiers::lire(db, &monde.camille, Default::default(), t).await.unwrap();
    lus.dossiers.elements.into_iter().next().unwrap()
}

async fn etats(monde: &Monde) -> Vec<EtatProposition> {
    let lues = proposition::Entity::find().order_by_asc(proposition::Column::Id);
    let lues = lues.all(monde.contexte.base.lire()).await.unwrap();
    lues.into_iter().map(|lue| lue.etat).collect()
}

#[tokio::test]
async fn who_has_not_booked_is_reminded_twice_then_it_expires() {
    raconter(async |monde: Monde| {
        monde.proposer(DOSSIER, "a").await.unwrap();
        assert_eq!(passer(&monde, "2024-05-27 16:45:00 +0200").await, (0, 0));
        assert_eq!(passer(&monde, "2024-05-30 16:43:00 +0200").await, (0, 0));
        assert_eq!(passer(&monde, "2024-05-30 16:44:00 +0200").await, (1, 0));
        assert_eq!(passer(&monde, "2024-05-30 16:49:00 +0200").await, (0, 0), "once");
        assert_eq!(rappels(&monde).await, 1);
        let dit = monde.messages(DOSSIER).await.pop().unwrap();
        assert_eq!((dit.genre, dit.auteur), (GenreMessage::Relance, Auteur::Systeme));
        assert_eq!(dit.lien.as_deref(), Some(AGENDA));
        let debut = "Rappel\u{a0}: un rendez-vous vous a été proposé le 27 mai 2024, et vous n'avez pas encore choisi de créneau. Sans réponse de votre part, cette proposition expirera le 26 juin 2024.";
        assert!(dit.corps.starts_with(debut) && dit.corps.ends_with(AGENDA), "{}", dit.corps);
        assert!(!dit.retirable && !dit.supprimable);
        // Nobody is written to at night.
        assert_eq!(passer(&monde, "2024-06-03 07:59:00 +0200").await, (0, 0));
        assert_eq!(passer(&monde, "2024-06-03 21:00:00 +0200").await, (0, 0));
        assert_eq!(passer(&monde, "2024-06-04 08:00:00 +0200").await, (1, 0));
        assert_eq!(rappels(&monde).await, 2);
        assert_eq!(monde.tag(DOSSIER).await, Some(Tag::RdvPropose));
        assert_eq!(passer(&monde, "2024-06-26 16:40:00 +0200").await, (0, 0));
        assert_eq!(passer(&monde, "2024-06-26 16:44:00 +0200").await, (0, 1));
        assert_eq!(passer(&monde, "2024-07-26 16:44:00 +0200").await, (0, 0));
        assert_eq!(rappels(&monde).await, 2, "it expires without a mail");
        assert_eq!(monde.tag(DOSSIER).await, None);
        let dit = monde.dernier_message(DOSSIER).await;
        assert!(dit.starts_with("La proposition de rendez-vous du 27 mai 2024 a expiré"), "{dit}");
        let lignes = journal::Entity::find()
            .filter(journal::Column::Action.is_in(["proposition_relancee", "proposition_expiree"]));
        assert_eq!(lignes.count(monde.contexte.base.lire()).await.unwrap(), 3);
    })
    .await;
}

#[tokio::test]
async fn what_expired_is_shown_to_both_sides_and_proposed_again_with_the_same_words() {
    raconter(async |monde: Monde| {
        monde
            .changer(&monde.instructeur, async |c| {
                propositions::proposer(c, DOSSIER, "Apportez le plan.", "a".into()).await
            })
            .await
            .unwrap();
        assert_eq!(sans_reponse(&monde).await, []);
        assert_eq!(carte(&monde).await.sans_reponse, None);
        assert_eq!(passer(&monde, "2024-07-01 10:00:00 +0200").await, (0, 1), "it was down");
        assert_eq!(sans_reponse(&monde).await, [DOSSIER]);
        let expiree = entete(&monde).await.sans_reponse.unwrap();
        assert_eq!(expiree.complement, "Apportez le plan.");
        let carte_lue = carte(&monde).await;
        assert_eq!((carte_lue.tag, carte_lue.proposition), (None, None));
        assert_eq!(carte_lue.sans_reponse, Some(expiree.le));
        let (db, t) = (monde.contexte.base.lire(), monde.maintenant());
        let vue = onglet::onglet(db, &monde.camille, DOSSIER, t).await.unwrap().vue;
        assert_eq!((vue.sans_reponse, vue.proposition), (Some(expiree.le), None));
        let messages = monde.messages(DOSSIER).await;
        assert!(messages.iter().all(|m| !m.retirable && !m.supprime), "what was said stays");
        let refus = monde.retirer(messages[0].id).await.unwrap_err().pour_l_ecran();
        assert_eq!(refus, Erreur::PropositionExpiree);
        // A form of before, sent again, makes another one.
        monde
            .changer(&monde.instructeur, async |c| {
                propositions::proposer(c, DOSSIER, &expiree.complement, "a".into()).await
            })
            .await
            .unwrap();
        assert_eq!(monde.tag(DOSSIER).await, Some(Tag::RdvPropose));
        assert_eq!(sans_reponse(&monde).await, []);
        assert!(entete(&monde).await.sans_reponse.is_none());
        assert!(monde.dernier_message(DOSSIER).await.contains("\n\nApportez le plan.\n\n"));
        assert_eq!(passer(&monde, "2024-07-04 10:00:00 +0200").await, (1, 0));
        assert_eq!(passer(&monde, "2024-08-01 10:00:00 +0200").await, (0, 1));
        assert_eq!(sans_reponse(&monde).await, [DOSSIER]);
        // Decided on, it waits for nobody.
        decider(&monde).await;
        assert_eq!(sans_reponse(&monde).await, []);
        assert!(entete(&monde).await.sans_reponse.is_none());
    })
    .await;
}

async fn decider(monde: &Monde) {
    for (geste, cle) in [(Geste::PasserEnInstruction, "i"), (Geste::Refuser, "r")] {
        let demande = Demande { geste, motivation: "Non", cle: cle.into() };
        monde
            .changer(&monde.instructeur, async |c| instruction::traiter(c, DOSSIER, demande).await)
            .await
            .unwrap();
    }
}

#[tokio::test]
async fn nobody_is_reminded_of_what_was_booked_withdrawn_or_decided() {
    raconter(async |monde: Monde| {
        for (rang, suite) in ["prise", "retirée", "décidée"].into_iter().enumerate() {
            monde.le("2024-05-27 16:44:00 +0200");
            monde.proposer(AUTRE_DOSSIER, &format!("autre {rang}")).await.unwrap();
            monde.proposer(DOSSIER, &format!("{rang}")).await.unwrap();
            // Reminded of; then it happens before the mail has left, and before the next one.
            assert_eq!(passer(&monde, "2024-05-30 16:44:00 +0200").await, (2, 0), "{suite}");
            let message = monde.messages(DOSSIER).await;
            let propose = message.iter().rfind(|m| m.genre == GenreMessage::Proposition).unwrap();
            match suite {
                "prise" => monde.recevoir(VISIO).await,
                "retirée" => monde.retirer(propose.id).await.unwrap(),
                _ => decider(&monde).await,
            }
            assert_eq!(rappels(&monde).await, 0, "{suite}");
            assert_eq!(passer(&monde, "2024-06-03 16:44:00 +0200").await, (1, 0), "the other one");
            assert_eq!(rappels(&monde).await, 0, "{suite}");
            let relances = monde.messages(DOSSIER).await;
            let relances =
                relances.iter().filter(|m| m.genre == GenreMessage::Relance && !m.supprime);
            assert_eq!(relances.count(), 1, "what took it back took the reminder back: {suite}");
            if suite == "prise" {
                monde.recevoir("06_rdv_updated_cancelled_by_user_excused").await;
            }
            let autre = monde.messages(AUTRE_DOSSIER).await;
            let propose = autre.iter().rfind(|m| m.retirable).unwrap();
            monde.retirer(propose.id).await.unwrap();
        }
    })
    .await;
}

#[tokio::test]
async fn several_processes_send_one_and_one_that_was_down_sends_the_last_one() {
    raconter(async |monde: Monde| {
        monde.proposer(DOSSIER, "a").await.unwrap();
        monde.le("2024-06-06 10:00:00 +0200");
        let (base, t) = (&monde.contexte.base, monde.maintenant());
        let (a, b, c) = tokio::join!(
            relances::passer(base, t),
            relances::passer(base, t),
            relances::passer(base, t)
        );
        let faites = [a, b, c].map(|bilan| bilan.unwrap().relances);
        assert_eq!(faites.iter().sum::<usize>(), 1, "{faites:?}");
        assert_eq!(rappels(&monde).await, 1);
        assert_eq!(
            passer(&monde, "2024-06-20 10:00:00 +0200").await,
            (0, 0),
            "the first one is over"
        );
        assert_eq!(passer(&monde, "2024-06-26 16:44:00 +0200").await, (0, 1));
    })
    .await;
}

#[tokio::test]
async fn an_administrateur_sets_it_and_those_that_wait_follow() {
    raconter(async |monde: Monde| {
        let db = monde.contexte.base.lire();
        monde.proposer(DOSSIER, "a").await.unwrap();
        assert_eq!(passer(&monde, "2024-05-27 17:00:00 +0200").await, (0, 0));
        let refus =
            |champ, min| Err(Erreur::champ(champ, Saisie::PasDesJours { min, max: JOURS_MAX }));
        assert_eq!(regler(&monde, ["0", "7", "30"]).await, refus(Champ::PremiereRelance, 1));
        assert_eq!(regler(&monde, ["3", "4", "30"]).await, refus(Champ::SecondeRelance, 5));
        assert_eq!(regler(&monde, ["3", "7", "8"]).await, refus(Champ::SansReponse, 9));
        let ailleurs = monde.demarche_d_ailleurs(domain::ids::DemarcheNumero(1), "x@y.fr").await;
        let jours = ["", "", "5"];
        let fait = monde.changer(&ailleurs, async |c| relances::regler(c, DEMARCHE, jours).await);
        assert_eq!(fait.await.unwrap_err().pour_l_ecran(), Erreur::Introuvable);
        monde.le("2024-05-28 10:00:00 +0200");
        for _ in 0..2 {
            regler(&monde, jours).await.unwrap();
        }
        let t = monde.maintenant();
        let lu = tuile_rdv::lire(db, &monde.contexte.outils, &monde.admin, DEMARCHE, t).await;
        let attendu = Reglage { premiere: None, seconde: None, expiration: 5 };
        assert_eq!(lu.unwrap().relances, attendu);
        let lignes = historique::lire(db, &monde.admin, DEMARCHE, 1).await.unwrap();
        let dit = "rappels des propositions modifiés";
        assert_eq!(format!("{lignes:?}").matches(dit).count(), 1);
        assert_eq!(passer(&monde, "2024-05-31 10:00:00 +0200").await, (0, 0), "both are off");
        assert_eq!(passer(&monde, "2024-06-01 16:44:00 +0200").await, (0, 1));
        assert_eq!(rappels(&monde).await, 0);
        // Nobody is reminded to take what may no longer be proposed.
        regler(&monde, ["1", "", "5"]).await.unwrap();
        monde.proposer(DOSSIER, "b").await.unwrap();
        monde.activer(false).await;
        assert_eq!(passer(&monde, "2024-06-03 10:00:00 +0200").await, (0, 0));
        assert_eq!(passer(&monde, "2024-06-07 10:00:00 +0200").await, (0, 1));
    })
    .await;
}

#[tokio::test]
async fn a_booking_that_comes_after_the_end_answers_it_all_the_same() {
    raconter(async |monde: Monde| {
        regler(&monde, ["", "", "5"]).await.unwrap();
        monde.proposer(DOSSIER, "a").await.unwrap();
        assert_eq!(passer(&monde, "2024-06-02 10:00:00 +0200").await, (0, 1));
        monde.recevoir(VISIO).await;
        assert_eq!(monde.tag(DOSSIER).await, Some(Tag::RdvPris));
        assert_eq!(etats(&monde).await, [EtatProposition::Prise]);
        assert_eq!(sans_reponse(&monde).await, []);
        assert!(monde.dernier_message(DOSSIER).await.starts_with("Rendez-vous pris"));
        // It belongs elsewhere: the proposition is where it was.
        let db = monde.contexte.base.lire();
        let rdv = rendez_vous::Entity::find().one(db).await.unwrap().unwrap();
        let lieu = Lieu::Dossier(DOSSIER);
        monde
            .changer(&monde.instructeur, async |c| {
                rattachements::detacher(c, rdv.id, DOSSIER, lieu).await
            })
            .await
            .unwrap();
        assert_eq!(etats(&monde).await, [EtatProposition::Expiree]);
        assert_eq!(sans_reponse(&monde).await, [DOSSIER]);
        // While another one waits, it answers that one.
        monde.proposer(DOSSIER, "b").await.unwrap();
        let mut suivant = corps(VISIO);
        suivant["data"]["id"] = json!(990_001);
        monde.livrer(&suivant).await;
        assert_eq!(etats(&monde).await, [EtatProposition::Expiree, EtatProposition::Prise]);
    })
    .await;
}

#[tokio::test]
async fn one_that_waits_again_has_its_whole_time_again() {
    raconter(async |monde: Monde| {
        monde.proposer(DOSSIER, "a").await.unwrap();
        assert_eq!(passer(&monde, "2024-05-30 16:44:00 +0200").await, (1, 0));
        monde.recevoir(VISIO).await;
        monde.le("2024-06-28 10:00:00 +0200");
        let db = monde.contexte.base.lire();
        let rdv = rendez_vous::Entity::find().one(db).await.unwrap().unwrap();
        let lieu = Lieu::Dossier(DOSSIER);
        monde
            .changer(&monde.instructeur, async |c| {
                rattachements::detacher(c, rdv.id, DOSSIER, lieu).await
            })
            .await
            .unwrap();
        assert_eq!(etats(&monde).await, [EtatProposition::Proposee]);
        assert_eq!(passer(&monde, "2024-06-30 10:00:00 +0200").await, (0, 0));
        assert_eq!(passer(&monde, "2024-07-01 10:00:00 +0200").await, (1, 0));
        assert_eq!(passer(&monde, "2024-07-05 10:00:00 +0200").await, (1, 0));
        assert_eq!(passer(&monde, "2024-07-28 10:00:00 +0200").await, (0, 1));
    })
    .await;
}

#[tokio::test]
async fn a_list_keeps_those_proposed_for_longer_than_so_many_days() {
    raconter(async |monde: Monde| {
        let depuis = async |jours: u16| {
            chercher(&monde, Filtres { propose_depuis: Some(jours), ..Filtres::default() }).await
        };
        assert_eq!(depuis(0).await, []);
        monde.proposer(DOSSIER, "a").await.unwrap();
        monde.le("2024-05-30 16:44:00 +0200");
        monde.proposer(AUTRE_DOSSIER, "b").await.unwrap();
        assert_eq!(depuis(3).await, [], "not more than three days");
        monde.le("2024-05-30 16:45:00 +0200");
        assert_eq!(depuis(3).await, [DOSSIER]);
        assert_eq!(depuis(0).await, [AUTRE_DOSSIER, DOSSIER]);
        assert_eq!(depuis(4).await, []);
        monde.recevoir(VISIO).await;
        assert_eq!(depuis(0).await, [AUTRE_DOSSIER], "booked");
    })
    .await;
}
