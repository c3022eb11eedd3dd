//! What one may not see is not found.

use crate::outils::monde::{AUTRE_DOSSIER, DEMARCHE, DOSSIER, Monde, raconter};
use backend::acces::autorisations;
use backend::demarche::demarches;
use backend::dossier::{demande, entete, resume};
use backend::messagerie::ecriture::Envoi;
use backend::messagerie::{ecriture, fil};
use backend::rendez_vous::{propositions, tuile_rdv};
use backend::{Echec, liste};
use domain::Erreur;
use domain::liste::Filtres;
use domain::sujet::Sujet;

fn introuvable<T: std::fmt::Debug>(resultat: &Result<T, Echec>) {
    assert!(matches!(resultat, Err(Echec::Metier(Erreur::Introuvable))), "{resultat:?}");
}

#[tokio::test]
async fn nobody_reads_the_dossier_of_somebody_else() {
    raconter(async |monde: Monde| {
        let db = monde.contexte.base.lire();
        let t = monde.maintenant();
        let envoi = || Envoi { corps: "x", cle: "k".into(), fichiers: Vec::new() };
        for etranger in [&monde.jean, &monde.instructeur, &monde.admin] {
            introuvable(&entete::de_l_usager(db, etranger, DOSSIER, t).await);
            introuvable(&resume::resume(db, etranger, DOSSIER, t).await);
            introuvable(&demande::de_l_usager(db, etranger, DOSSIER).await);
            introuvable(&fil::fil_usager(db, etranger, DOSSIER, t).await);
            introuvable(
                &monde
                    .changer(etranger, async |c| ecriture::ecrire_usager(c, DOSSIER, envoi()).await)
                    .await,
            );
        }
        for etranger in [&monde.camille, &monde.instructeur_ailleurs, &monde.admin] {
            introuvable(&entete::de_l_instructeur(db, etranger, DOSSIER, t).await);
            introuvable(&demande::de_l_instructeur(db, etranger, DOSSIER).await);
            introuvable(&fil::fil_instructeur(db, etranger, DOSSIER, t).await);
            introuvable(
                &monde
                    .changer(etranger, async |c| {
                        ecriture::ecrire_instructeur(c, DOSSIER, envoi()).await
                    })
                    .await,
            );
            introuvable(
                &monde
                    .changer(etranger, async |c| {
                        propositions::proposer(c, DOSSIER, "", "k".into()).await
                    })
                    .await,
            );
        }
        assert!(monde.messages(DOSSIER).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn the_settings_are_for_administrateurs_only() {
    raconter(async |monde: Monde| {
        let db = monde.contexte.base.lire();
        let (outils, t) = (&monde.contexte.outils, monde.maintenant());
        for etranger in [&monde.camille, &monde.instructeur] {
            introuvable(&tuile_rdv::lire(db, outils, etranger, DEMARCHE, t).await);
            introuvable(
                &monde
                    .changer(etranger, async |c| tuile_rdv::renouveler_secret(c, DEMARCHE).await)
                    .await,
            );
            introuvable(&demarches::pour_l_administrateur(db, etranger, DEMARCHE).await);
        }
        introuvable(&liste::lire(db, &monde.camille, DEMARCHE, Filtres::default(), t).await);
    })
    .await;
}

#[tokio::test]
async fn an_instructeur_sees_the_dossiers_of_their_groupes_only() {
    raconter(async |monde: Monde| {
        let db = monde.contexte.base.lire();
        let vue =
            |acteur| liste::lire(db, acteur, DEMARCHE, Filtres::default(), monde.maintenant());
        assert_eq!(vue(&monde.instructeur).await.unwrap().dossiers.total, Some(2));
        assert_eq!(vue(&monde.instructeur_ailleurs).await.unwrap().dossiers.total, Some(0));
    })
    .await;
}

#[tokio::test]
async fn a_topic_is_watched_by_those_who_may_open_its_page() {
    raconter(async |monde: Monde| {
        let db = monde.contexte.base.lire();
        let peut =
            async |acteur, sujet| autorisations::peut_suivre(db, acteur, sujet).await.unwrap();
        let dossier = Sujet::Dossier(DOSSIER);
        assert!(peut(&monde.camille, dossier).await);
        assert!(peut(&monde.instructeur, dossier).await);
        assert!(!peut(&monde.jean, dossier).await);
        assert!(!peut(&monde.instructeur_ailleurs, dossier).await);
        assert!(peut(&monde.jean, Sujet::Dossier(AUTRE_DOSSIER)).await);
        assert!(peut(&monde.admin, Sujet::Demarche(DEMARCHE)).await);
        assert!(!peut(&monde.camille, Sujet::Demarche(DEMARCHE)).await);
        assert!(!peut(&monde.camille, Sujet::Compte(monde.jean.compte)).await);
    })
    .await;
}
