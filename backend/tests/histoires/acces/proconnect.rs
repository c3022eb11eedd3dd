//! A démarche that demands ProConnect: no weaker door is left.

use crate::outils::monde::{DEMARCHE, DOSSIER, Monde, raconter};
use backend::acces::autorisations;
use backend::demarche::administration::proconnect;
use backend::demarche::demarches;
use backend::dossier::usager::{depots, mes_dossiers};
use backend::dossier::{demande, entete, telechargement};
use backend::liste::export;
use backend::messagerie::fil;
use backend::rendez_vous::calendriers::{abonnements, flux};
use backend::socle::outils::Reglages;
use backend::tables::demarche;
use backend::{Contexte, Echec, Outils};
use domain::Erreur;
use domain::identite::Exigence;
use domain::liste::Filtres;
use domain::role::{Acteur, Assurance, Role};
use domain::sujet::Sujet;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel};
use std::sync::Arc;

fn refus<T: std::fmt::Debug>(resultat: Result<T, Echec>) -> Erreur {
    match resultat {
        Err(Echec::Metier(erreur)) => erreur,
        autre => panic!("{autre:?}"),
    }
}

fn par_proconnect(acteur: &Acteur) -> Acteur {
    let assurance = Assurance { proconnect: true, ..acteur.assurance };
    Acteur { assurance, ..acteur.clone() }
}

fn relie(monde: &Monde) -> Contexte {
    let outils = &monde.contexte.outils;
    let reglages = Reglages { proconnect: true, ..Reglages::clone(&outils.reglages) };
    let outils = Outils { reglages: Arc::new(reglages), ..outils.clone() };
    Contexte { outils, ..monde.contexte.clone() }
}

async fn exiger(contexte: &Contexte, qui: &Acteur, exigence: Exigence) -> Result<(), Echec> {
    contexte.changer(qui, async |c| proconnect::enregistrer(c, DEMARCHE, exigence).await).await
}

#[tokio::test]
async fn it_is_demanded_and_let_go_by_somebody_who_came_by_it_and_only_where_one_can() {
    raconter(async |monde: Monde| {
        let admin = par_proconnect(&monde.admin);
        let sans = exiger(&monde.contexte, &admin, Exigence::Instructeurs).await;
        assert_eq!(refus(sans), Erreur::ProConnectAbsent);
        let contexte = relie(&monde);
        let autrement = exiger(&contexte, &monde.admin, Exigence::Instructeurs).await;
        assert_eq!(refus(autrement), Erreur::ProConnectExige);
        let etranger = exiger(&contexte, &par_proconnect(&monde.instructeur), Exigence::Tous).await;
        assert_eq!(refus(etranger), Erreur::Introuvable);
        exiger(&contexte, &admin, Exigence::Instructeurs).await.unwrap();
        let autrement = exiger(&contexte, &monde.admin, Exigence::Aucune).await;
        assert_eq!(refus(autrement), Erreur::ProConnectExige, "no weaker door opens the stronger");
        // Although the service is no longer known to it, it is not let go by others.
        let autrement = exiger(&monde.contexte, &monde.admin, Exigence::Aucune).await;
        assert_eq!(refus(autrement), Erreur::ProConnectExige);
        exiger(&contexte, &admin, Exigence::Aucune).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn who_came_in_otherwise_opens_nothing_of_it() {
    raconter(async |monde: Monde| {
        let contexte = relie(&monde);
        let (db, t) = (contexte.base.lire(), monde.maintenant());
        let tom = &monde.instructeur;
        let creer = async |c: &backend::Changement<'_>| abonnements::creer(c, Some(DEMARCHE)).await;
        let secret = contexte.changer(tom, creer).await.unwrap();
        flux::lire(&contexte, &secret, None).await.unwrap();
        exiger(&contexte, &par_proconnect(&monde.admin), Exigence::Instructeurs).await.unwrap();

        let exige = Erreur::ProConnectExige;
        assert_eq!(refus(entete::de_l_instructeur(db, tom, DOSSIER, t).await), exige);
        assert_eq!(refus(demande::de_l_instructeur(db, tom, DOSSIER).await), Erreur::Introuvable);
        assert_eq!(refus(fil::fil_instructeur(db, tom, DOSSIER, t).await), Erreur::Introuvable);
        let pdf = telechargement::pdf(db, tom, DOSSIER, Role::Instructeur, t).await;
        assert_eq!(refus(pdf), exige);
        let lue = autorisations::demarche_de_l_instructeur(db, tom, DEMARCHE).await;
        assert_eq!(refus(lue), exige);
        let filtres = Filtres::default();
        let liste = backend::liste::lire(db, tom, DEMARCHE, filtres, t).await;
        assert_eq!(refus(liste), exige);
        assert_eq!(refus(export::entete(db, tom, DEMARCHE).await), exige);
        for sujet in [Sujet::Dossier(DOSSIER), Sujet::Demarche(DEMARCHE)] {
            assert!(!autorisations::peut_suivre(db, tom, sujet).await.unwrap(), "{sujet}");
        }
        assert!(flux::lire(&contexte, &secret, None).await.is_ok_and(|f| !f.contains("VEVENT")));
        // Who does not examine it hears nothing of it.
        let jean = entete::de_l_instructeur(db, &monde.jean, DOSSIER, t).await;
        assert_eq!(refus(jean), Erreur::Introuvable);
        let tom = par_proconnect(tom);
        entete::de_l_instructeur(db, &tom, DOSSIER, t).await.unwrap();
        assert!(autorisations::peut_suivre(db, &tom, Sujet::Dossier(DOSSIER)).await.unwrap());
        // « Démarches » says that there is one, and nothing else of it.
        let autrement = demarches::de_l_instructeur(db, &monde.instructeur, t).await.unwrap();
        assert_eq!((autrement.demarches.len(), autrement.fermees), (0, 1));
        let suivies = demarches::de_l_instructeur(db, &tom, t).await.unwrap();
        assert_eq!((suivies.demarches.len(), suivies.fermees), (1, 0));
        // Usagers come as before, until it is demanded of them too.
        entete::de_l_usager(db, &monde.camille, DOSSIER, t).await.unwrap();
        exiger(&contexte, &par_proconnect(&monde.admin), Exigence::Tous).await.unwrap();
        assert_eq!(refus(entete::de_l_usager(db, &monde.camille, DOSSIER, t).await), exige);
        let dossier = autorisations::dossier_de_l_usager(db, &monde.camille, DOSSIER).await;
        assert_eq!(refus(dossier), Erreur::Introuvable);
        let ligne = demarche::Entity::find_by_id(DEMARCHE).one(db).await.unwrap().unwrap();
        let mut publiee = ligne.into_active_model();
        publiee.publiee_le = Set(Some(t.date_naive()));
        publiee.update(db).await.unwrap();
        let commencer = async |c: &backend::Changement<'_>| depots::commencer(c, DEMARCHE).await;
        assert_eq!(refus(contexte.changer(&monde.camille, commencer).await), exige);
        let siens =
            async |qui: &Acteur| mes_dossiers::lire(db, qui, Default::default(), t).await.unwrap();
        let autrement = siens(&monde.camille).await;
        assert_eq!((autrement.dossiers.total, autrement.fermes), (0, 1));
        assert!(autrement.demarches.is_empty(), "it is not named");
        let camille = par_proconnect(&monde.camille);
        assert_eq!((siens(&camille).await.dossiers.total, siens(&camille).await.fermes), (1, 0));
        entete::de_l_usager(db, &camille, DOSSIER, t).await.unwrap();
    })
    .await;
}
