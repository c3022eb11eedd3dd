//! « Fermer et effacer mon compte ».

use crate::acces::comptes::ouvrir_un_compte;
use crate::dossier::avis::{avis, demander, demander_a, jetons, page, repondre};
use crate::outils::monde::{AUTRE_DOSSIER, DEMARCHE, DOSSIER, Monde, raconter};
use backend::acces::visites::Visite;
use backend::demarche::administration::membres;
use backend::dossier::examen::avis::Demande;
use backend::dossier::usager::{depots, invites};
use backend::dossier::{effacement, mots};
use backend::liste;
use backend::messagerie::ecriture::{Envoi, ecrire_instructeur, ecrire_usager};
use backend::messagerie::fil;
use backend::tables::{brouillon, compte, demarche, dossier, session};
use backend::{Changement, Echec};
use domain::avis::EtatAvis;
use domain::liste::Filtres;
use domain::role::Acteur;
use domain::{Champ, Erreur, Saisie};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter,
};

async fn effacer(monde: &Monde, qui: &Acteur, certitude: &str) -> Result<(), Echec> {
    let jeton = monde.session(qui).await;
    monde.changer(qui, async |c| effacement::effacer(c, &jeton, certitude).await).await
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
        let siennes = session::Column::Compte.eq(lue.acteur.compte);
        assert_eq!(session::Entity::find().filter(siennes).count(db).await.unwrap(), 0);
        let encore = Visite::default().visiteur(&monde.contexte, &jeton).await;
        assert_eq!(refus(encore.map(|_| ())), Erreur::NonConnecte);
    })
    .await;
}

#[tokio::test]
async fn what_they_wrote_in_the_dossiers_of_others_stays_without_their_name() {
    raconter(async |monde: Monde| {
        let (db, t) = (monde.contexte.base.lire(), monde.maintenant());
        let email = monde.jean.email.clone();
        // An opinion that they gave, and one that is still awaited.
        demander_a(&monde, &email, false).await;
        let lien = jetons(&monde, &email).await.pop().unwrap();
        repondre(&monde, &lien, "Rien à redire.").await.unwrap();
        let autre =
            Demande { email: &email, question: "Et la toiture\u{a0}?", ..Demande::default() };
        demander(&monde, &monde.instructeur, autre).await.unwrap();
        let encore = jetons(&monde, &email).await;
        // Invited since: an opinion is asked of nobody who is.
        let inviter = async |c: &Changement<'_>| {
            invites::inviter(c, &monde.contexte.acces.tentatives, DOSSIER, &email).await
        };
        monde.changer(&monde.camille, inviter).await.unwrap();
        let envoi = Envoi { corps: "J'ajoute le plan.", cle: "m".into(), fichiers: vec![] };
        let ecrire = async |c: &Changement<'_>| ecrire_usager(c, DOSSIER, envoi).await;
        monde.changer(&monde.jean, ecrire).await.unwrap();
        effacer(&monde, &monde.jean, &email).await.unwrap();

        let fil = fil::fil_usager(db, &monde.camille, DOSSIER, t).await.unwrap();
        let ecrit = fil.messages.iter().find(|m| m.corps == "J'ajoute le plan.").unwrap();
        assert_eq!(ecrit.nom, "Compte supprimé (personne invitée)");
        let fil = fil::fil_instructeur(db, &monde.instructeur, DOSSIER, t).await.unwrap();
        assert!(fil.messages.iter().any(|m| m.nom.starts_with("Compte supprimé")));
        let avis = avis(&monde).await;
        assert!(avis.iter().all(|avis| avis.email == "Compte supprimé"), "{avis:?}");
        let rendu = avis.iter().find(|avis| !avis.reponse.is_empty()).unwrap();
        assert_eq!(rendu.etat, EtatAvis::Clos);
        assert!(avis.iter().any(|avis| avis.etat == EtatAvis::Revoque));
        for lien in encore {
            assert_eq!(refus(page(&monde, &lien).await), Erreur::Introuvable);
        }
        // Their own dossier is found by the name that it bears, not by the address any more.
        let combien = async |mot: &str| {
            let filtres = Filtres { recherche: mot.to_owned(), ..Filtres::default() };
            let qui = &monde.instructeur;
            let lue = liste::lire(db, qui, DEMARCHE, filtres, t).await.unwrap();
            lue.dossiers.lignes.len()
        };
        assert_eq!(combien(&email).await, 1);
        mots::rattraper(&monde.contexte.base).await.unwrap();
        assert_eq!(combien(&email).await, 0);
        // Nothing is sent to nobody.
        let envoi = Envoi { corps: "Bonjour", cle: "r".into(), fichiers: vec![] };
        let repondre = async |c: &Changement<'_>| ecrire_instructeur(c, AUTRE_DOSSIER, envoi).await;
        monde.changer(&monde.instructeur, repondre).await.unwrap();
        assert!(!monde.courriels().await.iter().any(|(a, _)| a.contains("efface.invalid")));
    })
    .await;
}
