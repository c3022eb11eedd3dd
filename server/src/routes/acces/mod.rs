//! Who comes in: passwords, sessions, accounts of RDV Service Public.

mod ailleurs;
mod compte;
mod compte_rdv;
pub mod confirmation;
pub mod connecte;
pub mod connexion;
pub mod cookies;
mod desabonnement;
mod identites;
mod plan;
mod preuve;
mod rattachement;

use super::Etat;
use app::api::compte::ADRESSE_MOT_DE_PASSE;
use app::api::instructeur::rendez_vous::ADRESSE_PLAN;
use axum::Router;
use axum::routing::{get, post};
use domain::chemin::Chemin;
use domain::identite::Fournisseur::{FranceConnect, ProConnect};

/// Signing in and out; stopping mails; going to RDV Service Public and coming back.
pub fn routes() -> Router<Etat> {
    Router::new()
        .route("/connexion", post(connexion::entrer))
        .route("/deconnexion", post(connexion::sortir))
        .route(Chemin::Identite(ProConnect).patron(), post(identites::proconnect))
        .route(Chemin::Identite(FranceConnect).patron(), post(identites::franceconnect))
        .route(Chemin::RetourIdentite(ProConnect).patron(), get(identites::de_proconnect))
        .route(Chemin::RetourIdentite(FranceConnect).patron(), get(identites::de_franceconnect))
        .route(Chemin::SortieIdentite(ProConnect).patron(), get(identites::sorti))
        .route(Chemin::SortieIdentite(FranceConnect).patron(), get(identites::sorti))
        .route(Chemin::RattacherParMotDePasse.patron(), post(rattachement::par_mot_de_passe))
        .route(Chemin::RattacherParAdresse.patron(), post(rattachement::par_adresse))
        .route(Chemin::RattacherParLien.patron(), post(rattachement::par_lien))
        .route(ADRESSE_MOT_DE_PASSE, post(compte::choisir))
        .route(Chemin::Confirmer.patron(), post(confirmation::confirmer))
        .route(Chemin::SuiteDeConfirmation.patron(), post(confirmation::continuer))
        .route(Chemin::ProuverParMotDePasse.patron(), post(preuve::par_mot_de_passe))
        .route("/rdv-service-public/connecter", get(compte_rdv::connecter))
        .route("/rdv-service-public/retour", get(compte_rdv::revenir))
        .route(Chemin::Desabonnement("").patron(), post(desabonnement::arreter))
        .route(ADRESSE_PLAN, post(plan::ouvrir))
}
