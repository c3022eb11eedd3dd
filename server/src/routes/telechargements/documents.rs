//! Documents made of what is stored.

use super::fichier;
use crate::routes::Etat;
use crate::routes::acces::connecte::Connecte;
use crate::routes::erreurs::EchecHttp;
use axum::extract::{Path, State};
use axum::response::Response;
use backend::demarche::administration::impression;
use backend::dossier::usager::attestations;
use domain::Erreur;
use domain::ids::{DemarcheNumero, DossierNumero};

/// « Télécharger PDF » of a démarche: its form, to print.
pub async fn formulaire(
    State(etat): State<Etat>,
    Connecte { acteur, .. }: Connecte,
    Path(numero): Path<String>,
) -> Result<Response, EchecHttp> {
    let numero: DemarcheNumero = numero.parse().map_err(|_| Erreur::Introuvable)?;
    let pdf = impression::formulaire(etat.contexte.base.lire(), &acteur, numero).await?;
    Ok(fichier(pdf, "application/pdf", &format!("formulaire-{numero}.pdf")))
}

/// « Attestation de dépôt » of a dossier.
pub async fn attestation(
    State(etat): State<Etat>,
    Connecte { acteur, .. }: Connecte,
    Path(numero): Path<String>,
) -> Result<Response, EchecHttp> {
    let numero: DossierNumero = numero.parse().map_err(|_| Erreur::Introuvable)?;
    let contexte = &etat.contexte;
    let (db, nom) = (contexte.base.lire(), &contexte.outils.reglages.nom);
    let maintenant = contexte.horloge.maintenant();
    let pdf = attestations::depot(db, &acteur, numero, nom, maintenant).await?;
    Ok(fichier(pdf, "application/pdf", &format!("attestation-{numero}.pdf")))
}
