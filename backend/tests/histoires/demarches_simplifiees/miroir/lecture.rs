//! What a dossier is here, once it was read.

use super::Miroir;
use crate::outils::dossier_distant::plus_tard;
use crate::outils::monde::{AUTRE_DOSSIER, DOSSIER, Monde, raconter};
use backend::dossier::usager::depots;
use backend::tables::message::RoleAuteur;
use backend::tables::{brouillon, dossier};
use chrono::Duration;
use domain::dossier::{EtatDossier, Origine, Place};
use domain::ids::DossierNumero;
use domain::raccordement::Suppression;
use sandbox::demarches_simplifiees::{
    DEMARCHE, Demandeur, Fault, FaultKind, INSTRUCTEUR, NewDossier, State, TypeDeChamp, Wanted,
};
use sea_orm::EntityTrait;

#[tokio::test]
async fn a_dossier_is_here_what_it_is_there() {
    raconter(async |mut monde: Monde| {
        let miroir = Miroir::ouvrir(&mut monde).await;
        let depose_le = monde.maintenant() - Duration::days(3);
        let numero = miroir
            .bac
            .file(
                DEMARCHE,
                NewDossier {
                    usager: "Camille.Martin@Exemple.fr".to_owned(),
                    state: State::EnInstruction,
                    depose_at: Some(depose_le),
                    ..NewDossier::default()
                },
            )
            .unwrap();
        let champ = miroir.bac.dossier(numero).unwrap().champs[0].stable_id;
        miroir.bac.fill_in(numero, champ, "3 quai Sud").unwrap();
        let bilan = miroir.ronde(&monde).await;
        assert_eq!((bilan.lus, bilan.changes), (1, 1));
        let lu = miroir.dossier(&monde, numero).await;
        assert_eq!(lu.numero, DossierNumero(numero), "the number that it has there");
        assert_eq!((lu.demarche, lu.origine), (miroir.numero, Origine::DemarchesSimplifiees));
        assert_eq!((lu.etat, lu.place), (EtatDossier::EnInstruction, Place::Liste));
        assert_eq!((lu.prenom.as_str(), lu.nom.as_str()), ("Camille", "Martin"));
        assert_eq!(lu.depose_le, depose_le);
        let reponses = dossier::reponses(&lu).unwrap();
        assert!(reponses.iter().any(|r| r.valeur == "3 quai Sud"), "{reponses:?}");
        let ligne = miroir.miroir(&monde, numero).await.unwrap();
        assert_eq!(ligne.suppression, Suppression::Aucune);
        assert_eq!(ligne.genre_demandeur, "PersonnePhysique");
        let camille = miroir.acteur(&monde, "camille.martin@exemple.fr").await;
        assert_eq!(lu.usager, camille.compte);
    })
    .await;
}

#[tokio::test]
async fn a_round_where_nothing_moved_is_one_request_and_writes_nothing() {
    raconter(async |mut monde: Monde| {
        let miroir = Miroir::ouvrir(&mut monde).await;
        for rang in 0..3 {
            miroir.deposer(&format!("usager{rang}@exemple.fr"));
        }
        assert_eq!(miroir.ronde(&monde).await.changes, 3);
        // A change that was slow to be committed there would still be found.
        assert_eq!(miroir.ronde_suivante(&monde).await.changes, 0);
        plus_tard(&monde, Duration::minutes(10));
        miroir.bac.forget();
        let bilan = miroir.ronde(&monde).await;
        assert_eq!((bilan.lus, bilan.changes), (0, 0));
        assert_eq!(miroir.bac.requests().total, 1, "{:?}", miroir.bac.requests());
    })
    .await;
}

#[tokio::test]
async fn each_kind_of_demandeur_has_a_name_and_one_that_is_not_known_is_read_again() {
    raconter(async |mut monde: Monde| {
        let miroir = Miroir::ouvrir(&mut monde).await;
        let depose = |demandeur| {
            miroir.bac.file(DEMARCHE, NewDossier { demandeur, ..NewDossier::default() }).unwrap()
        };
        let (siret, raison_sociale) = ("13002526500013".to_owned(), "Les Jardins".to_owned());
        let morale = depose(Demandeur::Morale {
            siret: siret.clone(),
            raison_sociale: raison_sociale.clone(),
        });
        let incomplete = depose(Demandeur::MoraleIncomplete { siret: siret.clone() });
        let inconnu = depose(NewDossier::default().demandeur);
        let sort = FaultKind::UnknownDemandeur { dossier: Some(inconnu) };
        miroir.bac.disturb(Fault::of(sort));
        miroir.ronde(&monde).await;
        let nom = async |numero| miroir.dossier(&monde, numero).await.nom;
        assert_eq!(nom(morale).await, "Les Jardins");
        assert_eq!(nom(incomplete).await, format!("SIRET {siret}"));
        assert_eq!(nom(inconnu).await, "Demandeur d'un type inconnu");
        miroir.bac.recover();
        miroir.ronde_suivante(&monde).await;
        plus_tard(&monde, Duration::hours(25));
        miroir.ronde(&monde).await;
        assert_eq!(nom(inconnu).await, "Martin");
        assert_eq!(nom(incomplete).await, format!("SIRET {siret}"), "the register says no more");
    })
    .await;
}

#[tokio::test]
async fn messages_are_read_once_whoever_wrote_them() {
    raconter(async |mut monde: Monde| {
        let miroir = Miroir::ouvrir(&mut monde).await;
        let numero = miroir.deposer("camille.martin@exemple.fr");
        miroir.bac.usager_writes(numero, "Bonjour\r\nà vous").unwrap();
        let ecrit = miroir.bac.instructeur_writes(numero, INSTRUCTEUR, "Merci", None).unwrap();
        miroir.bac.guest_writes(numero, "voisin@exemple.fr", "Moi aussi").unwrap();
        miroir.bac.decide(numero, State::EnInstruction, "", INSTRUCTEUR).unwrap();
        for _ in 0..2 {
            miroir.ronde(&monde).await;
        }
        let lus = miroir.messages(&monde, numero).await;
        let la_bas = miroir.bac.messages(numero);
        assert_eq!(lus.len(), la_bas.len());
        let de = |texte: &str| {
            let lu = lus.iter().find(|(message, _)| message.corps == texte);
            lu.map(|(message, _)| message.role_auteur).unwrap()
        };
        assert_eq!(de("Bonjour\nà vous"), RoleAuteur::Usager);
        assert_eq!(de("Merci"), RoleAuteur::Instructeur);
        assert_eq!(de("Moi aussi"), RoleAuteur::Usager);
        assert!(lus.iter().any(|(message, _)| message.role_auteur == RoleAuteur::Systeme));
        let gens = ["camille.martin@exemple.fr", "voisin@exemple.fr"];
        let ecrits = monde.courriels().await;
        let a_eux = ecrits.iter().filter(|(a, _)| gens.contains(&a.as_str())).count();
        assert_eq!(a_eux, 0, "the platform tells its people itself");
        miroir.bac.delete_message(ecrit, INSTRUCTEUR).unwrap();
        miroir.ronde_suivante(&monde).await;
        let apres = miroir.messages(&monde, numero).await;
        assert_eq!(apres.len(), lus.len());
        let vide = apres.iter().find(|(message, _)| message.supprime_le.is_some()).unwrap();
        assert_eq!((vide.0.corps.as_str(), vide.0.role_auteur), ("", RoleAuteur::Instructeur));
    })
    .await;
}

#[tokio::test]
async fn a_form_that_changes_changes_the_answers() {
    raconter(async |mut monde: Monde| {
        let miroir = Miroir::ouvrir(&mut monde).await;
        let numero = miroir.deposer("camille.martin@exemple.fr");
        miroir.ronde(&monde).await;
        let avant = dossier::reponses(&miroir.dossier(&monde, numero).await).unwrap();
        let voulus = [
            Wanted::new("Une question de plus", TypeDeChamp::Text),
            Wanted::new("Oui ?", TypeDeChamp::Checkbox),
        ];
        miroir.bac.revise(DEMARCHE, &voulus, &[]).unwrap();
        miroir.bac.touch(numero).unwrap();
        miroir.ronde_suivante(&monde).await;
        let apres = miroir.dossier(&monde, numero).await;
        let reponses = dossier::reponses(&apres).unwrap();
        assert_ne!(reponses, avant);
        assert_eq!(reponses[0].libelle, "Une question de plus");
        assert!(apres.version > 0 && apres.modifie_le.is_some());
    })
    .await;
}

#[tokio::test]
async fn the_account_of_an_usager_may_be_gone_there() {
    raconter(async |mut monde: Monde| {
        let miroir = Miroir::ouvrir(&mut monde).await;
        let numero = miroir.deposer("camille.martin@exemple.fr");
        miroir.bac.delete_account(numero).unwrap();
        miroir.ronde(&monde).await;
        let usager = miroir.acteur(&monde, "camille.martin@exemple.fr").await;
        assert_eq!(miroir.dossier(&monde, numero).await.usager, usager.compte);
    })
    .await;
}

#[tokio::test]
async fn a_number_that_somebody_has_here_gives_the_next_free_one() {
    raconter(async |mut monde: Monde| {
        let miroir = Miroir::ouvrir(&mut monde).await;
        let la_bas = [DOSSIER.0, DOSSIER.0 + 1, AUTRE_DOSSIER.0];
        for numero in la_bas {
            let wanted = NewDossier { number: Some(numero), ..NewDossier::default() };
            miroir.bac.file(DEMARCHE, wanted).unwrap();
        }
        miroir.ronde(&monde).await;
        let ici: Vec<i64> = [
            miroir.dossier(&monde, DOSSIER.0).await.numero.0,
            miroir.dossier(&monde, DOSSIER.0 + 1).await.numero.0,
            miroir.dossier(&monde, AUTRE_DOSSIER.0).await.numero.0,
        ]
        .into();
        assert!(!ici.contains(&DOSSIER.0) && !ici.contains(&AUTRE_DOSSIER.0), "{ici:?}");
        let db = monde.contexte.base.lire();
        let sien = dossier::Entity::find_by_id(DOSSIER).one(db).await.unwrap().unwrap();
        assert_eq!(sien.usager, monde.camille.compte, "hers is untouched");
    })
    .await;
}

/// A draft never takes the number that a mirrored dossier has.
#[tokio::test]
async fn a_draft_has_a_number_of_its_own() {
    raconter(async |mut monde: Monde| {
        let miroir = Miroir::ouvrir(&mut monde).await;
        let db = monde.contexte.base.lire();
        monde.publier().await;
        let commencer = async |monde: &Monde, qui| {
            let demarche = crate::outils::monde::DEMARCHE;
            monde.changer(qui, async |c| depots::commencer(c, demarche).await).await.unwrap()
        };
        let premier = commencer(&monde, &monde.camille).await;
        for suivant in 1..4 {
            let number = Some(premier.0 + suivant);
            miroir.bac.file(DEMARCHE, NewDossier { number, ..NewDossier::default() }).unwrap();
        }
        miroir.ronde(&monde).await;
        assert_eq!(miroir.dossier(&monde, premier.0 + 1).await.numero.0, premier.0 + 1);
        let second = commencer(&monde, &monde.jean).await;
        assert!(second.0 > premier.0 + 3, "{second}");
        assert!(dossier::Entity::find_by_id(second).one(db).await.unwrap().is_none());
        assert_eq!(brouillon::Entity::find().all(db).await.unwrap().len(), 2);
    })
    .await;
}
