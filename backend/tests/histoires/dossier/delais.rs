//! The delays that « Résumé » tells.

use crate::outils::monde::{DEMARCHE, DOSSIER, Monde, instant, raconter};
use backend::dossier::examen::instruction;
use backend::dossier::resume;
use backend::tables::{dossier, groupe, traitement};
use chrono::Duration;
use domain::delais::{DECISIONS_MIN, Delais};
use domain::dossier::EtatDossier;
use domain::ids::DossierNumero;
use domain::instruction::Geste;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};

/// A dossier filed `jours` days before it was decided on, on the 20th of May.
async fn decider(monde: &Monde, numero: i64, jours: i64, geste: Geste) {
    let (db, numero) = (monde.contexte.base.lire(), DossierNumero(numero));
    let groupe = groupe::Entity::find().filter(groupe::Column::Demarche.eq(DEMARCHE)).one(db).await;
    let le = instant("2024-05-20 10:00:00 +0200");
    let ligne = dossier::ActiveModel {
        numero: Set(numero),
        demarche: Set(DEMARCHE),
        groupe: Set(groupe.unwrap().unwrap().id),
        usager: Set(monde.jean.compte),
        etat: Set(EtatDossier::Accepte),
        prenom: Set("Jean".to_owned()),
        nom: Set("Robert".to_owned()),
        depose_le: Set(le - Duration::days(jours)),
        champs: Set("[]".to_owned()),
        ..Default::default()
    };
    dossier::Entity::insert(ligne).exec_without_returning(db).await.unwrap();
    let ligne = traitement::ActiveModel {
        dossier: Set(numero),
        instructeur: Set(monde.instructeur.compte),
        geste: Set(geste),
        motivation: Set(None),
        cle: Set(format!("{numero}-{}", geste.code())),
        le: Set(le),
        ..Default::default()
    };
    traitement::Entity::insert(ligne).exec_without_returning(db).await.unwrap();
}

async fn delais(monde: &Monde) -> Option<Delais> {
    let db = monde.contexte.base.lire();
    resume::resume(db, &monde.camille, DOSSIER, monde.maintenant()).await.unwrap().delais
}

#[tokio::test]
async fn delays_are_told_once_enough_dossiers_were_decided_lately() {
    raconter(async |monde: Monde| {
        let min = i64::try_from(DECISIONS_MIN).unwrap();
        for n in 1..min {
            decider(&monde, n, 10 * n, Geste::Accepter).await;
        }
        // Not a decision.
        decider(&monde, 50, 3, Geste::PasserEnInstruction).await;
        assert_eq!(delais(&monde).await, None);
        decider(&monde, min, 10 * min, Geste::Refuser).await;
        assert_eq!(delais(&monde).await, Some(Delais { median: 50, neuf_sur_dix: 90 }));
        monde.le("2024-06-20 09:00:00 +0200");
        assert_eq!(delais(&monde).await, None, "too long ago");
    })
    .await;
}

#[tokio::test]
async fn a_dossier_that_waits_for_nothing_is_told_no_delay() {
    raconter(async |monde: Monde| {
        for n in 1..=20 {
            decider(&monde, n, 10, Geste::Accepter).await;
        }
        assert!(delais(&monde).await.is_some());
        let demande =
            |geste, cle: &str| instruction::Demande { geste, motivation: "", cle: cle.into() };
        for (geste, cle) in [(Geste::PasserEnInstruction, "a"), (Geste::Accepter, "b")] {
            let numero = DOSSIER;
            monde
                .changer(&monde.instructeur, async |c| {
                    instruction::traiter(c, numero, demande(geste, cle)).await
                })
                .await
                .unwrap();
        }
        assert_eq!(delais(&monde).await, None);
    })
    .await;
}
