//! Proposing a rendez-vous; those of a démarche.

use crate::api::Reponse;
use domain::chemin::Chemin;
use domain::cle::CleDeFormulaire;
use domain::ids::{DemarcheNumero, DossierNumero, MessageId};
use domain::vues::{FiltresRdv, RendezVousDemarche};
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use {
    crate::ssr::{changer, ici},
    backend::rendez_vous::{planning, propositions},
    domain::chemin::Onglet,
};

/// Where « Choisir le créneau moi-même » is posted: a plain form, for it leaves for another site.
pub const ADRESSE_PLAN: &str = Chemin::PlanRdv.patron();

/// « Rendez-vous avec les usagers »; showing it removes the orange dot.
#[server(name = LireRendezVousDemarche, prefix = "/api", endpoint = "instructeur/rendez-vous")]
pub async fn rendez_vous_demarche(
    demarche: DemarcheNumero,
    filtres: FiltresRdv,
) -> Reponse<RendezVousDemarche> {
    let ici = ici().await?;
    let t = ici.maintenant();
    let lu = planning::de_la_demarche(&ici.db, &ici.acteur, demarche, &filtres, t).await?;
    // Read first: a change, even of nothing, waits for its turn.
    if let Some(change_le) = lu.non_vu {
        ici.changer(async |c| planning::voir(c, demarche, change_le).await).await?;
    }
    Ok(lu.vue)
}

/// « Proposer un rendez-vous » → « Valider ». Gives the address of the messagerie back. `cle` is unique
/// to the form shown: the same form sent twice is one proposition. `intention` is what the panel said it would do.
#[server(prefix = "/api", endpoint = "instructeur/proposer")]
pub async fn proposer(
    dossier: DossierNumero,
    complement: String,
    cle: CleDeFormulaire,
    #[server(default)] intention: String,
) -> Reponse<()> {
    use domain::proposition::Intention;
    let intention = Intention::from_code(&intention).unwrap_or(Intention::Premiere);
    let voulue = propositions::Voulue { intention, complement: &complement, cle };
    changer(async |c| propositions::proposer_selon(c, dossier, voulue).await).await?;
    leptos_axum::redirect(&Chemin::Onglet(dossier, Onglet::Messagerie).to_string());
    Ok(())
}

/// « Supprimer la proposition de rendez-vous et ce message ».
#[server(prefix = "/api", endpoint = "instructeur/retirer")]
pub async fn retirer(message: MessageId) -> Reponse<()> {
    changer(async |c| propositions::retirer(c, message).await).await
}
