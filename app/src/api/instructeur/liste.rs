//! The instructeur's list of dossiers.

use crate::api::Reponse;
use domain::ids::{DemarcheNumero, DossierNumero};
use domain::vues::{DemarcheInstructeur, RechercheDossiers};
use leptos::prelude::*;

/// A démarche and the page of its dossiers that `question`, the query of the address, says.
#[server(name = LireDemarcheInstructeur, prefix = "/api", endpoint = "instructeur/demarche")]
pub async fn demarche_instructeur(
    demarche: DemarcheNumero,
    question: String,
) -> Reponse<DemarcheInstructeur> {
    let ici = crate::ssr::ici().await?;
    let filtres = domain::liste::Filtres::lire(&question);
    ici.retenir_la_liste(&format!("/instructeur/demarches/{demarche}{}", filtres.question()));
    let mut lue =
        backend::liste::lire(&ici.db, &ici.acteur, demarche, filtres, ici.maintenant()).await?;
    lue.cle = ici.cle();
    Ok(lue)
}

/// « Rechercher un dossier », among those of all démarches. `question`: the query of the address.
#[server(prefix = "/api", endpoint = "instructeur/recherche")]
pub async fn rechercher_dossiers(question: String) -> Reponse<RechercheDossiers> {
    let ici = crate::ssr::ici().await?;
    let filtres = domain::liste::Filtres::lire(&question);
    let t = ici.maintenant();
    Ok(backend::liste::recherche::rechercher(&ici.db, &ici.acteur, filtres, t).await?)
}

/// « Personnaliser » → « Enregistrer ».
#[server(prefix = "/api", endpoint = "instructeur/personnaliser")]
pub async fn personnaliser(
    demarche: DemarcheNumero,
    #[server(default)] colonnes: Vec<String>,
) -> Reponse<()> {
    let ici = crate::ssr::ici().await?;
    let tx = ici.ecrire().await?;
    backend::liste::personnaliser(&tx, &ici.acteur, demarche, &colonnes).await?;
    Ok(tx.valider().await?)
}

/// The same thing done to the dossiers that are ticked; the report is shown by the list. `page` is the
/// address of the list, `cle` is unique to the form shown.
#[server(prefix = "/api", endpoint = "instructeur/lot")]
pub async fn lot(
    demarche: DemarcheNumero,
    lot: String,
    #[server(default)] dossiers: Vec<DossierNumero>,
    #[server(default)] complement: String,
    cle: String,
    page: String,
) -> Reponse<()> {
    use backend::liste::lots;
    let ici = crate::ssr::ici().await?;
    let demande = lots::LotDemande {
        lot: lots::lot(&lot)?,
        dossiers: &dossiers,
        complement: &complement,
        cle: &cle,
    };
    let bilan = lots::faire(ici.base(), &ici.acteur, demande, ici.maintenant()).await?;
    let question = page.split_once('?').map_or("", |(_, question)| question);
    let mut filtres = domain::liste::Filtres::lire(question).question();
    filtres.push(if filtres.is_empty() { '?' } else { '&' });
    leptos_axum::redirect(&format!(
        "/instructeur/demarches/{demarche}{filtres}bilan={}",
        bilan.code()
    ));
    Ok(())
}
