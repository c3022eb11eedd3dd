//! « Fermer et effacer mon compte ».

use crate::acces::comptes::ouvrir_un_compte;
use crate::outils::monde::{DEMARCHE, DOSSIER, Monde, raconter};
use backend::acces::visites::Visite;
use backend::demarche::administration::membres;
use backend::dossier::effacement;
use backend::dossier::usager::depots;
use backend::tables::{brouillon, compte, demarche, dossier, session};
use backend::{Changement, Echec};
use domain::role::Acteur;
use domain::{Champ, Erreur, Saisie};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel, PaginatorTrait};

async fn effacer(monde: &Monde, qui: &Acteur, certitude: &str) -> Result<(), Echec> {
    monde.changer(qui, async |c| effacement::effacer(c, certitude).await).await
}

fn refus<T: std::fmt::Debug>(resultat: Result<T, Echec>) -> Erreur {
    match resultat {
        Err(Echec::Metier(erreur)) => erreur,
        autre => panic!("{autre:?}"),
    }
}

#[tokio::test]
async fn what_is_ones_own_goes_and_the_dossiers_stay() {
    raconter(async |monde: Monde| {
        let db = monde.contexte.base.lire();
        let ligne = demarche::Entity::find_by_id(DEMARCHE).one(db).await.unwrap().unwrap();
        let mut publiee = ligne.into_active_model();
        publiee.publiee_le = Set(Some(monde.maintenant().date_naive()));
        publiee.update(db).await.unwrap();
        let commencer = async |c: &Changement<'_>| depots::commencer(c, DEMARCHE).await;
        monde.changer(&monde.camille, commencer).await.unwrap();
        let doute = effacer(&monde, &monde.camille, "peut-être").await;
        assert_eq!(refus(doute), Erreur::champ(Champ::Certitude, Saisie::PasCertain));
        assert_eq!(brouillon::Entity::find().count(db).await.unwrap(), 1);
        let email = monde.camille.email.clone();
        effacer(&monde, &monde.camille, &email.to_uppercase()).await.unwrap();
        assert_eq!(brouillon::Entity::find().count(db).await.unwrap(), 0);
        let efface = compte::Entity::find_by_id(monde.camille.compte).one(db).await;
        let efface = efface.unwrap().unwrap();
        assert!(efface.email.ends_with("@efface.invalid") && efface.nom.is_empty());
        let reste = dossier::Entity::find_by_id(DOSSIER).one(db).await.unwrap().unwrap();
        assert_eq!((reste.usager, reste.supprime_le), (monde.camille.compte, None));
        let courriels = monde.courriels().await;
        assert!(courriels.iter().any(|(a, _)| *a == email));
    })
    .await;
}

#[tokio::test]
async fn nobody_leaves_a_demarche_without_anybody_to_look_after_it() {
    raconter(async |monde: Monde| {
        let db = monde.contexte.base.lire();
        let seul = effacer(&monde, &monde.admin, &monde.admin.email).await;
        assert_eq!(refus(seul), Erreur::DernierAdministrateur);
        let seul = effacer(&monde, &monde.instructeur, &monde.instructeur.email).await;
        assert_eq!(refus(seul), Erreur::DernierInstructeur);
        let jeton = ouvrir_un_compte(&monde, "autre@exemple.gouv.fr").await;
        let nommer =
            async |c: &Changement<'_>| membres::ajouter(c, DEMARCHE, "autre@exemple.gouv.fr").await;
        monde.changer(&monde.admin, nommer).await.unwrap();
        let lue = Visite::default().visiteur(&monde.contexte, &jeton).await.unwrap();
        effacer(&monde, &lue.acteur, "autre@exemple.gouv.fr").await.unwrap();
        assert_eq!(session::Entity::find().count(db).await.unwrap(), 0);
        let encore = Visite::default().visiteur(&monde.contexte, &jeton).await;
        assert_eq!(refus(encore.map(|_| ())), Erreur::NonConnecte);
    })
    .await;
}
