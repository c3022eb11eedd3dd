//! Following a dossier, asking for corrections, and changing its état.

use crate::api::Reponse;
use domain::ids::{DossierNumero, MessageId};
use leptos::prelude::*;

/// « Suivre le dossier », or « Ne plus suivre ».
#[server(prefix = "/api", endpoint = "instructeur/suivre")]
pub async fn suivre(dossier: DossierNumero, suivre: bool) -> Reponse<()> {
    let ici = crate::ssr::ici().await?;
    let tx = ici.ecrire().await?;
    backend::dossier::examen::suivis::changer(&tx, &ici.acteur, dossier, suivre, ici.maintenant())
        .await?;
    Ok(tx.valider().await?)
}

/// « Passer en instruction », « Repasser en instruction ». `cle` is unique to the form shown.
#[server(prefix = "/api", endpoint = "instructeur/instruire")]
pub async fn instruire(dossier: DossierNumero, geste: String, cle: String) -> Reponse<()> {
    traiter(dossier, &geste, "", &cle).await
}

/// « Instruire le dossier » → « Valider la décision ». `cle` is unique to the form shown.
#[server(prefix = "/api", endpoint = "instructeur/decider")]
pub async fn decider(
    dossier: DossierNumero,
    #[server(default)] geste: String,
    motivation: String,
    cle: String,
) -> Reponse<()> {
    traiter(dossier, &geste, &motivation, &cle).await
}

/// « Demander une correction » → « Valider ». `cle` is unique to the form shown. The files are beside the
/// arguments.
#[server(prefix = "/api", endpoint = "instructeur/correction")]
pub async fn demander_correction(
    dossier: DossierNumero,
    correction: String,
    cle: String,
) -> Reponse<()> {
    let ici = crate::ssr::ici().await?;
    let (tx, t) = (ici.ecrire().await?, ici.maintenant());
    let fichiers = ici.fichiers(domain::Champ::Pieces.nom());
    let demande =
        backend::dossier::examen::corrections::Demande { texte: &correction, cle: &cle, fichiers };
    backend::dossier::examen::corrections::demander(
        &tx,
        &ici.outils,
        &ici.acteur,
        dossier,
        demande,
        t,
    )
    .await?;
    tx.valider().await?;
    leptos_axum::redirect(&format!("/instructeur/dossiers/{dossier}/messagerie"));
    Ok(())
}

/// « Supprimer la demande de correction et ce message ».
#[server(prefix = "/api", endpoint = "instructeur/retirer-correction")]
pub async fn retirer_correction(message: MessageId) -> Reponse<()> {
    let ici = crate::ssr::ici().await?;
    let tx = ici.ecrire().await?;
    backend::dossier::examen::corrections::retirer(&tx, &ici.acteur, message, ici.maintenant())
        .await?;
    Ok(tx.valider().await?)
}

#[cfg(feature = "ssr")]
async fn traiter(dossier: DossierNumero, geste: &str, motivation: &str, cle: &str) -> Reponse<()> {
    use domain::instruction::Geste;
    use domain::{Champ, Erreur, Saisie};
    let geste = Geste::from_code(geste).ok_or(Erreur::champ(Champ::Decision, Saisie::Vide))?;
    let ici = crate::ssr::ici().await?;
    let tx = ici.ecrire().await?;
    let demande = backend::dossier::examen::instruction::Demande { geste, motivation, cle };
    backend::dossier::examen::instruction::traiter(
        &tx,
        &ici.acteur,
        dossier,
        demande,
        ici.maintenant(),
    )
    .await?;
    Ok(tx.valider().await?)
}
