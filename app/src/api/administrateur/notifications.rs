//! The notifications set aside and the mails that could not leave.

use crate::api::Reponse;
use domain::ids::{DemarcheNumero, NotificationId, TacheId};
use domain::vues::{CourrielsNonEnvoyes, MisesDeCote};
use leptos::prelude::*;

/// The notifications set aside.
#[server(name = LireMisesDeCote, prefix = "/api", endpoint = "admin/rdv/notifications")]
pub async fn mises_de_cote(demarche: DemarcheNumero) -> Reponse<MisesDeCote> {
    use backend::rendez_vous::arrivee::mises_de_cote;
    let ici = crate::ssr::ici().await?;
    Ok(mises_de_cote::lister(&ici.db, &ici.outils, &ici.acteur, demarche).await?)
}

/// « Rejouer » one.
#[server(prefix = "/api", endpoint = "admin/rdv/rejouer")]
pub async fn rejouer(demarche: DemarcheNumero, notification: NotificationId) -> Reponse<()> {
    use backend::rendez_vous::arrivee::mises_de_cote;
    let ici = crate::ssr::ici().await?;
    let tx = ici.ecrire().await?;
    mises_de_cote::rejouer(&tx, &ici.acteur, demarche, notification, ici.maintenant()).await?;
    Ok(tx.valider().await?)
}

/// « Tout rejouer ».
#[server(prefix = "/api", endpoint = "admin/rdv/tout-rejouer")]
pub async fn tout_rejouer(demarche: DemarcheNumero) -> Reponse<()> {
    use backend::rendez_vous::arrivee::mises_de_cote;
    let ici = crate::ssr::ici().await?;
    let tx = ici.ecrire().await?;
    mises_de_cote::tout_rejouer(&tx, &ici.acteur, demarche, ici.maintenant()).await?;
    Ok(tx.valider().await?)
}

/// The mails that could not leave.
#[server(name = LireCourrielsNonEnvoyes, prefix = "/api", endpoint = "admin/courriels")]
pub async fn courriels_non_envoyes(demarche: DemarcheNumero) -> Reponse<CourrielsNonEnvoyes> {
    let ici = crate::ssr::ici().await?;
    Ok(backend::taches::abandon::lister(&ici.db, &ici.acteur, demarche).await?)
}

/// « Rejouer » one of them.
#[server(prefix = "/api", endpoint = "admin/courriels/rejouer")]
pub async fn rejouer_courriel(demarche: DemarcheNumero, tache: TacheId) -> Reponse<()> {
    use backend::taches::abandon;
    let ici = crate::ssr::ici().await?;
    let tx = ici.ecrire().await?;
    abandon::rejouer(&tx, &ici.acteur, demarche, tache, ici.maintenant()).await?;
    Ok(tx.valider().await?)
}

/// « Tout envoyer maintenant ».
#[server(prefix = "/api", endpoint = "admin/courriels/tout-rejouer")]
pub async fn rejouer_courriels(demarche: DemarcheNumero) -> Reponse<()> {
    use backend::taches::abandon;
    let ici = crate::ssr::ici().await?;
    let tx = ici.ecrire().await?;
    abandon::tout_rejouer(&tx, &ici.acteur, demarche, ici.maintenant()).await?;
    Ok(tx.valider().await?)
}
