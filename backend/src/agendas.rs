//! The agenda of a démarche, chosen and plugged in with the administrateur's account of RDV Service Public.

use crate::autorisations;
use crate::connexions;
use crate::contexte::Contexte;
use crate::entities::organisation;
use crate::erreur::Echec;
use crate::rdv_service_public::client::api::{Api, Organisation, PointWebhook};
use crate::rdv_service_public::client::oauth::ReglageOauth;
use crate::reglages_rdv::{self, Demande};
use domain::Erreur;
use domain::ids::{DemarcheNumero, OrganisationId};
use domain::plateforme::ErreurPlateforme;
use domain::recherche::plier;
use domain::role::Acteur;
use domain::vues::{AgendaRdv, EtatWebhook, OrganisationRdv};
use sea_orm::EntityTrait;
use url::Url;

/// Of how many organisations the motifs are read: one request each.
const MOTIFS_LUS: usize = 12;

/// What RDV Service Public calls its rendez-vous, among what a webhook may tell of.
const RENDEZ_VOUS: &str = "rdv";

/// What the screen shows. Talks to RDV Service Public: what it does not answer is said in its place.
///
/// # Errors
/// [`Erreur::Introuvable`]; the database failed.
pub async fn lire(
    contexte: &Contexte,
    acteur: &Acteur,
    numero: DemarcheNumero,
) -> Result<AgendaRdv, Echec> {
    let db = contexte.base.lire();
    let demarche = autorisations::demarche_de_l_administrateur(db, acteur, numero).await?;
    let compte = connexions::compte(db, &contexte.outils, acteur).await?.etat;
    let reglage = reglage(contexte)?;
    let choisie = match demarche.organisation {
        Some(id) => organisation::Entity::find_by_id(id).one(db).await?,
        None => None,
    };
    let choisie = choisie.filter(|organisation| organisation.hote == reglage.hote());
    let id = choisie.as_ref().map(|organisation| OrganisationId(organisation.organisation));
    let organisations = en_place(organisations(contexte, acteur, reglage, id).await)?;
    let webhook = match (&choisie, &organisations) {
        (Some(choisie), Ok(_)) => Some(match en_place(points(contexte, acteur, choisie).await)? {
            Ok(points) => etat(&points, &adresse(contexte, choisie)),
            Err(erreur) => EtatWebhook::Inconnu(erreur),
        }),
        _ => None,
    };
    Ok(AgendaRdv { numero, titre: demarche.titre, compte, organisations, webhook })
}

fn reglage(contexte: &Contexte) -> Result<&ReglageOauth, Echec> {
    contexte.outils.reglages.oauth.as_ref().ok_or(Erreur::Introuvable.into())
}

/// What the platform did not do is shown where it was expected; the rest is a failure of the page.
fn en_place<T>(resultat: Result<T, Echec>) -> Result<Result<T, ErreurPlateforme>, Echec> {
    match resultat {
        Ok(valeur) => Ok(Ok(valeur)),
        Err(Echec::Metier(Erreur::Plateforme(erreur))) => Ok(Err(erreur)),
        Err(autre) => Err(autre),
    }
}

async fn organisations(
    contexte: &Contexte,
    acteur: &Acteur,
    reglage: &ReglageOauth,
    choisie: Option<OrganisationId>,
) -> Result<Vec<OrganisationRdv>, Echec> {
    connexions::avec_api(contexte, acteur.compte, &reglage.hote(), |api| async move {
        let mut vues = Vec::new();
        for (rang, Organisation { id, name }) in api.organisations().await?.into_iter().enumerate()
        {
            let motifs = if rang < MOTIFS_LUS { reservables(&api, id).await } else { None };
            vues.push(OrganisationRdv { id, nom: name, choisie: choisie == Some(id), motifs });
        }
        Ok(vues)
    })
    .await
}

async fn reservables(api: &Api, id: OrganisationId) -> Option<usize> {
    let motifs = api.motifs(id).await.ok()?;
    Some(motifs.iter().filter(|motif| motif.reservable()).count())
}

async fn points(
    contexte: &Contexte,
    acteur: &Acteur,
    organisation: &organisation::Model,
) -> Result<Vec<PointWebhook>, Echec> {
    let id = OrganisationId(organisation.organisation);
    let geste = |api: Api| async move { api.webhooks(id).await };
    connexions::avec_api(contexte, acteur.compte, &organisation.hote, geste).await
}

fn adresse(contexte: &Contexte, organisation: &organisation::Model) -> String {
    reglages_rdv::adresse_du_webhook(&contexte.outils, organisation)
}

fn etat(points: &[PointWebhook], adresse: &str) -> EtatWebhook {
    match points.iter().find(|point| point.target_url == adresse) {
        None => EtatWebhook::Absent,
        Some(point) if point.subscriptions.iter().any(|s| s == RENDEZ_VOUS) => EtatWebhook::Present,
        Some(_) => EtatWebhook::SansRendezVous,
    }
}

/// « Choisir »: the public page of one of one's organisations becomes the agenda of the démarche.
///
/// # Errors
/// [`Erreur::Introuvable`], also for an organisation that is not one's own; [`Erreur::Plateforme`].
pub async fn choisir(
    contexte: &Contexte,
    acteur: &Acteur,
    numero: DemarcheNumero,
    id: OrganisationId,
) -> Result<(), Echec> {
    let db = contexte.base.lire();
    let demarche = autorisations::demarche_de_l_administrateur(db, acteur, numero).await?;
    let reglage = reglage(contexte)?;
    let geste = |api: Api| async move { api.organisations().await };
    let siennes = connexions::avec_api(contexte, acteur.compte, &reglage.hote(), geste).await?;
    let choisie = siennes.iter().find(|organisation| organisation.id == id);
    let choisie = choisie.ok_or(Erreur::Introuvable)?;
    let agenda = page_publique(&reglage.site, choisie);
    let demande = Demande { active: demarche.rdv_active, url_agenda: agenda.into() };
    let maintenant = contexte.horloge.maintenant();
    let tx = contexte.base.ecrire().await?;
    reglages_rdv::enregistrer(&tx, &contexte.outils, acteur, numero, &demande, maintenant).await?;
    tx.valider().await
}

/// `/org/100/demarches-simplifiees`: the name is there for people only.
fn page_publique(site: &Url, organisation: &Organisation) -> Url {
    let mut url = site.clone();
    url.set_path(&format!("/org/{}/{}", organisation.id, en_adresse(&organisation.name)));
    url
}

fn en_adresse(nom: &str) -> String {
    let plie = plier(nom);
    let mots = plie.split(|c: char| !c.is_ascii_alphanumeric()).filter(|mot| !mot.is_empty());
    mots.collect::<Vec<_>>().join("-").chars().take(80).collect()
}

/// « Enregistrer le webhook automatiquement »: adds our address to the organisation's, or corrects it.
///
/// # Errors
/// [`Erreur::Introuvable`], also while no agenda of this site is chosen; [`Erreur::Plateforme`], with
/// [`ErreurPlateforme::Refuse`] for an account that may not.
pub async fn enregistrer_webhook(
    contexte: &Contexte,
    acteur: &Acteur,
    numero: DemarcheNumero,
) -> Result<(), Echec> {
    let db = contexte.base.lire();
    let demarche = autorisations::demarche_de_l_administrateur(db, acteur, numero).await?;
    let id = demarche.organisation.ok_or(Erreur::Introuvable)?;
    let organisation = organisation::Entity::find_by_id(id).one(db).await?;
    let organisation = organisation.ok_or(Erreur::Introuvable)?;
    let url = adresse(contexte, &organisation);
    let existant = points(contexte, acteur, &organisation).await?;
    let existant = existant.iter().find(|point| point.target_url == url).map(|point| point.id);
    let secret = contexte.outils.coffre.ouvrir_texte(&organisation.secret_scelle)?;
    let distante = OrganisationId(organisation.organisation);
    connexions::avec_api(contexte, acteur.compte, &organisation.hote, |api| {
        let (url, secret) = (url.clone(), secret.clone());
        async move { api.enregistrer_webhook(distante, existant, &url, &secret).await }
    })
    .await?;
    let maintenant = contexte.horloge.maintenant();
    let tx = contexte.base.ecrire().await?;
    reglages_rdv::conclure(&tx, acteur, numero, "webhook enregistré", maintenant).await?;
    tx.valider().await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_public_page_of_an_organisation_reads_as_the_platform_writes_it() {
        let site = Url::parse("https://rdv.anct.gouv.fr").unwrap();
        for (nom, attendu) in [
            ("Démarches Simplifiées", "/org/100/demarches-simplifiees"),
            ("  CCAS de Saint-Péray / Accueil ", "/org/100/ccas-de-saint-peray-accueil"),
            ("", "/org/100/"),
        ] {
            let organisation = Organisation { id: OrganisationId(100), name: nom.to_owned() };
            assert_eq!(page_publique(&site, &organisation).path(), attendu);
        }
    }
}
