//! The schema.

use crate::avis::{EXPERTE, avis, demander_a, envoyer, jetons, pdf};
use crate::monde::{DOSSIER, Monde, raconter};
use backend::avis::expert::Reponse;
use backend::entities::{contenu, piece_jointe, rendez_vous};
use backend::messages::{self, Envoi};
use backend::pieces;
use domain::ids::PieceId;
use migration::{Migrator, MigratorTrait};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel, PaginatorTrait};

#[tokio::test]
async fn the_second_version_can_be_undone_and_made_again_without_losing_a_rendez_vous() {
    raconter(async |monde: Monde| {
        monde.proposer(DOSSIER, "a").await.unwrap();
        monde.recevoir("01_rdv_created_visio").await;
        let db = monde.contexte.base.lire();
        let avant = rendez_vous::Entity::find().one(db).await.unwrap().unwrap();
        let suivantes = Migrator::migrations().len() - 1;
        Migrator::down(db, Some(u32::try_from(suivantes).unwrap())).await.unwrap();
        Migrator::up(db, None).await.unwrap();
        let apres = rendez_vous::Entity::find().one(db).await.unwrap().unwrap();
        assert_eq!((apres.id, apres.rdv, apres.dossier), (avant.id, avant.rdv, avant.dossier));
        monde.recevoir("05_rdv_updated_rescheduled_by_user").await;
        assert!(monde.dernier_message(DOSSIER).await.starts_with("Rendez-vous déplacé"));
    })
    .await;
}

#[tokio::test]
async fn the_files_of_people_outlive_those_of_experts_and_keep_their_numbers() {
    raconter(async |monde: Monde| {
        let (db, outils, t) =
            (monde.contexte.base.lire(), &monde.contexte.outils, monde.maintenant());
        let tx = monde.contexte.base.ecrire().await.unwrap();
        let envoi = Envoi { corps: "Voici", cle: "k", fichiers: vec![pdf("a.pdf")] };
        messages::ecrire_usager(&tx, outils, &monde.camille, DOSSIER, envoi, t).await.unwrap();
        tx.valider().await.unwrap();
        demander_a(&monde, EXPERTE, false).await;
        let jeton = jetons(&monde, EXPERTE).await.remove(0);
        let joindre = async |texte| {
            let fichiers = vec![pdf("b.pdf")];
            let reponse = Reponse { texte, fichiers, ..Reponse::default() };
            envoyer(&monde, &jeton, reponse).await.unwrap();
        };
        joindre("Oui").await;
        let sienne = avis(&monde).await[0].pieces_rendues[0].id;

        let toutes = Migrator::migrations();
        let rang = toutes.iter().position(|m| m.name() == "m0011_pieces_experts").unwrap();
        let pas = u32::try_from(toutes.len() - rang).unwrap();
        Migrator::down(db, Some(pas)).await.unwrap();
        Migrator::up(db, None).await.unwrap();
        let restent = piece_jointe::Entity::find().all(db).await.unwrap();
        let [reste] = &restent[..] else { panic!("{restent:?}") };
        assert_eq!(contenu::Entity::find().count(db).await.unwrap(), 1);
        let lue = pieces::lire(db, outils, &monde.camille, PieceId(reste.id)).await.unwrap();
        assert_eq!((lue.0.nom.as_str(), lue.1.as_slice()), ("a.pdf", &b"%PDF-1.7"[..]));
        joindre("Toujours oui").await;
        let nouvelle = avis(&monde).await[0].pieces_rendues[0].id;
        assert!(nouvelle > sienne, "a number is never given twice");

        // Nobody but an expert joins a file without an account.
        let mut anonyme = restent[0].clone().into_active_model();
        anonyme.compte = Set(None);
        assert!(anonyme.update(db).await.is_err());
        // The content still goes with its file.
        piece_jointe::Entity::delete_by_id(nouvelle.0).exec(db).await.unwrap();
        assert_eq!(contenu::Entity::find().count(db).await.unwrap(), 1);
    })
    .await;
}
