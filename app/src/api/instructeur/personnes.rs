//! « Personnes impliquées ».

use crate::api::Reponse;
use domain::ids::DossierNumero;
use domain::vues::PersonnesImpliquees;
use leptos::prelude::*;

/// « Personnes impliquées ».
#[server(name = LirePersonnes, prefix = "/api", endpoint = "instructeur/personnes")]
pub async fn personnes_impliquees(dossier: DossierNumero) -> Reponse<PersonnesImpliquees> {
    let ici = crate::ssr::ici().await?;
    let mut personnes =
        backend::dossier::examen::personnes::lire(&ici.db, &ici.acteur, dossier, ici.maintenant())
            .await?;
    personnes.cle = ici.cle();
    Ok(personnes)
}

/// « Envoyer le dossier ». `cle` is unique to the form shown, so that a double click sends once.
#[server(prefix = "/api", endpoint = "instructeur/envoyer-dossier")]
pub async fn envoyer_dossier(
    dossier: DossierNumero,
    destinataire: String,
    cle: String,
) -> Reponse<()> {
    let ici = crate::ssr::ici().await?;
    let (tx, t) = (ici.ecrire().await?, ici.maintenant());
    let destinataire = destinataire.parse().ok().map(domain::ids::CompteId);
    backend::envois::envoyer(&tx, &ici.acteur, dossier, destinataire, &cle, t).await?;
    Ok(tx.valider().await?)
}
