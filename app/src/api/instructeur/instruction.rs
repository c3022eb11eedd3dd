//! Following a dossier, asking for corrections, and changing its état.

use crate::api::Reponse;
use domain::cle::CleDeFormulaire;
use domain::ids::{DossierNumero, MessageId};
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use {
    crate::ssr::{changer, ici},
    backend::dossier::examen::{corrections, instruction, suivis},
    domain::chemin::{Chemin, Onglet},
};

/// « Suivre le dossier », or « Ne plus suivre ».
#[server(prefix = "/api", endpoint = "instructeur/suivre")]
pub async fn suivre(dossier: DossierNumero, suivre: bool) -> Reponse<()> {
    changer(async |c| suivis::changer(c, dossier, suivre).await).await
}

/// « Passer en instruction », « Repasser en instruction ». `cle` is unique to the form shown.
#[server(prefix = "/api", endpoint = "instructeur/instruire")]
pub async fn instruire(dossier: DossierNumero, geste: String, cle: CleDeFormulaire) -> Reponse<()> {
    traiter(dossier, &geste, "", cle).await
}

/// « Instruire le dossier » → « Valider la décision ». `cle` is unique to the form shown.
#[server(prefix = "/api", endpoint = "instructeur/decider")]
pub async fn decider(
    dossier: DossierNumero,
    #[server(default)] geste: String,
    motivation: String,
    cle: CleDeFormulaire,
) -> Reponse<()> {
    traiter(dossier, &geste, &motivation, cle).await
}

/// « Demander une correction » → « Valider ». `cle` is unique to the form shown. The files are beside the
/// arguments.
#[server(prefix = "/api", endpoint = "instructeur/correction")]
pub async fn demander_correction(
    dossier: DossierNumero,
    correction: String,
    cle: CleDeFormulaire,
) -> Reponse<()> {
    let ici = ici().await?;
    let fichiers = ici.fichiers(domain::Champ::Pieces.nom());
    let demande = corrections::Demande { texte: &correction, cle, fichiers };
    ici.changer(async |c| corrections::demander(c, dossier, demande).await).await?;
    leptos_axum::redirect(&Chemin::Onglet(dossier, Onglet::Messagerie).to_string());
    Ok(())
}

/// « Supprimer la demande de correction et ce message ».
#[server(prefix = "/api", endpoint = "instructeur/retirer-correction")]
pub async fn retirer_correction(message: MessageId) -> Reponse<()> {
    changer(async |c| corrections::retirer(c, message).await).await
}

#[cfg(feature = "ssr")]
async fn traiter(
    dossier: DossierNumero,
    geste: &str,
    motivation: &str,
    cle: CleDeFormulaire,
) -> Reponse<()> {
    use domain::instruction::Geste;
    use domain::{Champ, Erreur, Saisie};
    let geste = Geste::from_code(geste).ok_or(Erreur::champ(Champ::Decision, Saisie::Vide))?;
    let demande = instruction::Demande { geste, motivation, cle };
    changer(async |c| instruction::traiter(c, dossier, demande).await).await
}
