//! Telling the dossier of a rendez-vous.
//!
//! Each gesture posts back to its page, which shows it and lets it be undone.

use crate::api::Reponse;
use domain::ids::{DemarcheNumero, DossierNumero, GesteId, RendezVousId};
use domain::vues::RendezVousARattacher;
use leptos::prelude::*;

/// « Rendez-vous à rattacher », with the dossiers that `cherche` looks for.
#[server(name = LireARattacher, prefix = "/api", endpoint = "instructeur/a-rattacher")]
pub async fn rendez_vous_a_rattacher(
    demarche: DemarcheNumero,
    #[server(default)] cherche: String,
) -> Reponse<RendezVousARattacher> {
    let ici = crate::ssr::ici().await?;
    use backend::rendez_vous::rattachements;
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
    let ici = crate::ssr::ici().await?;
    let tx = ici.ecrire().await?;
    let maintenant = ici.maintenant();
    backend::rendez_vous::rattachements::rattacher(
        &tx,
        &ici.acteur,
        rendez_vous,
        &numero,
        maintenant,
    )
    .await?;
    Ok(tx.valider().await?)
}

/// « Détacher » from a dossier, in its messagerie or, with `demarche`, on « Rendez-vous avec les usagers ».
#[server(prefix = "/api", endpoint = "instructeur/detacher")]
pub async fn detacher(
    rendez_vous: RendezVousId,
    dossier: DossierNumero,
    #[server(default)] demarche: Option<DemarcheNumero>,
) -> Reponse<()> {
    use backend::rendez_vous::rattachements;
    use backend::rendez_vous::rattachements::Lieu;
    let ici = crate::ssr::ici().await?;
    let lieu = demarche.map_or(Lieu::Dossier(dossier), Lieu::RendezVous);
    let tx = ici.ecrire().await?;
    let maintenant = ici.maintenant();
    rattachements::detacher(&tx, &ici.acteur, rendez_vous, dossier, lieu, maintenant).await?;
    Ok(tx.valider().await?)
}

/// « Ce rendez-vous ne concerne aucun dossier ».
#[server(prefix = "/api", endpoint = "instructeur/ecarter")]
pub async fn ecarter(rendez_vous: RendezVousId) -> Reponse<()> {
    let ici = crate::ssr::ici().await?;
    let tx = ici.ecrire().await?;
    backend::rendez_vous::rattachements::ecarter(&tx, &ici.acteur, rendez_vous, ici.maintenant())
        .await?;
    Ok(tx.valider().await?)
}

/// « Remettre parmi les rendez-vous à rattacher ».
#[server(prefix = "/api", endpoint = "instructeur/reprendre")]
pub async fn reprendre(rendez_vous: RendezVousId) -> Reponse<()> {
    let ici = crate::ssr::ici().await?;
    let tx = ici.ecrire().await?;
    backend::rendez_vous::rattachements::reprendre(&tx, &ici.acteur, rendez_vous, ici.maintenant())
        .await?;
    Ok(tx.valider().await?)
}

/// « Annuler » what one has just done.
#[server(prefix = "/api", endpoint = "instructeur/annuler-geste")]
pub async fn annuler_geste(geste: GesteId) -> Reponse<()> {
    let ici = crate::ssr::ici().await?;
    let tx = ici.ecrire().await?;
    backend::rendez_vous::rattachements::annuler(&tx, &ici.acteur, geste, ici.maintenant()).await?;
    Ok(tx.valider().await?)
}
