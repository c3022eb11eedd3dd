//! « Contacter les usagers (brouillon) ».

use crate::api::Reponse;
#[cfg(feature = "ssr")]
use crate::ssr::{changer, ici};
#[cfg(feature = "ssr")]
use backend::demarche::contacts;
use domain::cle::CleDeFormulaire;
use domain::ids::DemarcheNumero;
use domain::vues::Contacts;
use leptos::prelude::*;

/// How many people would be written to, and what was sent before.
#[server(name = LireContacts, prefix = "/api", endpoint = "instructeur/contacts")]
pub async fn contacts_de_la_demarche(demarche: DemarcheNumero) -> Reponse<Contacts> {
    let ici = ici().await?;
    let mut lus = contacts::lire(&ici.db, &ici.acteur, demarche).await?;
    lus.cle = ici.cle();
    Ok(lus)
}

/// « Envoyer le message ». `cle` is unique to the form shown: the same form sent twice is one message.
#[server(prefix = "/api", endpoint = "instructeur/contacter")]
pub async fn contacter_les_brouillons(
    demarche: DemarcheNumero,
    corps: String,
    cle: CleDeFormulaire,
) -> Reponse<()> {
    changer(async |c| contacts::envoyer(c, demarche, &corps, cle).await).await
}
