//! Deletions there: those that may be undone, and those that may not.

use super::Miroir;
use crate::outils::monde::{Monde, raconter};
use backend::ouvriers::miroirs;
use backend::tables::{compte, dossier, message, mot_dossier};
use domain::ids::DossierNumero;
use domain::raccordement::Suppression;
use sandbox::demarches_simplifiees::{DEMARCHE, DeletedReason};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

#[tokio::test]
async fn a_deletion_that_may_be_undone_suspends_the_dossier_until_it_is() {
    raconter(async |mut monde: Monde| {
        let miroir = Miroir::ouvrir(&mut monde).await;
        let (un, deux) = (miroir.deposer("a@exemple.fr"), miroir.deposer("b@exemple.fr"));
        miroir.ronde(&monde).await;
        miroir.bac.hide_by_usager(un).unwrap();
        miroir.bac.hide_by_administration(deux).unwrap();
        miroir.ronde_suivante(&monde).await;
        let suppression = async |numero| miroir.miroir(&monde, numero).await.unwrap().suppression;
        assert_eq!(suppression(un).await, Suppression::EnAttente);
        assert_eq!(suppression(deux).await, Suppression::EnAttente);
        assert_eq!(miroir.combien(&monde).await, 2, "nothing is erased");
        miroir.bac.restore(un).unwrap();
        miroir.ronde_suivante(&monde).await;
        assert_eq!(suppression(un).await, Suppression::Aucune);
        assert_eq!(suppression(deux).await, Suppression::EnAttente);
    })
    .await;
}

#[tokio::test]
async fn a_final_one_erases_all_that_is_known_of_the_person() {
    raconter(async |mut monde: Monde| {
        let miroir = Miroir::ouvrir(&mut monde).await;
        let (un, deux) = (miroir.deposer("a@exemple.fr"), miroir.deposer("b@exemple.fr"));
        let encore = miroir.deposer("b@exemple.fr");
        for numero in [un, deux] {
            miroir.bac.usager_writes(numero, "Bonjour").unwrap();
        }
        miroir.ronde(&monde).await;
        let ici = miroir.dossier(&monde, un).await.numero;
        for numero in [un, deux] {
            miroir.bac.delete(numero, DeletedReason::UserRequest).unwrap();
        }
        for _ in 0..2 {
            miroir.ronde_suivante(&monde).await;
        }
        assert_eq!(miroir.combien(&monde).await, 1);
        let db = monde.contexte.base.lire();
        let messages = message::Entity::find().filter(message::Column::Dossier.eq(ici));
        assert!(messages.all(db).await.unwrap().is_empty());
        let mots = mot_dossier::Entity::find().filter(mot_dossier::Column::Dossier.eq(ici));
        assert!(mots.all(db).await.unwrap().is_empty());
        assert!(miroir.miroir(&monde, un).await.is_none());
        let emails: Vec<String> =
            compte::Entity::find().all(db).await.unwrap().into_iter().map(|c| c.email).collect();
        assert!(!emails.contains(&"a@exemple.fr".to_owned()), "{emails:?}");
        assert!(emails.contains(&"b@exemple.fr".to_owned()), "another dossier is theirs");
        assert!(miroir.miroir(&monde, encore).await.is_some());
    })
    .await;
}

#[tokio::test]
async fn many_deletions_are_all_heard_of() {
    raconter(async |mut monde: Monde| {
        let miroir = Miroir::ouvrir(&mut monde).await;
        let premier = miroir.bac.fill(DEMARCHE, 230).unwrap();
        miroir.ronde(&monde).await;
        for numero in premier..premier + 120 {
            miroir.bac.delete(numero, DeletedReason::Expired).unwrap();
        }
        for numero in premier + 120..premier + 225 {
            miroir.bac.hide_by_administration(numero).unwrap();
        }
        miroir.ronde_suivante(&monde).await;
        assert_eq!(miroir.combien(&monde).await, 110);
        let suspendu = miroir.miroir(&monde, premier + 224).await.unwrap();
        assert_eq!(suspendu.suppression, Suppression::EnAttente);
    })
    .await;
}

/// One of ours is never touched by what the platform says, whatever its number.
#[tokio::test]
async fn a_dossier_of_ours_is_not_erased_by_what_is_deleted_there() {
    raconter(async |mut monde: Monde| {
        use crate::outils::monde::DOSSIER;
        use sandbox::demarches_simplifiees::NewDossier;
        let miroir = Miroir::ouvrir(&mut monde).await;
        let wanted = NewDossier { number: Some(DOSSIER.0), ..NewDossier::default() };
        miroir.bac.file(DEMARCHE, wanted).unwrap();
        miroir.ronde(&monde).await;
        let copie: DossierNumero = miroir.dossier(&monde, DOSSIER.0).await.numero;
        miroir.bac.delete(DOSSIER.0, DeletedReason::ManagerRequest).unwrap();
        miroir.ronde_suivante(&monde).await;
        let db = monde.contexte.base.lire();
        assert!(dossier::Entity::find_by_id(copie).one(db).await.unwrap().is_none());
        assert!(dossier::Entity::find_by_id(DOSSIER).one(db).await.unwrap().is_some());
        assert_eq!(miroirs::tout_relire(&monde.contexte).await.unwrap(), 0);
    })
    .await;
}
