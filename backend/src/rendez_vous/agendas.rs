//! The agenda of a démarche, chosen and plugged in with the administrateur's account of RDV Service Public.

use crate::acces::autorisations;
use crate::contexte::Contexte;
use crate::plateforme::client::api::{Api, Organisation, PointWebhook};
use crate::plateforme::client::oauth::ReglageOauth;
use crate::plateforme::comptes_rdv;
use crate::rendez_vous::tuile_rdv::{self, Demande};
use crate::socle::erreur::Echec;
use crate::tables::agenda;
use domain::Erreur;
use domain::agenda::Agenda;
use domain::ids::{DemarcheNumero, OrganisationId};
use domain::journal::Action;
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
    let compte = comptes_rdv::compte(db, &contexte.outils, acteur).await?.etat;
    let reglage = reglage(contexte)?;
    let choisie = match demarche.organisation {
        Some(id) => agenda::Entity::find_by_id(id).one(db).await?,
        None => None,
    };
    // Not theirs for sure, it is shown as one that they may still choose.
    let sienne = autorisations::agenda(db, &demarche).await?;
    let choisie = choisie.filter(|organisation| sienne == Some(organisation.id));
    let choisie = choisie.filter(|organisation| organisation.hote == reglage.hote());
    let id = choisie.as_ref().map(|organisation| organisation.organisation);
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
    comptes_rdv::avec_api(contexte, acteur.compte, &reglage.hote(), |api| async move {
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
    organisation: &agenda::Model,
) -> Result<Vec<PointWebhook>, Echec> {
    let id = organisation.organisation;
    let geste = |api: Api| async move { api.webhooks(id).await };
    comptes_rdv::avec_api(contexte, acteur.compte, &organisation.hote, geste).await
}

fn adresse(contexte: &Contexte, organisation: &agenda::Model) -> String {
    tuile_rdv::adresse_du_webhook(&contexte.outils, organisation)
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
    let siennes = siennes(contexte, acteur, reglage).await?;
    let choisie = siennes.iter().find(|organisation| organisation.id == id);
    let choisie = choisie.ok_or(Erreur::Introuvable)?;
    let agenda = page_publique(&reglage.site, choisie);
    let demande = Demande { active: demarche.rdv_active, url_agenda: agenda.into() };
    let demande = (&demande, true);
    contexte.changer(acteur, async |c| tuile_rdv::enregistrer_avec(c, numero, demande).await).await
}

/// The organisations of one's account.
async fn siennes(
    contexte: &Contexte,
    acteur: &Acteur,
    reglage: &ReglageOauth,
) -> Result<Vec<Organisation>, Echec> {
    let geste = |api: Api| async move { api.organisations().await };
    comptes_rdv::avec_api(contexte, acteur.compte, &reglage.hote(), geste).await
}

/// « Enregistrer » an agenda given by its address. One that others use is taken when it is listed by one's own account
/// of RDV Service Public. Gives the secret of its webhooks when it was made just now.
///
/// # Errors
/// [`Erreur::Introuvable`], an error about [`domain::Champ::UrlAgenda`]; [`Erreur::Plateforme`] when the list can't be
/// read.
pub async fn enregistrer(
    contexte: &Contexte,
    acteur: &Acteur,
    numero: DemarcheNumero,
    demande: &Demande,
) -> Result<Option<String>, Echec> {
    let prouve = prouver(contexte, acteur, numero, demande).await?;
    contexte
        .changer(acteur, async |c| {
            tuile_rdv::enregistrer_avec(c, numero, (demande, prouve)).await?;
            let neuf = tuile_rdv::secret_neuf(c, numero).await?;
            Ok(neuf.map(|(_, secret)| secret))
        })
        .await
}

/// Asks the platform whether an agenda that others use is theirs too. Nothing is asked of it when it need not be known.
async fn prouver(
    contexte: &Contexte,
    acteur: &Acteur,
    numero: DemarcheNumero,
    demande: &Demande,
) -> Result<bool, Echec> {
    let db = contexte.base.lire();
    let demarche = autorisations::demarche_de_l_administrateur(db, acteur, numero).await?;
    // What can't be read is said when it is saved.
    let hotes = &contexte.outils.reglages.hotes_rdv;
    let Ok(agenda) = Agenda::lire(&demande.url_agenda, hotes) else { return Ok(false) };
    let Some(organisation) = tuile_rdv::trouver(db, &agenda).await? else { return Ok(false) };
    let deja = demarche.organisation == Some(organisation.id);
    if deja || autorisations::agenda_permis(db, numero, organisation.id).await? {
        return Ok(false);
    }
    let Some(reglage) = &contexte.outils.reglages.oauth else { return Ok(false) };
    let active = comptes_rdv::active(db, acteur.compte, &reglage.hote()).await?;
    if !active || organisation.hote != reglage.hote() {
        return Ok(false);
    }
    let siennes = siennes(contexte, acteur, reglage).await?;
    Ok(siennes.iter().any(|sienne| sienne.id == agenda.organisation))
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
    let id = autorisations::agenda(db, &demarche).await?.ok_or(Erreur::Introuvable)?;
    let organisation = agenda::Entity::find_by_id(id).one(db).await?;
    let organisation = organisation.ok_or(Erreur::Introuvable)?;
    let url = adresse(contexte, &organisation);
    let existant = points(contexte, acteur, &organisation).await?;
    let existant = existant.iter().find(|point| point.target_url == url).map(|point| point.id);
    let secret = contexte.outils.coffre.ouvrir_texte(&organisation.secret_scelle)?;
    let distante = organisation.organisation;
    comptes_rdv::avec_api(contexte, acteur.compte, &organisation.hote, |api| {
        let (url, secret) = (url.clone(), secret.clone());
        async move { api.enregistrer_webhook(distante, existant, &url, &secret).await }
    })
    .await?;
    let action = Action::WebhookEnregistre;
    contexte.changer(acteur, async |c| tuile_rdv::conclure(c, numero, action).await).await
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
