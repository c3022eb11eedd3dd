//! The notifications set aside and the mails that could not leave.

use crate::api::Reponse;
use domain::ids::{DemarcheNumero, NotificationId, TacheId};
use domain::vues::{CourrielsNonEnvoyes, MisesDeCote};
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use {
    crate::ssr::{changer, ici},
    backend::courriels::non_envoyes,
    backend::rendez_vous::arrivee::mises_de_cote,
};

/// The notifications set aside.
#[server(name = LireMisesDeCote, prefix = "/api", endpoint = "admin/rdv/notifications")]
pub async fn mises_de_cote(demarche: DemarcheNumero) -> Reponse<MisesDeCote> {
    let ici = ici().await?;
    Ok(mises_de_cote::lister(&ici.db, &ici.outils, &ici.acteur, demarche).await?)
}

/// « Rejouer » one.
#[server(prefix = "/api", endpoint = "admin/rdv/rejouer")]
pub async fn rejouer(demarche: DemarcheNumero, notification: NotificationId) -> Reponse<()> {
    changer(async |c| mises_de_cote::rejouer(c, demarche, notification).await).await
}

/// « Tout rejouer ».
#[server(prefix = "/api", endpoint = "admin/rdv/tout-rejouer")]
pub async fn tout_rejouer(demarche: DemarcheNumero) -> Reponse<()> {
    changer(async |c| mises_de_cote::tout_rejouer(c, demarche).await).await
}

/// The mails that could not leave.
#[server(name = LireCourrielsNonEnvoyes, prefix = "/api", endpoint = "admin/courriels")]
pub async fn courriels_non_envoyes(demarche: DemarcheNumero) -> Reponse<CourrielsNonEnvoyes> {
    let ici = ici().await?;
    Ok(non_envoyes::lister(&ici.db, &ici.acteur, demarche).await?)
}

/// « Rejouer » one of them.
#[server(prefix = "/api", endpoint = "admin/courriels/rejouer")]
pub async fn rejouer_courriel(demarche: DemarcheNumero, tache: TacheId) -> Reponse<()> {
    changer(async |c| non_envoyes::rejouer(c, demarche, tache).await).await
}

/// « Tout envoyer maintenant ».
#[server(prefix = "/api", endpoint = "admin/courriels/tout-rejouer")]
pub async fn rejouer_courriels(demarche: DemarcheNumero) -> Reponse<()> {
    changer(async |c| non_envoyes::tout_rejouer(c, demarche).await).await
}
