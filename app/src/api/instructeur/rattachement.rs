//! Telling the dossier of a rendez-vous.
//!
//! Each gesture posts back to its page, which shows it and lets it be undone.

use crate::api::Reponse;
use domain::ids::{DemarcheNumero, DossierNumero, GesteId, RendezVousId};
use domain::vues::RendezVousARattacher;
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use {
    crate::ssr::{changer, ici},
    backend::rendez_vous::rattachements,
};

/// « Rendez-vous à rattacher », with the dossiers that `cherche` looks for.
#[server(name = LireARattacher, prefix = "/api", endpoint = "instructeur/a-rattacher")]
pub async fn rendez_vous_a_rattacher(
    demarche: DemarcheNumero,
    #[server(default)] cherche: String,
) -> Reponse<RendezVousARattacher> {
    let ici = ici().await?;
    let (db, acteur, t) = (&ici.db, &ici.acteur, ici.maintenant());
    let mut page = rattachements::a_rattacher(db, acteur, demarche, t).await?;
    if !cherche.is_empty() {
        page.trouves = rattachements::chercher(db, acteur, demarche, &cherche, t).await?;
    }
    Ok(page)
}

/// « Rattacher » to the dossier whose number was typed or suggested.
#[server(prefix = "/api", endpoint = "instructeur/rattacher")]
pub async fn rattacher(rendez_vous: RendezVousId, numero: String) -> Reponse<()> {
    changer(async |c| rattachements::rattacher(c, rendez_vous, &numero).await).await
}

/// « Détacher » from a dossier, in its messagerie or, with `demarche`, on « Rendez-vous avec les usagers ».
#[server(prefix = "/api", endpoint = "instructeur/detacher")]
pub async fn detacher(
    rendez_vous: RendezVousId,
    dossier: DossierNumero,
    #[server(default)] demarche: Option<DemarcheNumero>,
) -> Reponse<()> {
    let dans_le_dossier = rattachements::Lieu::Dossier(dossier);
    let lieu = demarche.map_or(dans_le_dossier, rattachements::Lieu::RendezVous);
    changer(async |c| rattachements::detacher(c, rendez_vous, dossier, lieu).await).await
}

/// « Ce rendez-vous ne concerne aucun dossier ».
#[server(prefix = "/api", endpoint = "instructeur/ecarter")]
pub async fn ecarter(rendez_vous: RendezVousId) -> Reponse<()> {
    changer(async |c| rattachements::ecarter(c, rendez_vous).await).await
}

/// « Remettre parmi les rendez-vous à rattacher ».
#[server(prefix = "/api", endpoint = "instructeur/reprendre")]
pub async fn reprendre(rendez_vous: RendezVousId) -> Reponse<()> {
    changer(async |c| rattachements::reprendre(c, rendez_vous).await).await
}

/// « Annuler » what one has just done.
#[server(prefix = "/api", endpoint = "instructeur/annuler-geste")]
pub async fn annuler_geste(geste: GesteId) -> Reponse<()> {
    changer(async |c| rattachements::annuler(c, geste).await).await
}
