//! « Réaffectation ».

use crate::api::Reponse;
use domain::cle::CleDeFormulaire;
use domain::ids::{DossierNumero, GroupeId};
use domain::vues::ReaffectationVue;
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use {
    crate::ssr::{changer, ici},
    backend::dossier::examen::reaffectations,
    domain::chemin::Chemin,
};

/// « Réaffectation ».
#[server(name = LireReaffectation, prefix = "/api", endpoint = "instructeur/reaffectation")]
pub async fn reaffectation(dossier: DossierNumero) -> Reponse<ReaffectationVue> {
    let ici = ici().await?;
    let t = ici.maintenant();
    let mut lue = reaffectations::lire(&ici.db, &ici.acteur, dossier, t).await?;
    ici.consulter(dossier, domain::consultation::Acte::Page);
    lue.cle = ici.cle();
    Ok(lue)
}

/// « Réaffecter le dossier ». Leads to the list, which says it: the dossier may no longer be one's own. `cle` is
/// unique to the form shown.
#[server(prefix = "/api", endpoint = "instructeur/reaffecter")]
pub async fn reaffecter(
    dossier: DossierNumero,
    #[server(default)] groupe: Option<GroupeId>,
    raison: String,
    cle: CleDeFormulaire,
) -> Reponse<()> {
    let demande = reaffectations::Demande { vers: groupe, raison: &raison, cle };
    let demarche = changer(async |c| reaffectations::reaffecter(c, dossier, demande).await).await?;
    leptos_axum::redirect(&format!("{}?reaffecte={dossier}", Chemin::DemarcheSuivie(demarche)));
    Ok(())
}
