//! The groupes and their members are those of the platform.

use super::Miroir;
use crate::outils::monde::{Monde, raconter};
use backend::Echec;
use backend::demarches_simplifiees::miroir::faire_un_tour;
use backend::dossier::entete;
use backend::tables::{groupe, groupe_miroir, instructeur, lien_compte};
use domain::Erreur;
use domain::ids::DossierNumero;
use domain::role::Acteur;
use sandbox::demarches_simplifiees::{ACCOUNT, DEMARCHE, INSTRUCTEUR, OTHER_INSTRUCTEUR};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use tokio_util::sync::CancellationToken;

async fn voit(monde: &Monde, acteur: &Acteur, numero: DossierNumero) -> bool {
    let db = monde.contexte.base.lire();
    match entete::de_l_instructeur(db, acteur, numero, monde.maintenant()).await {
        Ok(_) => true,
        Err(Echec::Metier(Erreur::Introuvable)) => false,
        Err(autre) => panic!("{autre}"),
    }
}

async fn invites(monde: &Monde) -> Vec<String> {
    let liens = lien_compte::Entity::find()
        .order_by_asc(lien_compte::Column::Email)
        .all(monde.contexte.base.lire())
        .await
        .unwrap();
    liens.into_iter().map(|lien| lien.email).collect()
}

#[tokio::test]
async fn the_members_of_a_groupe_there_see_its_dossiers_here_and_nobody_else_does() {
    raconter(async |mut monde: Monde| {
        let miroir = Miroir::ouvrir(&mut monde).await;
        let la_bas = miroir.deposer("camille.martin@exemple.fr");
        miroir.ronde(&monde).await;
        let numero = miroir.dossier(&monde, la_bas).await.numero;
        let nadia = miroir.acteur(&monde, "nadia.instructrice@exemple.gouv.fr").await;
        let maelle = miroir.acteur(&monde, OTHER_INSTRUCTEUR).await;
        assert!(voit(&monde, &nadia, numero).await);
        for autre in [&maelle, &monde.instructeur, &monde.admin, &monde.camille] {
            assert!(!voit(&monde, autre, numero).await);
        }
        let groupe = miroir.bac.demarche(DEMARCHE).unwrap().groupes[0].id;
        miroir.bac.remove_member(groupe, &nadia.email).unwrap();
        miroir.bac.add_member(groupe, OTHER_INSTRUCTEUR).unwrap();
        miroir.ronde_suivante(&monde).await;
        assert!(!voit(&monde, &nadia, numero).await, "within one round");
        assert!(voit(&monde, &maelle, numero).await);
    })
    .await;
}

#[tokio::test]
async fn each_is_invited_once_when_there_is_something_to_be_seen() {
    raconter(async |mut monde: Monde| {
        let miroir = Miroir::ouvrir(&mut monde).await;
        miroir.bac.fill(DEMARCHE, 120).unwrap();
        let sans_arret = CancellationToken::new();
        let tour = faire_un_tour(&monde.contexte, miroir.id, 1, &sans_arret).await.unwrap();
        assert!(!tour.finie);
        assert!(invites(&monde).await.is_empty(), "not before the first synchronisation is done");
        miroir.ronde(&monde).await;
        let mut attendus =
            [ACCOUNT, INSTRUCTEUR, OTHER_INSTRUCTEUR, "nadia.instructrice@exemple.gouv.fr"];
        attendus.sort_unstable();
        let existants = [&monde.instructeur.email, &monde.admin.email];
        let attendus: Vec<&str> = attendus
            .into_iter()
            .filter(|email| !existants.iter().any(|existant| existant == email))
            .collect();
        assert_eq!(invites(&monde).await, attendus, "who is in two groupes is told once");
        let groupe = miroir.bac.demarche(DEMARCHE).unwrap().groupes[1].id;
        miroir.bac.add_member(groupe, "nadia.instructrice@exemple.gouv.fr").unwrap();
        miroir.bac.add_member(groupe, "nouvelle@exemple.gouv.fr").unwrap();
        miroir.bac.add_member(groupe, &monde.instructeur.email).unwrap();
        miroir.ronde_suivante(&monde).await;
        miroir.ronde_suivante(&monde).await;
        let apres = invites(&monde).await;
        // Those of the story have chosen no password yet either.
        assert_eq!(apres.len(), attendus.len() + 2, "{apres:?}");
        assert!(apres.contains(&monde.instructeur.email));
        assert!(apres.contains(&"nouvelle@exemple.gouv.fr".to_owned()));
    })
    .await;
}

#[tokio::test]
async fn groupes_are_made_renamed_and_closed_as_they_are_there() {
    raconter(async |mut monde: Monde| {
        let miroir = Miroir::ouvrir(&mut monde).await;
        miroir.ronde(&monde).await;
        let noms = async || {
            let groupes = groupe::Entity::find()
                .filter(groupe::Column::Demarche.eq(miroir.numero))
                .order_by_asc(groupe::Column::Nom)
                .all(monde.contexte.base.lire())
                .await
                .unwrap();
            groupes.into_iter().map(|groupe| groupe.nom).collect::<Vec<_>>()
        };
        assert_eq!(noms().await, ["Quartiers nord", "défaut"]);
        let nouveau = miroir.bac.add_groupe(DEMARCHE, "Quartiers sud").unwrap();
        miroir.bac.add_member(nouveau, INSTRUCTEUR).unwrap();
        miroir.bac.close_groupe(nouveau, true).unwrap();
        miroir.ronde_suivante(&monde).await;
        assert_eq!(noms().await, ["Quartiers nord", "Quartiers sud", "défaut"]);
        let db = monde.contexte.base.lire();
        let lu = groupe_miroir::Entity::find()
            .filter(groupe_miroir::Column::NumeroDistant.eq(nouveau))
            .one(db)
            .await
            .unwrap()
            .unwrap();
        assert!(lu.ferme);
        let membres = instructeur::Entity::find()
            .filter(instructeur::Column::Groupe.eq(lu.groupe))
            .all(db)
            .await
            .unwrap();
        assert_eq!(membres.len(), 1);
    })
    .await;
}
