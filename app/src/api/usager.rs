//! The usager's side.

use super::Reponse;
use domain::ids::{DossierNumero, MessageId};
use domain::vues::{
    Demande, Entete, Formulaire, MesDossiers, Messagerie, OngletRendezVous, Resume,
};
use leptos::prelude::*;
use std::collections::BTreeMap;

/// « Mes dossiers ». `adresse`: what is chosen, as the page's address says it; `page` from 1.
#[server(name = LireMesDossiers, prefix = "/api", endpoint = "usager/dossiers")]
pub async fn mes_dossiers(adresse: String, page: u64) -> Reponse<MesDossiers> {
    let ici = crate::ssr::ici().await?;
    let choix = domain::vues::ChoixDossiers::de_l_adresse(&adresse, page);
    ici.retenir_la_liste(&choix.adresse());
    Ok(backend::dossier::usager::mes_dossiers::lire(&ici.db, &ici.acteur, choix, ici.maintenant())
        .await?)
}

/// « Supprimer le dossier ».
#[server(prefix = "/api", endpoint = "usager/supprimer")]
pub async fn supprimer_dossier(dossier: DossierNumero) -> Reponse<()> {
    let ici = crate::ssr::ici().await?;
    let tx = ici.ecrire().await?;
    backend::dossier::usager::mes_dossiers::supprimer(&tx, &ici.acteur, dossier, ici.maintenant())
        .await?;
    Ok(tx.valider().await?)
}

/// « Restaurer ».
#[server(prefix = "/api", endpoint = "usager/restaurer")]
pub async fn restaurer_dossier(dossier: DossierNumero) -> Reponse<()> {
    let ici = crate::ssr::ici().await?;
    let tx = ici.ecrire().await?;
    backend::dossier::usager::mes_dossiers::restaurer(&tx, &ici.acteur, dossier, ici.maintenant())
        .await?;
    Ok(tx.valider().await?)
}

/// The form of a dossier that may be modified.
#[server(prefix = "/api", endpoint = "usager/formulaire")]
pub async fn formulaire_du_dossier(dossier: DossierNumero) -> Reponse<Formulaire> {
    let ici = crate::ssr::ici().await?;
    Ok(backend::dossier::usager::formulaires::pour_modifier(&ici.db, &ici.acteur, dossier).await?)
}

/// « Enregistrer les modifications »: leads to « Demande ». `version`: that of the form shown.
#[server(prefix = "/api", endpoint = "usager/modifier")]
pub async fn modifier_dossier(
    dossier: DossierNumero,
    version: i32,
    prenom: String,
    nom: String,
    #[server(default)] champs: BTreeMap<String, String>,
    #[server(default)] retirer: BTreeMap<String, String>,
) -> Reponse<()> {
    let ici = crate::ssr::ici().await?;
    let saisies = ici.saisies(prenom, nom, &champs, &retirer);
    let tx = ici.ecrire().await?;
    backend::dossier::usager::formulaires::modifier(
        &tx,
        &ici.outils,
        &ici.acteur,
        dossier,
        version,
        saisies,
        ici.maintenant(),
    )
    .await?;
    tx.valider().await?;
    leptos_axum::redirect(&format!("/dossiers/{dossier}/demande"));
    Ok(())
}

/// The header of a dossier of one's own.
#[server(prefix = "/api", endpoint = "usager/entete")]
pub async fn entete_usager(dossier: DossierNumero) -> Reponse<Entete> {
    let ici = crate::ssr::ici().await?;
    let mut entete =
        backend::dossier::entete::de_l_usager(&ici.db, &ici.acteur, dossier, ici.maintenant())
            .await?;
    entete.cle = ici.cle();
    entete.liste = ici.liste("/dossiers");
    Ok(entete)
}

/// « Résumé ».
#[server(name = LireResume, prefix = "/api", endpoint = "usager/resume")]
pub async fn resume(dossier: DossierNumero) -> Reponse<Resume> {
    let ici = crate::ssr::ici().await?;
    Ok(backend::dossier::resume::resume_avec_lien(
        &ici.db,
        &ici.outils,
        &ici.acteur,
        dossier,
        ici.maintenant(),
    )
    .await?)
}

/// « Demande ».
#[server(prefix = "/api", endpoint = "usager/demande")]
pub async fn demande_usager(dossier: DossierNumero) -> Reponse<Demande> {
    let ici = crate::ssr::ici().await?;
    Ok(backend::dossier::demande::de_l_usager(&ici.db, &ici.acteur, dossier).await?)
}

/// « Messagerie », with at least the `montres` latest messages and those from `depuis` on; showing it tells the instructeurs that their messages are read.
#[server(prefix = "/api", endpoint = "usager/messagerie")]
pub async fn messagerie_usager(
    dossier: DossierNumero,
    #[server(default)] montres: usize,
    #[server(default)] depuis: Option<MessageId>,
) -> Reponse<Messagerie> {
    let ici = crate::ssr::ici().await?;
    let t = ici.maintenant();
    let mut fil =
        backend::messagerie::fil::fil_avec_lien(&ici.db, &ici.outils, &ici.acteur, dossier, t)
            .await?;
    fil.cle = ici.cle();
    // Read first: a change, even of nothing, waits for its turn.
    if backend::messagerie::lus::a_lire(&ici.db, &ici.acteur, dossier, t).await? {
        let tx = ici.ecrire().await?;
        backend::messagerie::lus::lire(&tx, &ici.acteur, dossier, t).await?;
        tx.valider().await?;
    }
    Ok(fil.les_derniers(montres, depuis))
}

/// « Envoyer le message ». `cle` is unique to the form shown, so that a double click sends once. The files
/// are beside the arguments.
#[server(prefix = "/api", endpoint = "usager/ecrire")]
pub async fn ecrire_usager(dossier: DossierNumero, corps: String, cle: String) -> Reponse<()> {
    let ici = crate::ssr::ici().await?;
    let fichiers = ici.fichiers(domain::Champ::Pieces.nom());
    let envoi = backend::messagerie::ecriture::Envoi { corps: &corps, cle: &cle, fichiers };
    let tx = ici.ecrire().await?;
    backend::messagerie::ecriture::ecrire_usager(
        &tx,
        &ici.outils,
        &ici.acteur,
        dossier,
        envoi,
        ici.maintenant(),
    )
    .await?;
    Ok(tx.valider().await?)
}

/// « Rendez-vous »; showing it removes the orange dot.
#[server(prefix = "/api", endpoint = "usager/rendez-vous")]
pub async fn rendez_vous_usager(dossier: DossierNumero) -> Reponse<OngletRendezVous> {
    let ici = crate::ssr::ici().await?;
    let tx = ici.ecrire().await?;
    let onglet =
        backend::rendez_vous::onglet::onglet(&tx, &ici.acteur, dossier, ici.maintenant()).await?;
    tx.valider().await?;
    Ok(onglet)
}
