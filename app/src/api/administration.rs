//! The administrateur's side: what the tiles of a démarche set.

use super::Reponse;
use domain::champs::{Pour, TypeChamp};
use domain::ids::{ChampId, CompteId, DemarcheNumero, GroupeId};
use domain::modele::Modele;
use domain::vues::{
    Administrateurs, Courriels, DemarchePublique, FormulaireAdmin, Groupes, Historique, Page,
    Presentation, Service,
};
use leptos::prelude::*;

/// « Toutes les démarches ». `page` from 1.
#[server(prefix = "/api", endpoint = "admin/toutes")]
pub async fn toutes_les_demarches(recherche: String, page: u64) -> Reponse<Page<DemarchePublique>> {
    let ici = crate::ssr::ici().await?;
    Ok(backend::demarche::administration::liste::toutes(&ici.db, &ici.acteur, &recherche, page)
        .await?)
}

/// « Présentation ».
#[server(name = LirePresentation, prefix = "/api", endpoint = "admin/presentation")]
pub async fn presentation(demarche: DemarcheNumero) -> Reponse<Presentation> {
    let ici = crate::ssr::ici().await?;
    Ok(backend::demarche::administration::presentation::presentation(
        &ici.db,
        &ici.acteur,
        demarche,
    )
    .await?)
}

/// « Enregistrer » of « Présentation »: gives its new version.
#[server(prefix = "/api", endpoint = "admin/presentation/enregistrer")]
pub async fn enregistrer_presentation(
    demarche: DemarcheNumero,
    titre: String,
    description: String,
    #[server(default)] version: String,
) -> Reponse<String> {
    let ici = crate::ssr::ici().await?;
    let tx = ici.ecrire().await?;
    let saisi = (titre.as_str(), description.as_str());
    let t = ici.maintenant();
    let nouvelle = backend::demarche::administration::presentation::enregistrer_presentation(
        &tx,
        &ici.acteur,
        demarche,
        saisi,
        &version,
        t,
    )
    .await?;
    tx.valider().await?;
    Ok(nouvelle)
}

/// « Enregistrer la durée » of « Présentation ».
#[server(prefix = "/api", endpoint = "admin/conservation/enregistrer")]
pub async fn enregistrer_conservation(
    demarche: DemarcheNumero,
    conservation: String,
) -> Reponse<()> {
    let ici = crate::ssr::ici().await?;
    let tx = ici.ecrire().await?;
    let t = ici.maintenant();
    backend::demarche::administration::presentation::enregistrer_conservation(
        &tx,
        &ici.acteur,
        demarche,
        &conservation,
        t,
    )
    .await?;
    Ok(tx.valider().await?)
}

/// « Service ».
#[server(name = LireService, prefix = "/api", endpoint = "admin/service")]
pub async fn service(demarche: DemarcheNumero) -> Reponse<Service> {
    let ici = crate::ssr::ici().await?;
    Ok(backend::demarche::administration::presentation::service(&ici.db, &ici.acteur, demarche)
        .await?)
}

/// « Enregistrer » of « Service »: gives its new version.
#[server(prefix = "/api", endpoint = "admin/service/enregistrer")]
pub async fn enregistrer_service(
    demarche: DemarcheNumero,
    service_nom: String,
    service_adresse: String,
    service_telephone: String,
    service_email: String,
    service_horaires: String,
    #[server(default)] version: String,
) -> Reponse<String> {
    let ici = crate::ssr::ici().await?;
    let tx = ici.ecrire().await?;
    let saisi = backend::demarche::administration::presentation::SaisieService {
        nom: service_nom,
        adresse: service_adresse,
        telephone: service_telephone,
        email: service_email,
        horaires: service_horaires,
    };
    let t = ici.maintenant();
    let nouvelle = backend::demarche::administration::presentation::enregistrer_service(
        &tx,
        &ici.acteur,
        demarche,
        &saisi,
        &version,
        t,
    )
    .await?;
    tx.valider().await?;
    Ok(nouvelle)
}

/// « Administrateurs ».
#[server(name = LireAdministrateurs, prefix = "/api", endpoint = "admin/administrateurs")]
pub async fn administrateurs(demarche: DemarcheNumero) -> Reponse<Administrateurs> {
    let ici = crate::ssr::ici().await?;
    Ok(backend::demarche::administration::membres::lire(&ici.db, &ici.acteur, demarche).await?)
}

/// « Ajouter un administrateur ».
#[server(prefix = "/api", endpoint = "admin/administrateurs/ajouter")]
pub async fn ajouter_administrateur(demarche: DemarcheNumero, email: String) -> Reponse<()> {
    let ici = crate::ssr::ici().await?;
    let tx = ici.ecrire().await?;
    let t = ici.maintenant();
    let outils = &ici.outils;
    backend::demarche::administration::membres::ajouter(
        &tx,
        outils,
        &ici.acteur,
        demarche,
        &email,
        t,
    )
    .await?;
    Ok(tx.valider().await?)
}

/// « Retirer » an administrateur.
#[server(prefix = "/api", endpoint = "admin/administrateurs/retirer")]
pub async fn retirer_administrateur(demarche: DemarcheNumero, compte: CompteId) -> Reponse<()> {
    let ici = crate::ssr::ici().await?;
    let tx = ici.ecrire().await?;
    let t = ici.maintenant();
    backend::demarche::administration::membres::retirer(&tx, &ici.acteur, demarche, compte, t)
        .await?;
    tx.valider().await?;
    if compte == ici.acteur.compte {
        leptos_axum::redirect("/");
    }
    Ok(())
}

/// « Groupe Instructeurs ».
#[server(name = LireGroupes, prefix = "/api", endpoint = "admin/groupes")]
pub async fn groupes(demarche: DemarcheNumero) -> Reponse<Groupes> {
    let ici = crate::ssr::ici().await?;
    Ok(backend::demarche::administration::groupes::lire(&ici.db, &ici.acteur, demarche).await?)
}

/// « Ajouter un groupe ».
#[server(prefix = "/api", endpoint = "admin/groupes/creer")]
pub async fn creer_groupe(demarche: DemarcheNumero, nom_groupe: String) -> Reponse<()> {
    let ici = crate::ssr::ici().await?;
    let tx = ici.ecrire().await?;
    let t = ici.maintenant();
    backend::demarche::administration::groupes::creer(&tx, &ici.acteur, demarche, &nom_groupe, t)
        .await?;
    Ok(tx.valider().await?)
}

/// « Renommer » a groupe.
#[server(prefix = "/api", endpoint = "admin/groupes/renommer")]
pub async fn renommer_groupe(groupe: GroupeId, nom_groupe: String) -> Reponse<()> {
    let ici = crate::ssr::ici().await?;
    let tx = ici.ecrire().await?;
    let t = ici.maintenant();
    backend::demarche::administration::groupes::renommer(&tx, &ici.acteur, groupe, &nom_groupe, t)
        .await?;
    Ok(tx.valider().await?)
}

/// « Supprimer » a groupe.
#[server(prefix = "/api", endpoint = "admin/groupes/supprimer")]
pub async fn supprimer_groupe(groupe: GroupeId) -> Reponse<()> {
    let ici = crate::ssr::ici().await?;
    let tx = ici.ecrire().await?;
    let t = ici.maintenant();
    backend::demarche::administration::groupes::supprimer(&tx, &ici.acteur, groupe, t).await?;
    Ok(tx.valider().await?)
}

/// « Ajouter un instructeur ».
#[server(prefix = "/api", endpoint = "admin/groupes/instructeurs/ajouter")]
pub async fn ajouter_instructeur(groupe: GroupeId, email: String) -> Reponse<()> {
    let ici = crate::ssr::ici().await?;
    let tx = ici.ecrire().await?;
    let t = ici.maintenant();
    let outils = &ici.outils;
    backend::demarche::administration::groupes::ajouter(
        &tx,
        outils,
        &ici.acteur,
        groupe,
        &email,
        t,
    )
    .await?;
    Ok(tx.valider().await?)
}

/// « Retirer » an instructeur.
#[server(prefix = "/api", endpoint = "admin/groupes/instructeurs/retirer")]
pub async fn retirer_instructeur(groupe: GroupeId, compte: CompteId) -> Reponse<()> {
    let ici = crate::ssr::ici().await?;
    let tx = ici.ecrire().await?;
    let t = ici.maintenant();
    backend::demarche::administration::groupes::retirer(&tx, &ici.acteur, groupe, compte, t)
        .await?;
    Ok(tx.valider().await?)
}

/// « Configuration des emails ».
#[server(name = LireCourriels, prefix = "/api", endpoint = "admin/emails")]
pub async fn courriels(demarche: DemarcheNumero) -> Reponse<Courriels> {
    let ici = crate::ssr::ici().await?;
    Ok(backend::demarche::administration::courriels::lire(&ici.db, &ici.acteur, demarche).await?)
}

/// « Enregistrer » the words of a mail: gives their new version.
#[server(prefix = "/api", endpoint = "admin/emails/enregistrer")]
pub async fn enregistrer_courriel(
    demarche: DemarcheNumero,
    modele: Modele,
    objet_courriel: String,
    corps_courriel: String,
    #[server(default)] version: String,
) -> Reponse<String> {
    let ici = crate::ssr::ici().await?;
    let tx = ici.ecrire().await?;
    let saisi = (objet_courriel.as_str(), corps_courriel.as_str());
    let t = ici.maintenant();
    let nouvelle = backend::demarche::administration::courriels::enregistrer(
        &tx,
        &ici.acteur,
        demarche,
        modele,
        saisi,
        &version,
        t,
    )
    .await?;
    tx.valider().await?;
    Ok(nouvelle)
}

/// « Revenir au texte par défaut ».
#[server(prefix = "/api", endpoint = "admin/emails/retablir")]
pub async fn retablir_courriel(demarche: DemarcheNumero, modele: Modele) -> Reponse<()> {
    let ici = crate::ssr::ici().await?;
    let tx = ici.ecrire().await?;
    let t = ici.maintenant();
    backend::demarche::administration::courriels::retablir(&tx, &ici.acteur, demarche, modele, t)
        .await?;
    tx.valider().await?;
    leptos_axum::redirect(&format!("/admin/demarches/{demarche}/emails"));
    Ok(())
}

/// « Modifications ». `page` from 1.
#[server(name = LireHistorique, prefix = "/api", endpoint = "admin/historique")]
pub async fn historique(demarche: DemarcheNumero, page: u64) -> Reponse<Historique> {
    let ici = crate::ssr::ici().await?;
    Ok(backend::demarche::administration::historique::lire(&ici.db, &ici.acteur, demarche, page)
        .await?)
}

/// « Publier ».
#[server(prefix = "/api", endpoint = "admin/publier")]
pub async fn publier(demarche: DemarcheNumero) -> Reponse<()> {
    let ici = crate::ssr::ici().await?;
    let tx = ici.ecrire().await?;
    let t = ici.maintenant();
    backend::demarche::administration::cycle::publier(&tx, &ici.acteur, demarche, t).await?;
    Ok(tx.valider().await?)
}

/// « Clore ».
#[server(prefix = "/api", endpoint = "admin/clore")]
pub async fn clore(demarche: DemarcheNumero) -> Reponse<()> {
    let ici = crate::ssr::ici().await?;
    let tx = ici.ecrire().await?;
    let t = ici.maintenant();
    backend::demarche::administration::cycle::clore(&tx, &ici.acteur, demarche, t).await?;
    Ok(tx.valider().await?)
}

/// « Rouvrir ».
#[server(prefix = "/api", endpoint = "admin/rouvrir")]
pub async fn rouvrir(demarche: DemarcheNumero) -> Reponse<()> {
    let ici = crate::ssr::ici().await?;
    let tx = ici.ecrire().await?;
    let t = ici.maintenant();
    backend::demarche::administration::cycle::rouvrir(&tx, &ici.acteur, demarche, t).await?;
    Ok(tx.valider().await?)
}

/// « Envoyer une copie ».
#[server(prefix = "/api", endpoint = "admin/copie")]
pub async fn envoyer_une_copie(demarche: DemarcheNumero, email: String) -> Reponse<()> {
    let ici = crate::ssr::ici().await?;
    let tx = ici.ecrire().await?;
    let t = ici.maintenant();
    backend::demarche::administration::cycle::envoyer_une_copie(
        &tx,
        &ici.acteur,
        demarche,
        &email,
        t,
    )
    .await?;
    Ok(tx.valider().await?)
}

/// « Champs du formulaire », or « Annotations privées ».
#[server(name = LireFormulaire, prefix = "/api", endpoint = "admin/champs")]
pub async fn formulaire(demarche: DemarcheNumero, pour: Pour) -> Reponse<FormulaireAdmin> {
    let ici = crate::ssr::ici().await?;
    Ok(backend::demarche::administration::champs::lire(&ici.db, &ici.acteur, demarche, pour)
        .await?)
}

/// « Ajouter le champ ». `requis` is a box: present when ticked.
#[server(prefix = "/api", endpoint = "admin/champs/ajouter")]
pub async fn ajouter_champ(
    demarche: DemarcheNumero,
    pour: Pour,
    genre: TypeChamp,
    libelle_champ: String,
    description_champ: String,
    options_champ: String,
    requis: Option<String>,
) -> Reponse<()> {
    let ici = crate::ssr::ici().await?;
    let tx = ici.ecrire().await?;
    let saisi = backend::demarche::administration::champs::SaisieChamp {
        genre,
        libelle: libelle_champ,
        description: description_champ,
        requis: requis.is_some(),
        options: options_champ,
    };
    let t = ici.maintenant();
    let liste = (demarche, pour);
    backend::demarche::administration::champs::ajouter(&tx, &ici.acteur, liste, &saisi, t).await?;
    Ok(tx.valider().await?)
}

/// « Enregistrer » a field; leads back to its list.
#[server(prefix = "/api", endpoint = "admin/champs/modifier")]
pub async fn modifier_champ(
    champ: ChampId,
    genre: TypeChamp,
    libelle_champ: String,
    description_champ: String,
    options_champ: String,
    requis: Option<String>,
    #[server(default)] version: String,
) -> Reponse<()> {
    let ici = crate::ssr::ici().await?;
    let tx = ici.ecrire().await?;
    let saisi = backend::demarche::administration::champs::SaisieChamp {
        genre,
        libelle: libelle_champ,
        description: description_champ,
        requis: requis.is_some(),
        options: options_champ,
    };
    let t = ici.maintenant();
    let (demarche, pour) = backend::demarche::administration::champs::modifier(
        &tx,
        &ici.acteur,
        champ,
        &saisi,
        &version,
        t,
    )
    .await?;
    tx.valider().await?;
    leptos_axum::redirect(&format!("/admin/demarches/{demarche}/{}", pour.ecran()));
    Ok(())
}

/// « Monter », « Descendre ». `sens`: « haut » or « bas ».
#[server(prefix = "/api", endpoint = "admin/champs/deplacer")]
pub async fn deplacer_champ(champ: ChampId, sens: String) -> Reponse<()> {
    let ici = crate::ssr::ici().await?;
    let tx = ici.ecrire().await?;
    let t = ici.maintenant();
    let haut = sens == "haut";
    backend::demarche::administration::champs::deplacer(&tx, &ici.acteur, champ, haut, t).await?;
    Ok(tx.valider().await?)
}

/// « Supprimer » a field.
#[server(prefix = "/api", endpoint = "admin/champs/supprimer")]
pub async fn supprimer_champ(champ: ChampId) -> Reponse<()> {
    let ici = crate::ssr::ici().await?;
    let tx = ici.ecrire().await?;
    let t = ici.maintenant();
    backend::demarche::administration::champs::supprimer(&tx, &ici.acteur, champ, t).await?;
    Ok(tx.valider().await?)
}
