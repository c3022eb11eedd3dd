//! The instructeur's list of dossiers.

use crate::api::Reponse;
use domain::cle::CleDeFormulaire;
use domain::ids::{DemarcheNumero, DossierNumero};
use domain::vues::{DemarcheInstructeur, RechercheDossiers};
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use {
    crate::ssr::{changer, ici},
    backend::acces::limites,
    backend::liste,
    domain::chemin::Chemin,
};

/// A démarche and the page of its dossiers that `question`, the query of the address, says.
#[server(name = LireDemarcheInstructeur, prefix = "/api", endpoint = "instructeur/demarche")]
pub async fn demarche_instructeur(
    demarche: DemarcheNumero,
    question: String,
) -> Reponse<DemarcheInstructeur> {
    let ici = ici().await?;
    let filtres = domain::liste::Filtres::lire(&question);
    if !filtres.recherche.is_empty() {
        ici.compter(limites::RECHERCHES)?;
    }
    ici.retenir_la_liste(&format!("{}{}", Chemin::DemarcheSuivie(demarche), filtres.question()));
    let mut lue = liste::lire(&ici.db, &ici.acteur, demarche, filtres, ici.maintenant()).await?;
    lue.cle = ici.cle();
    Ok(lue)
}

/// « Rechercher un dossier », among those of all démarches. `question`: the query of the address.
#[server(prefix = "/api", endpoint = "instructeur/recherche")]
pub async fn rechercher_dossiers(question: String) -> Reponse<RechercheDossiers> {
    let ici = ici().await?;
    let filtres = domain::liste::Filtres::lire(&question);
    if !filtres.recherche.is_empty() {
        ici.compter(limites::RECHERCHES)?;
    }
    let t = ici.maintenant();
    Ok(liste::recherche::rechercher(&ici.db, &ici.acteur, filtres, t).await?)
}

/// « Personnaliser » → « Enregistrer ».
#[server(prefix = "/api", endpoint = "instructeur/personnaliser")]
pub async fn personnaliser(
    demarche: DemarcheNumero,
    #[server(default)] colonnes: Vec<String>,
) -> Reponse<()> {
    changer(async |c| liste::personnaliser(c, demarche, &colonnes).await).await
}

/// The same thing done to the dossiers that are ticked; the report is shown by the list. `page` is the
/// address of the list, `cle` is unique to the form shown.
#[server(prefix = "/api", endpoint = "instructeur/lot")]
pub async fn lot(
    demarche: DemarcheNumero,
    lot: String,
    #[server(default)] dossiers: Vec<DossierNumero>,
    #[server(default)] complement: String,
    cle: CleDeFormulaire,
    page: String,
) -> Reponse<()> {
    use backend::liste::lots;
    let ici = ici().await?;
    let demande = lots::LotDemande {
        demarche,
        lot: lots::lot(&lot)?,
        dossiers: &dossiers,
        complement: &complement,
        cle,
    };
    let bilan = lots::faire(ici.contexte(), &ici.acteur, demande).await?;
    let question = page.split_once('?').map_or("", |(_, question)| question);
    let mut filtres = domain::liste::Filtres::lire(question).question();
    filtres.push(if filtres.is_empty() { '?' } else { '&' });
    leptos_axum::redirect(&format!(
        "{}{filtres}bilan={}",
        Chemin::DemarcheSuivie(demarche),
        bilan.code()
    ));
    Ok(())
}
