//! What happens to a dossier there, once it is mirrored here.

use super::Miroir;
use crate::outils::corps::corps;
use crate::outils::monde::{AGENDA, Monde, raconter};
use backend::dossier::entete;
use backend::ouvriers;
use backend::rendez_vous::propositions;
use backend::rendez_vous::tuile_rdv::{self, Demande};
use backend::tables::{mot_dossier, proposition, signalement_distant, suivi};
use domain::dossier::{EtatDossier, Place};
use domain::proposition::EtatProposition;
use domain::raccordement::EtatMessage;
use sandbox::demarches_simplifiees::{
    Civilite, DEMARCHE, Demandeur, Fault, FaultKind, INSTRUCTEUR, OTHER_INSTRUCTEUR, State,
};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use serde_json::json;

/// A dossier to which a rendez-vous was proposed, by an instructeur of its groupe.
async fn propose(monde: &Monde, miroir: &Miroir) -> i64 {
    let numero = miroir.deposer("camille.martin@exemple.fr");
    miroir.ronde(monde).await;
    let demande = Demande { active: true, url_agenda: AGENDA.to_owned() };
    monde
        .changer(&monde.admin, async |c| tuile_rdv::enregistrer(c, miroir.numero, &demande).await)
        .await
        .unwrap();
    let qui = miroir.acteur(monde, INSTRUCTEUR).await;
    let ici = miroir.dossier(monde, numero).await.numero;
    monde
        .changer(&qui, async |c| propositions::proposer(c, ici, "", "p".into()).await)
        .await
        .unwrap();
    numero
}

async fn etat_de_la_proposition(monde: &Monde) -> EtatProposition {
    let db = monde.contexte.base.lire();
    proposition::Entity::find().one(db).await.unwrap().unwrap().etat
}

#[tokio::test]
async fn a_dossier_decided_there_withdraws_the_proposition_and_says_so_there() {
    raconter(async |mut monde: Monde| {
        let miroir = Miroir::ouvrir(&mut monde).await;
        let numero = propose(&monde, &miroir).await;
        ouvriers::envois_distants::tout_ecrire(&monde.contexte).await.unwrap();
        miroir.bac.bring_to(numero, State::Accepte).unwrap();
        miroir.ronde_suivante(&monde).await;
        assert_eq!(miroir.dossier(&monde, numero).await.etat, EtatDossier::Accepte);
        assert_eq!(etat_de_la_proposition(&monde).await, EtatProposition::Retiree);
        ouvriers::envois_distants::tout_ecrire(&monde.contexte).await.unwrap();
        assert_eq!(miroir.bac.count_messages(numero, "est retirée"), 1);
        miroir.bac.archive(numero, true).unwrap();
        miroir.ronde_suivante(&monde).await;
        assert_eq!(miroir.dossier(&monde, numero).await.place, Place::Archives);
        assert!(miroir.miroir(&monde, numero).await.unwrap().archive);
    })
    .await;
}

#[tokio::test]
async fn a_dossier_given_to_another_groupe_there_moves_here_at_once() {
    raconter(async |mut monde: Monde| {
        let miroir = Miroir::ouvrir(&mut monde).await;
        let numero = propose(&monde, &miroir).await;
        let ici = miroir.dossier(&monde, numero).await.numero;
        let avant = miroir.acteur(&monde, INSTRUCTEUR).await;
        let apres = miroir.acteur(&monde, OTHER_INSTRUCTEUR).await;
        let db = monde.contexte.base.lire();
        let ligne = suivi::ActiveModel {
            dossier: Set(ici),
            compte: Set(avant.compte),
            depuis: Set(monde.maintenant()),
            vu_le: Set(monde.maintenant()),
            ..Default::default()
        };
        suivi::Entity::insert(ligne).exec_without_returning(db).await.unwrap();
        let autre = miroir.bac.demarche(DEMARCHE).unwrap().groupes[1].id;
        miroir.bac.change_groupe(numero, autre).unwrap();
        miroir.ronde_suivante(&monde).await;
        let t = monde.maintenant();
        assert!(entete::de_l_instructeur(db, &avant, ici, t).await.is_err());
        assert!(entete::de_l_instructeur(db, &apres, ici, t).await.is_ok());
        assert!(suivi::Entity::find().all(db).await.unwrap().is_empty());
        assert_eq!(etat_de_la_proposition(&monde).await, EtatProposition::Proposee);
    })
    .await;
}

#[tokio::test]
async fn whoever_proposed_hears_no_more_of_a_dossier_that_was_given_away_there() {
    raconter(async |mut monde: Monde| {
        let miroir = Miroir::ouvrir(&mut monde).await;
        let numero = propose(&monde, &miroir).await;
        let autre = miroir.bac.demarche(DEMARCHE).unwrap().groupes[1].id;
        miroir.bac.change_groupe(numero, autre).unwrap();
        miroir.ronde_suivante(&monde).await;
        let avant = monde.courriels().await.len();
        let mut corps = corps("01_rdv_created_visio");
        let site = miroir.bac.url.origin().ascii_serialization();
        let adresse = format!("{site}/procedures/{DEMARCHE}/dossiers/{numero}");
        corps["data"]["context"] = json!(adresse);
        monde.livrer(&corps).await;
        let courriels = monde.courriels().await.split_off(avant);
        let a = |email: &str| courriels.iter().filter(|(a, _)| a == email).count();
        assert_eq!((a(INSTRUCTEUR), a(OTHER_INSTRUCTEUR)), (0, 1), "{courriels:?}");
    })
    .await;
}

#[tokio::test]
async fn a_demandeur_who_is_renamed_is_found_by_their_new_name() {
    raconter(async |mut monde: Monde| {
        let miroir = Miroir::ouvrir(&mut monde).await;
        let numero = miroir.deposer("camille.martin@exemple.fr");
        miroir.ronde(&monde).await;
        let nouveau = Demandeur::physique(Civilite::M, "Zéphyrin", "Quatremère");
        miroir.bac.rename(numero, nouveau).unwrap();
        miroir.ronde_suivante(&monde).await;
        let db = monde.contexte.base.lire();
        let ici = miroir.dossier(&monde, numero).await.numero;
        let mots = mot_dossier::Entity::find().filter(mot_dossier::Column::Dossier.eq(ici));
        let mots: Vec<String> = mots.all(db).await.unwrap().into_iter().map(|m| m.mot).collect();
        assert!(mots.contains(&"quatremere".to_owned()), "{mots:?}");
        assert_eq!(miroir.dossier(&monde, numero).await.nom, "Quatremère");
    })
    .await;
}

/// An answer that is lost on the way is found again by the round, as what was sent.
#[tokio::test]
async fn a_message_whose_answer_was_lost_is_recognised_when_it_is_read() {
    raconter(async |mut monde: Monde| {
        let miroir = Miroir::ouvrir(&mut monde).await;
        let numero = propose(&monde, &miroir).await;
        miroir.bac.disturb(Fault::of(FaultKind::LostAnswer).times(1).operation("mutation"));
        ouvriers::envois_distants::tout_ecrire(&monde.contexte).await.unwrap();
        let la_bas = miroir.bac.messages(numero).len();
        miroir.ronde_suivante(&monde).await;
        let lus = miroir.messages(&monde, numero).await;
        assert_eq!(lus.len(), la_bas, "not a second one");
        assert!(lus.iter().any(|(_, distant)| distant.etat == EtatMessage::Remis));
        ouvriers::envois_distants::tout_ecrire(&monde.contexte).await.unwrap();
        assert_eq!(miroir.bac.messages(numero).len(), la_bas);
    })
    .await;
}

#[tokio::test]
async fn a_dossier_that_is_said_to_have_changed_is_read_again_alone() {
    raconter(async |mut monde: Monde| {
        let miroir = Miroir::ouvrir(&mut monde).await;
        let (numero, autre) = (miroir.deposer("a@exemple.fr"), miroir.deposer("b@exemple.fr"));
        miroir.ronde(&monde).await;
        miroir.bac.add_demarche(7_001, "Une autre");
        let etranger = miroir.bac.fill(7_001, 1).unwrap();
        miroir.bac.usager_writes(numero, "Bonjour").unwrap();
        miroir.bac.usager_writes(autre, "Bonjour").unwrap();
        let db = monde.contexte.base.lire();
        for numero_distant in [numero, etranger] {
            let ligne = signalement_distant::ActiveModel {
                raccordement: Set(miroir.id),
                numero_distant: Set(numero_distant),
                recu_le: Set(monde.maintenant()),
                ..Default::default()
            };
            signalement_distant::Entity::insert(ligne).exec_without_returning(db).await.unwrap();
        }
        ouvriers::miroirs::tout_relire(&monde.contexte).await.unwrap();
        assert!(signalement_distant::Entity::find().all(db).await.unwrap().is_empty());
        assert_eq!(miroir.messages(&monde, numero).await.len(), miroir.bac.messages(numero).len());
        assert!(miroir.messages(&monde, autre).await.len() < miroir.bac.messages(autre).len());
        assert!(miroir.miroir(&monde, etranger).await.is_none(), "of another démarche");
    })
    .await;
}
