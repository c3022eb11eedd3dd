//! « Personnes impliquées ».

use crate::api::Reponse;
use domain::cle::CleDeFormulaire;
use domain::ids::DossierNumero;
use domain::vues::PersonnesImpliquees;
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use {
    crate::ssr::{changer, ici},
    backend::dossier::examen::{personnes, recommander},
};

/// « Personnes impliquées ».
#[server(name = LirePersonnes, prefix = "/api", endpoint = "instructeur/personnes")]
pub async fn personnes_impliquees(dossier: DossierNumero) -> Reponse<PersonnesImpliquees> {
    let ici = ici().await?;
    let mut personnes = personnes::lire(&ici.db, &ici.acteur, dossier, ici.maintenant()).await?;
    ici.consulter(dossier, domain::consultation::Acte::Page);
    personnes.cle = ici.cle();
    Ok(personnes)
}

/// « Envoyer le dossier ». `cle` is unique to the form shown, so that a double click sends once.
#[server(prefix = "/api", endpoint = "instructeur/envoyer-dossier")]
pub async fn envoyer_dossier(
    dossier: DossierNumero,
    destinataire: String,
    cle: CleDeFormulaire,
) -> Reponse<()> {
    let destinataire = destinataire.parse().ok().map(domain::ids::CompteId);
    changer(async |c| recommander::envoyer(c, dossier, destinataire, &cle).await).await
}
