//! « État du service »: who may read it, and that it sees what is wrong.

use crate::outils::monde::{DOSSIER, Monde, raconter};
use backend::Echec;
use backend::ouvriers::etat;
use backend::tables::{compte_rdv, tache};
use domain::Erreur;
use domain::ids::CompteId;
use domain::vues::etat::{EtatDuService, Gravite, Quoi};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue::Set, EntityTrait};

fn de(etat: &EtatDuService, quoi: Quoi) -> (Gravite, &str) {
    let constat = etat.constats.iter().find(|constat| constat.quoi == quoi).unwrap();
    (constat.gravite, constat.phrase.as_str())
}

#[tokio::test]
async fn an_administrateur_reads_what_is_wrong_and_nobody_else_does() {
    raconter(async |monde: Monde| {
        let contexte = &monde.contexte;
        for personne in [&monde.instructeur, &monde.camille] {
            let lu = etat::de_l_administrateur(contexte, personne).await;
            assert!(matches!(lu, Err(Echec::Metier(Erreur::Introuvable))), "{lu:?}");
        }
        let lu = async || etat::de_l_administrateur(contexte, &monde.admin).await.unwrap();
        let bien = lu().await;
        for quoi in [Quoi::Base, Quoi::Schema, Quoi::Cle, Quoi::Courriels, Quoi::Notifications] {
            assert_eq!(de(&bien, quoi).0, Gravite::Bien, "{bien:?}");
        }
        monde.proposer(DOSSIER, "a").await.unwrap();
        monde.le("2024-05-27 20:00:00 +0200");
        let attend = lu().await;
        assert_eq!(de(&attend, Quoi::Courriels).0, Gravite::Panne, "{attend:?}");
        assert!(de(&attend, Quoi::Courriels).1.starts_with("1 attend, au plus depuis 3 heures"));
        monde.courriels().await;
        let db = contexte.base.lire();
        tache::Entity::update_many()
            .col_expr(
                tache::Column::FaiteLe,
                Expr::value(Option::<chrono::DateTime<chrono::Utc>>::None),
            )
            .col_expr(tache::Column::AbandonneeLe, Expr::value(monde.maintenant()))
            .exec(db)
            .await
            .unwrap();
        let connexion = compte_rdv::ActiveModel {
            compte: Set(CompteId(monde.instructeur.compte.0)),
            hote: Set("https://rdv.anct.gouv.fr".to_owned()),
            agent: Set(1),
            email: Set("agent@exemple.fr".to_owned()),
            acces_scelle: Set(None),
            rafraichissement_scelle: Set(None),
            expire_le: Set(monde.maintenant()),
            version: Set(1),
            connectee_le: Set(monde.maintenant()),
            perdue_le: Set(Some(monde.maintenant())),
            ..Default::default()
        };
        compte_rdv::Entity::insert(connexion).exec_without_returning(db).await.unwrap();
        let apres = lu().await;
        assert_eq!(de(&apres, Quoi::Courriels).0, Gravite::Avertissement, "{apres:?}");
        assert_eq!(
            de(&apres, Quoi::Comptes),
            (Gravite::Avertissement, "Sur 1 compte connecté, 1 connexion perdue.")
        );
    })
    .await;
}
