//! « Réaffectation ».

use crate::api::Reponse;
use domain::ids::{DossierNumero, GroupeId};
use domain::vues::ReaffectationVue;
use leptos::prelude::*;

/// « Réaffectation ».
#[server(name = LireReaffectation, prefix = "/api", endpoint = "instructeur/reaffectation")]
pub async fn reaffectation(dossier: DossierNumero) -> Reponse<ReaffectationVue> {
    let ici = crate::ssr::ici().await?;
    let t = ici.maintenant();
    let mut lue =
        backend::dossier::examen::reaffectations::lire(&ici.db, &ici.acteur, dossier, t).await?;
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
    cle: String,
) -> Reponse<()> {
    let ici = crate::ssr::ici().await?;
    let demande = backend::dossier::examen::reaffectations::Demande {
        vers: groupe,
        raison: &raison,
        cle: &cle,
    };
    let (tx, t) = (ici.ecrire().await?, ici.maintenant());
    let demarche =
        backend::dossier::examen::reaffectations::reaffecter(&tx, &ici.acteur, dossier, demande, t)
            .await?;
    tx.valider().await?;
    leptos_axum::redirect(&format!("/instructeur/demarches/{demarche}?reaffecte={dossier}"));
    Ok(())
}
