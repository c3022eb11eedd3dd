//! Filing a dossier.

use crate::api::Reponse;
use crate::erreur::ErreurApp;
use domain::Erreur;
use domain::cle::CleDeFormulaire;
use domain::ids::{DemarcheNumero, DossierNumero};
use domain::vues::{Formulaire, Garde, PresentationDepot};
use leptos::prelude::*;
use std::collections::BTreeMap;
#[cfg(feature = "ssr")]
use {
    crate::page::navigateur,
    crate::ssr::{changer, ici},
    backend::dossier::usager::depots,
    backend::socle::temps,
    domain::chemin::Chemin,
    domain::francais,
};

/// What somebody reads before they begin, signed in or not.
#[server(name = LirePresentation, prefix = "/api", endpoint = "depot/presentation")]
pub async fn presentation(demarche: DemarcheNumero) -> Reponse<PresentationDepot> {
    let (ici, acteur) = crate::ssr::ici_ou_personne().await?;
    let maintenant = ici.horloge.maintenant();
    let db = ici.base.lire();
    Ok(depots::presentation(db, acteur.as_ref(), demarche, maintenant).await?)
}

/// « Commencer la démarche »: leads to the draft.
#[server(prefix = "/api", endpoint = "depot/commencer")]
pub async fn commencer(demarche: DemarcheNumero) -> Reponse<()> {
    let numero = changer(async |c| depots::commencer(c, demarche).await).await?;
    leptos_axum::redirect(&Chemin::Brouillon(numero).to_string());
    Ok(())
}

/// The form of a draft.
#[server(prefix = "/api", endpoint = "depot/formulaire")]
pub async fn formulaire_du_brouillon(dossier: DossierNumero) -> Reponse<Formulaire> {
    let ici = ici().await?;
    let mut formulaire = depots::formulaire(&ici.db, &ici.acteur, dossier).await?;
    formulaire.cle = ici.cle();
    Ok(formulaire)
}

/// Saves a draft as one types; gives what to say of it, whatever happened. `cle` is unique to the form shown.
#[server(prefix = "/api", endpoint = "depot/garder")]
pub async fn garder_brouillon(
    dossier: DossierNumero,
    version: i32,
    cle: CleDeFormulaire,
    prenom: String,
    nom: String,
    #[server(default)] champs: BTreeMap<String, String>,
) -> Reponse<Garde> {
    let garder = async || {
        let ici = ici().await?;
        let saisies = ici.saisies(prenom, nom, &champs, &BTreeMap::new());
        let origine = depots::Origine { version, cle };
        ici.changer(async |c| {
            depots::garder(c, dossier, origine, &saisies).await?;
            Ok(temps::a_paris(c.maintenant))
        })
        .await
    };
    Ok(match garder().await {
        Ok(le) => Garde {
            phrase: format!("Brouillon enregistré à {}.", francais::heure(le)),
            echec: false,
            fini: false,
        },
        Err(erreur) => {
            navigateur::statut(erreur.statut_http());
            // Anything else will be the same again, until the person does something about it.
            let passager =
                matches!(erreur.metier(), None | Some(Erreur::NonConnecte | Erreur::Indisponible));
            Garde { phrase: pas_garde(&erreur), echec: true, fini: !passager }
        }
    })
}

/// What is said of a draft that could not be saved.
pub fn pas_garde(erreur: &ErreurApp) -> String {
    match erreur.metier() {
        Some(Erreur::Perime) => erreur.to_string(),
        _ => format!("Vos dernières réponses ne sont pas encore enregistrées. {erreur}"),
    }
}

/// « Enregistrer le brouillon ».
#[server(prefix = "/api", endpoint = "depot/enregistrer")]
pub async fn enregistrer_brouillon(
    dossier: DossierNumero,
    version: i32,
    #[server(default)] cle: CleDeFormulaire,
    prenom: String,
    nom: String,
    #[server(default)] champs: BTreeMap<String, String>,
    #[server(default)] retirer: BTreeMap<String, String>,
) -> Reponse<()> {
    let ici = ici().await?;
    let saisies = ici.saisies(prenom, nom, &champs, &retirer);
    let origine = depots::Origine { version, cle };
    let problemes =
        ici.changer(async |c| depots::enregistrer(c, dossier, origine, saisies).await).await?;
    sans_probleme(problemes)
}

/// « Déposer le dossier »: leads to it.
#[server(prefix = "/api", endpoint = "depot/deposer")]
pub async fn deposer_dossier(
    dossier: DossierNumero,
    version: i32,
    #[server(default)] cle: CleDeFormulaire,
    prenom: String,
    nom: String,
    #[server(default)] champs: BTreeMap<String, String>,
    #[server(default)] retirer: BTreeMap<String, String>,
) -> Reponse<()> {
    let ici = ici().await?;
    let saisies = ici.saisies(prenom, nom, &champs, &retirer);
    let origine = depots::Origine { version, cle };
    let problemes =
        ici.changer(async |c| depots::deposer(c, dossier, origine, saisies).await).await?;
    sans_probleme(problemes)?;
    leptos_axum::redirect(&Chemin::Resume(dossier).to_string());
    Ok(())
}

#[cfg(feature = "ssr")]
fn sans_probleme(problemes: Vec<domain::erreur::Probleme>) -> Reponse<()> {
    if problemes.is_empty() { Ok(()) } else { Err(Erreur::Reponses(problemes).into()) }
}

/// « Supprimer le brouillon »: leads to « Mes dossiers ».
#[server(prefix = "/api", endpoint = "depot/supprimer")]
pub async fn supprimer_brouillon(dossier: DossierNumero) -> Reponse<()> {
    changer(async |c| depots::supprimer_brouillon(c, dossier).await).await?;
    leptos_axum::redirect(Chemin::MesDossiers.patron());
    Ok(())
}
