//! Proposing a rendez-vous; those of a démarche.

use crate::api::Reponse;
use domain::ids::{DemarcheNumero, DossierNumero, MessageId};
use domain::vues::{FiltresRdv, RendezVousDemarche};
use leptos::prelude::*;

/// Where « Choisir le créneau moi-même » is posted: a plain form, for it leaves for another site.
pub const ADRESSE_PLAN: &str = "/rdv-service-public/plan";

/// « Rendez-vous avec les usagers »; showing it removes the orange dot.
#[server(name = LireRendezVousDemarche, prefix = "/api", endpoint = "instructeur/rendez-vous")]
pub async fn rendez_vous_demarche(
    demarche: DemarcheNumero,
    filtres: FiltresRdv,
) -> Reponse<RendezVousDemarche> {
    let ici = crate::ssr::ici().await?;
    let tx = ici.ecrire().await?;
    let t = ici.maintenant();
    let liste =
        backend::rendez_vous::planning::de_la_demarche(&tx, &ici.acteur, demarche, &filtres, t)
            .await?;
    tx.valider().await?;
    Ok(liste)
}

/// « Proposer un rendez-vous » → « Valider ». Gives the address of the messagerie back. `cle` is unique
/// to the form shown: the same form sent twice is one proposition. `intention` is what the panel said it would do.
#[server(prefix = "/api", endpoint = "instructeur/proposer")]
pub async fn proposer(
    dossier: DossierNumero,
    complement: String,
    cle: String,
    #[server(default)] intention: String,
) -> Reponse<()> {
    use domain::proposition::Intention;
    let ici = crate::ssr::ici().await?;
    let intention = Intention::from_code(&intention).unwrap_or(Intention::Premiere);
    let voulue = backend::rendez_vous::propositions::Voulue {
        intention,
        complement: &complement,
        cle: &cle,
    };
    let tx = ici.ecrire().await?;
    let t = ici.maintenant();
    backend::rendez_vous::propositions::proposer_selon(&tx, &ici.acteur, dossier, voulue, t)
        .await?;
    tx.valider().await?;
    leptos_axum::redirect(&format!("/instructeur/dossiers/{dossier}/messagerie"));
    Ok(())
}

/// « Supprimer la proposition de rendez-vous et ce message ».
#[server(prefix = "/api", endpoint = "instructeur/retirer")]
pub async fn retirer(message: MessageId) -> Reponse<()> {
    let ici = crate::ssr::ici().await?;
    let tx = ici.ecrire().await?;
    backend::rendez_vous::propositions::retirer(&tx, &ici.acteur, message, ici.maintenant())
        .await?;
    Ok(tx.valider().await?)
}
