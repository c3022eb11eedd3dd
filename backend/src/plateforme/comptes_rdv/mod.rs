//! The account of RDV Service Public that an instructeur or an administrateur connects.
//!
//! Everything is done there in the name of an agent: RDV Service Public knows no machine.

mod entree;
mod jetons;

pub use entree::{Retour, commencer, terminer};
pub use jetons::avec_api;

use crate::acces::autorisations;
use crate::contexte::Contexte;
use crate::plateforme::client::oauth::ReglageOauth;
use crate::socle::direct;
use crate::socle::erreur::Echec;
use crate::socle::journal;
use crate::socle::outils::Outils;
use crate::socle::temps;
use crate::tables::{agenda, compte_rdv, demarche};
use chrono::{DateTime, Utc};
use domain::Erreur;
use domain::ids::{CompteId, DemarcheNumero};
use domain::journal::Action;
use domain::role::{Acteur, Role};
use domain::sujet::Sujet;
use domain::vues::{CompteRdv, EtatCompteRdv};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

/// What this application is to RDV Service Public, for those who may connect an account.
///
/// # Errors
/// [`Erreur::Introuvable`] for an usager, and where nothing is configured.
async fn ouverte_a<'a>(
    db: &impl ConnectionTrait,
    outils: &'a Outils,
    acteur: &Acteur,
) -> Result<&'a ReglageOauth, Echec> {
    let roles = autorisations::roles(db, acteur).await?;
    let agent = roles.iter().any(|role| *role != Role::Usager);
    let reglage = outils.reglages.oauth.as_ref().filter(|_| agent);
    reglage.ok_or(Erreur::Introuvable.into())
}

/// « Mon compte RDV Service Public ».
///
/// # Errors
/// [`Erreur::Introuvable`] for an usager, and where nothing is configured.
pub async fn compte(
    db: &impl ConnectionTrait,
    outils: &Outils,
    acteur: &Acteur,
) -> Result<CompteRdv, Echec> {
    let reglage = ouverte_a(db, outils, acteur).await?;
    let connexion = trouver(db, acteur.compte, &reglage.hote()).await?;
    let etat = etat_de(connexion.as_ref());
    let site = reglage.site.host_str().unwrap_or_default().to_owned();
    let (email, depuis) = match connexion {
        Some(connexion) => {
            let depuis = connexion.perdue_le.unwrap_or(connexion.connectee_le);
            (connexion.email, Some(temps::a_paris(depuis)))
        }
        None => (String::new(), None),
    };
    Ok(CompteRdv { etat, site, email, depuis })
}

/// Where the account of somebody with these roles stands.
pub(crate) fn etat(
    outils: &Outils,
    connexion: Option<&compte_rdv::Model>,
    roles: &[Role],
) -> EtatCompteRdv {
    match &outils.reglages.oauth {
        Some(reglage) if roles.iter().any(|role| *role != Role::Usager) => {
            etat_de(au_site(connexion, &reglage.hote()))
        }
        _ => EtatCompteRdv::Indisponible,
    }
}

/// Those who connected an account to the site of an organisation, and manage or examine a démarche whose
/// agenda is hers: in their name it may be asked what became of its rendez-vous. Managers first, because
/// they usually see more there.
///
/// # Errors
/// The database failed.
pub async fn pour_l_organisation(
    db: &impl ConnectionTrait,
    organisation: &agenda::Model,
) -> Result<Vec<CompteId>, Echec> {
    let connectes: Vec<CompteId> = compte_rdv::Entity::find()
        .filter(compte_rdv::Column::Hote.eq(&organisation.hote))
        .filter(compte_rdv::Column::AccesScelle.is_not_null())
        .order_by_asc(compte_rdv::Column::Compte)
        .select_only()
        .column(compte_rdv::Column::Compte)
        .into_tuple()
        .all(db)
        .await?;
    let demarches: Vec<DemarcheNumero> = demarche::Entity::find()
        .filter(demarche::Column::Organisation.eq(organisation.id))
        .select_only()
        .column(demarche::Column::Numero)
        .into_tuple()
        .all(db)
        .await?;
    let mut comptes = Vec::new();
    for role in [Role::Administrateur, Role::Instructeur] {
        for compte in &connectes {
            let siennes = autorisations::demarches(db, *compte, role).await?;
            let concerne = siennes.iter().any(|numero| demarches.contains(numero));
            if concerne && !comptes.contains(compte) {
                comptes.push(*compte);
            }
        }
    }
    Ok(comptes)
}

/// Whether somebody has an account connected to the site `hote` (« https://rdv.anct.gouv.fr »).
///
/// # Errors
/// The database failed.
pub async fn active(
    db: &impl ConnectionTrait,
    compte: CompteId,
    hote: &str,
) -> Result<bool, Echec> {
    Ok(connecte(trouver(db, compte, hote).await?.as_ref(), hote))
}

/// The same, of an account that was read.
pub(crate) fn connecte(connexion: Option<&compte_rdv::Model>, hote: &str) -> bool {
    etat_de(au_site(connexion, hote)) == EtatCompteRdv::Connecte
}

/// One made with another site, before the settings changed, is worth nothing.
fn au_site<'a>(
    connexion: Option<&'a compte_rdv::Model>,
    hote: &str,
) -> Option<&'a compte_rdv::Model> {
    connexion.filter(|connexion| connexion.hote == hote)
}

async fn trouver(
    db: &impl ConnectionTrait,
    compte: CompteId,
    hote: &str,
) -> Result<Option<compte_rdv::Model>, Echec> {
    let connexion = compte_rdv::Entity::find_by_id(compte).one(db).await?;
    Ok(connexion.filter(|connexion| au_site(Some(connexion), hote).is_some()))
}

const fn etat_de(connexion: Option<&compte_rdv::Model>) -> EtatCompteRdv {
    match connexion {
        None => EtatCompteRdv::Aucun,
        Some(connexion) if connexion.acces_scelle.is_some() => EtatCompteRdv::Connecte,
        Some(_) => EtatCompteRdv::Perdu,
    }
}

/// « Déconnecter », and « Ne plus afficher » once the connection is lost. Twice does nothing more.
///
/// # Errors
/// [`Erreur::Introuvable`] for an usager, and where nothing is configured.
pub async fn deconnecter(contexte: &Contexte, acteur: &Acteur) -> Result<(), Echec> {
    let outils = &contexte.outils;
    let c = contexte.commencer(acteur).await?;
    let reglage = ouverte_a(&c.tx, outils, acteur).await?.clone();
    let Some(connexion) = trouver(&c.tx, acteur.compte, &reglage.hote()).await? else {
        return Ok(());
    };
    compte_rdv::Entity::delete_by_id(acteur.compte).exec(&c.tx).await?;
    noter(&c.tx, acteur.compte, Action::CompteRdvDeconnecte, c.maintenant).await?;
    c.valider().await?;
    let scelle = connexion.rafraichissement_scelle.or(connexion.acces_scelle);
    if let Some(jeton) = scelle.and_then(|scelle| outils.coffre.ouvrir_texte(&scelle).ok()) {
        let client = contexte.client.clone();
        // A courtesy: the account is disconnected here whatever RDV Service Public answers.
        tokio::spawn(async move {
            if let Err(erreur) = client.revoquer(&reglage, &jeton).await {
                tracing::info!(code = erreur.code(), "a token could not be revoked");
            }
        });
    }
    Ok(())
}

/// Notes what happened to a connection, and tells the pages of the person.
async fn noter(
    db: &impl ConnectionTrait,
    compte: CompteId,
    action: Action,
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    let sujet = Sujet::Compte(compte);
    journal::noter(db, Some(compte), action, sujet, None, maintenant).await?;
    Ok(direct::annoncer(db, &[sujet], maintenant).await?)
}
