//! The schema.

use crate::dossier::avis::{EXPERTE, avis, demander_a, envoyer, jetons, pdf};
use crate::outils::modele;
use crate::outils::monde::{DOSSIER, Monde, instant, raconter};
use backend::dossier::examen::avis::expert::Reponse;
use backend::dossier::pieces;
use backend::messagerie::ecriture::{self, Envoi};
use backend::socle::base::schema::{self, Version};
use backend::socle::base::{Base, EchecSchema};
use backend::socle::secrets::coffre::Coffre;
use backend::socle::secrets::hasard::Hasard;
use backend::socle::secrets::temoin;
use backend::tables::{contenu, piece_jointe, rendez_vous};
use migration::{Migrator, MigratorTrait};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ConnectionTrait, EntityTrait, IntoActiveModel,
    PaginatorTrait,
};

#[tokio::test]
async fn the_second_version_can_be_undone_and_made_again_without_losing_a_rendez_vous() {
    raconter(async |monde: Monde| {
        monde.proposer(DOSSIER, "a").await.unwrap();
        monde.recevoir("01_rdv_created_visio").await;
        let db = monde.contexte.base.lire();
        let avant = rendez_vous::Entity::find().one(db).await.unwrap().unwrap();
        let suivantes = Migrator::migrations().len() - 1;
        monde.refaire(suivantes).await;
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
        let (db, outils) = (monde.contexte.base.lire(), &monde.contexte.outils);
        let envoi = Envoi { corps: "Voici", cle: "k".into(), fichiers: vec![pdf("a.pdf")] };
        monde
            .changer(&monde.camille, async |c| ecriture::ecrire_usager(c, DOSSIER, envoi).await)
            .await
            .unwrap();
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
        monde.refaire(toutes.len() - rang).await;
        let restent = piece_jointe::Entity::find().all(db).await.unwrap();
        let [reste] = &restent[..] else { panic!("{restent:?}") };
        assert_eq!(contenu::Entity::find().count(db).await.unwrap(), 1);
        let lue = pieces::lire(db, outils, &monde.camille, reste.id).await.unwrap();
        assert_eq!((lue.0.nom.as_str(), lue.1.as_slice()), ("a.pdf", &b"%PDF-1.7"[..]));
        joindre("Toujours oui").await;
        let nouvelle = avis(&monde).await[0].pieces_rendues[0].id;
        assert!(nouvelle > sienne, "a number is never given twice");

        // Nobody but an expert joins a file without an account.
        let mut anonyme = restent[0].clone().into_active_model();
        anonyme.compte = Set(None);
        assert!(anonyme.update(db).await.is_err());
        // The content still goes with its file.
        piece_jointe::Entity::delete_by_id(nouvelle).exec(db).await.unwrap();
        assert_eq!(contenu::Entity::find().count(db).await.unwrap(), 1);
    })
    .await;
}

#[tokio::test]
async fn processes_that_start_together_on_an_empty_base_all_start() {
    for base in modele::vides().await {
        let demarrer = || async {
            let base = Base::ouvrir(&base.url).await.unwrap();
            base.mettre_a_jour().await.unwrap()
        };
        let faites: [usize; 4] =
            tokio::join!(demarrer(), demarrer(), demarrer(), demarrer()).into();
        let toutes = Migrator::migrations().len();
        assert_eq!(faites.iter().sum::<usize>(), toutes, "each is made once: {faites:?}");
        assert_eq!(faites.iter().max(), Some(&toutes), "by one process: {faites:?}");
    }
}

#[tokio::test]
async fn a_program_starts_on_a_schema_that_was_only_added_to_and_on_no_other() {
    raconter(async |monde: Monde| {
        let base = &monde.contexte.base;
        let Version(majeur, mineur) = Version::courante();
        let noter = async |nom: &str| {
            let sql =
                format!("INSERT INTO seaql_migrations (version, applied_at) VALUES ('{nom}', 0)");
            base.lire().execute_unprepared(&sql).await.unwrap();
        };
        let oublier = async |nom: &str| {
            let sql = format!("DELETE FROM seaql_migrations WHERE version = '{nom}'");
            base.lire().execute_unprepared(&sql).await.unwrap();
        };
        assert_eq!(base.mettre_a_jour().await.unwrap(), 0);
        noter("m0098_futur").await;
        noter(&format!("m0099_retrait_{majeur}_{mineur}_futur")).await;
        let avant = schema::faites(base.lire()).await.unwrap();
        assert_eq!(
            base.mettre_a_jour().await.unwrap(),
            0,
            "added to; what it does without is gone"
        );
        assert_eq!(schema::faites(base.lire()).await.unwrap(), avant);

        let retire = format!("m0100_retrait_{majeur}_{}_futur", mineur + 1);
        noter(&retire).await;
        noter("m0101_futur").await;
        let refus = base.mettre_a_jour().await.unwrap_err();
        assert!(matches!(&refus, EchecSchema::Retire { nom, .. } if *nom == retire), "{refus}");
        let phrase = format!("installez la version {majeur}.{} ou une plus récente", mineur + 1);
        assert!(refus.to_string().contains(&phrase), "{refus}");

        // Nor one that lacks what this program made.
        oublier(&retire).await;
        let derniere = Migrator::migrations().last().unwrap().name().to_owned();
        oublier(&derniere).await;
        let avant = schema::faites(base.lire()).await.unwrap();
        let refus = base.mettre_a_jour().await.unwrap_err();
        assert!(matches!(&refus, EchecSchema::Autre(nom) if nom == "m0101_futur"), "{refus}");
        assert_eq!(schema::faites(base.lire()).await.unwrap(), avant, "nothing was migrated");
    })
    .await;
}

#[tokio::test]
async fn a_migration_that_fails_is_named_and_leaves_the_base_as_it_was() {
    for base in modele::vides().await {
        let base = Base::ouvrir(&base.url).await.unwrap();
        // In the way.
        base.lire().execute_unprepared("CREATE TABLE temoins (id INTEGER)").await.unwrap();
        let echec = base.mettre_a_jour().await.unwrap_err().to_string();
        assert!(echec.contains("la migration « m0017_temoin » a échoué"), "{echec}");
        base.lire().execute_unprepared("DROP TABLE temoins").await.unwrap();
        base.mettre_a_jour().await.unwrap();
    }
}

#[tokio::test]
async fn a_base_is_known_by_the_key_that_sealed_it_and_by_no_other() {
    raconter(async |monde: Monde| {
        let (base, t) = (&monde.contexte.base, monde.maintenant());
        let hasard = Hasard::graine(1);
        let (bonne, autre) = (Coffre::new(&[3; 32]), Coffre::new(&[4; 32]));
        let reconnue =
            async |coffre: &Coffre| temoin::reconnaitre(base, coffre, &hasard, t).await.unwrap();
        // What was sealed before there was a witness already tells.
        assert!(!reconnue(&autre).await);
        assert!(reconnue(&bonne).await);
        assert!(reconnue(&bonne).await);
        assert!(!reconnue(&autre).await);
    })
    .await;
    for base in modele::vides().await {
        let base = Base::ouvrir(&base.url).await.unwrap();
        base.mettre_a_jour().await.unwrap();
        let (hasard, t) = (Hasard::graine(1), instant("2024-05-27 16:44:00 +0200"));
        let cles = [1, 2, 3, 4].map(|cle| Coffre::new(&[cle; 32]));
        let ensemble = cles.iter().map(|cle| temoin::reconnaitre(&base, cle, &hasard, t));
        let reconnues = futures_util::future::try_join_all(ensemble).await.unwrap();
        let combien = reconnues.iter().filter(|reconnue| **reconnue).count();
        assert_eq!(combien, 1, "the first key of an empty base is its key, whoever asks with it");
    }
}
