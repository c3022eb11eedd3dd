//! The tabs of a dossier that only its instructeurs have, and its print view; what keeps it longer.

use super::Reponse;
use domain::ids::{DossierNumero, MessageId};
use domain::vues::{Annotations, DossierImprime, PersonnesImpliquees, PiecesDuDossier};
use leptos::prelude::*;
use std::collections::BTreeMap;

/// « Pièces jointes »; showing them removes the orange dot.
#[server(name = LirePieces, prefix = "/api", endpoint = "instructeur/pieces")]
pub async fn pieces_du_dossier(dossier: DossierNumero) -> Reponse<PiecesDuDossier> {
    let ici = crate::ssr::ici().await?;
    let t = ici.maintenant();
    let pieces = backend::dossier::pieces::dossier::lire(&ici.db, &ici.acteur, dossier, t).await?;
    ici.voir(dossier, domain::liste::Nouveaute::Piece, t).await?;
    Ok(pieces)
}

/// « Annotations privées »; showing them removes the orange dot.
#[server(name = LireAnnotations, prefix = "/api", endpoint = "instructeur/annotations")]
pub async fn annotations(dossier: DossierNumero) -> Reponse<Annotations> {
    let ici = crate::ssr::ici().await?;
    let t = ici.maintenant();
    let annotations =
        backend::dossier::examen::annotations::lire(&ici.db, &ici.acteur, dossier, t).await?;
    ici.voir(dossier, domain::liste::Nouveaute::Annotation, t).await?;
    Ok(annotations)
}

/// « Enregistrer l'annotation ». `version`: that of the form shown.
#[server(prefix = "/api", endpoint = "instructeur/annoter")]
pub async fn annoter(dossier: DossierNumero, version: i32, annotation: String) -> Reponse<()> {
    let ici = crate::ssr::ici().await?;
    let (tx, t) = (ici.ecrire().await?, ici.maintenant());
    backend::dossier::examen::annotations::enregistrer(
        &tx,
        &ici.acteur,
        dossier,
        version,
        &annotation,
        t,
    )
    .await?;
    Ok(tx.valider().await?)
}

/// « Enregistrer les champs ». `versions`: of each private field that the form showed.
#[server(prefix = "/api", endpoint = "instructeur/champs-prives")]
pub async fn remplir_champs_prives(
    dossier: DossierNumero,
    #[server(default)] champs: BTreeMap<String, String>,
    #[server(default)] versions: BTreeMap<String, String>,
) -> Reponse<()> {
    let ici = crate::ssr::ici().await?;
    let saisies = crate::ssr::saisies_privees(&champs, &versions);
    let (tx, t) = (ici.ecrire().await?, ici.maintenant());
    backend::dossier::examen::annotations::champs::enregistrer(
        &tx,
        &ici.acteur,
        dossier,
        &saisies,
        t,
    )
    .await?;
    Ok(tx.valider().await?)
}

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
    backend::dossier::examen::recommander::envoyer(
        &tx,
        &ici.acteur,
        dossier,
        destinataire,
        &cle,
        t,
    )
    .await?;
    Ok(tx.valider().await?)
}

/// « Supprimer le message ».
#[server(prefix = "/api", endpoint = "instructeur/supprimer-message")]
pub async fn supprimer_message(message: MessageId) -> Reponse<()> {
    let ici = crate::ssr::ici().await?;
    let tx = ici.ecrire().await?;
    backend::messagerie::suppression::supprimer(&tx, &ici.acteur, message, ici.maintenant())
        .await?;
    Ok(tx.valider().await?)
}

/// The print view.
#[server(prefix = "/api", endpoint = "instructeur/imprimer")]
pub async fn imprimer_dossier(dossier: DossierNumero) -> Reponse<DossierImprime> {
    use domain::role::Role::Instructeur;
    let ici = crate::ssr::ici().await?;
    let t = ici.maintenant();
    Ok(backend::dossier::telechargement::imprimer(&ici.db, &ici.acteur, dossier, Instructeur, t)
        .await?)
}

/// « Conserver un mois de plus », from the side of its instructeurs or of its usager.
#[server(prefix = "/api", endpoint = "dossier/conserver")]
pub async fn conserver(dossier: DossierNumero, instructeur: bool) -> Reponse<()> {
    let ici = crate::ssr::ici().await?;
    let cote =
        if instructeur { domain::role::Role::Instructeur } else { domain::role::Role::Usager };
    let t = ici.maintenant();
    let tx = ici.ecrire().await?;
    backend::dossier::expirations::prolonger(&tx, &ici.acteur, dossier, cote, t).await?;
    Ok(tx.valider().await?)
}
