//! Those who left for a platform: several at a time, each within a quarter of an hour, once, and by the browser that left.

use super::constat::Constat;
use super::plateforme::{Demande, Plateforme};
use crate::acces::limites::DEPARTS_PAR_RESEAU;
use crate::acces::tentatives::Reseau;
use crate::contexte::Contexte;
use crate::socle::erreur::Echec;
use crate::socle::outils::Outils;
use crate::socle::secrets::coffre;
use crate::socle::verrous;
use crate::tables::{demande_identite, rattachement_identite};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use chrono::{DateTime, Duration, Utc};
use domain::identite::{Fournisseur, Refus};
use domain::ids::{CompteId, IdentiteId};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter,
};
use serde::{Deserialize, Serialize};
use url::Url;

/// How long somebody may stay there before they come back, in minutes.
const DELAI_MINUTES: i64 = 15;

/// How long a request is kept, so that a second answer is told as such, in minutes.
const MEMOIRE_MINUTES: i64 = 60;

/// The longest address to come back to, in octets.
const APRES_MAX: usize = 500;

/// Who leaves, and for what.
#[derive(Debug, Clone, Copy)]
pub struct Depart<'a> {
    /// For which platform.
    pub fournisseur: Fournisseur,
    /// What their browser holds, and comes back with.
    pub navigateur: &'a str,
    /// The network, when it is known.
    pub reseau: Option<Reseau>,
    /// What comes once they are signed in.
    pub apres: &'a Apres,
}

/// What comes once somebody is signed in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Apres {
    /// The page to come to; empty for none.
    pub retour: String,
    /// The form that waits for them; empty for none.
    pub attente: String,
}

impl Apres {
    /// What is too long to be one of our addresses is left out.
    fn court(&self) -> Self {
        let court =
            |texte: &str| if texte.len() > APRES_MAX { String::new() } else { texte.to_owned() };
        Self { retour: court(&self.retour), attente: court(&self.attente) }
    }
}

/// What is kept of a request, sealed.
#[derive(Serialize, Deserialize)]
pub(super) struct Gardee {
    pub(super) nonce: String,
    pub(super) verificateur: String,
    pub(super) apres: Apres,
    /// What was proven at the first pass, when this one is the second.
    pub(super) premiere: Option<Premiere>,
}

/// Somebody who proved who they are, and not yet with two factors.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Premiere {
    pub(super) compte: CompteId,
    pub(super) identite: IdentiteId,
    pub(super) constat: Constat,
    pub(super) jeton_identite: String,
}

/// Gives the address to send the person to.
///
/// # Errors
/// [`domain::Erreur::Introuvable`] for a platform that is not set, [`domain::Erreur::TropVite`],
/// [`domain::Erreur::Identite`] when it does not answer.
pub async fn partir(contexte: &Contexte, depart: Depart<'_>) -> Result<Url, Echec> {
    let plateforme = contexte.acces.identites.plateforme(depart.fournisseur)?;
    let reseau = depart.reseau.map(|reseau| reseau.to_string()).unwrap_or_default();
    // It counts, whatever comes of it.
    let maintenant = contexte.horloge.maintenant();
    contexte.acces.tentatives.compter(DEPARTS_PAR_RESEAU, &[&reseau], maintenant)?;
    envoyer(contexte, plateforme, depart, None).await
}

/// The same, to prove two factors, after a first pass.
pub(super) async fn encore(
    contexte: &Contexte,
    plateforme: &Plateforme,
    depart: Depart<'_>,
    premiere: Premiere,
) -> Result<Url, Echec> {
    envoyer(contexte, plateforme, depart, Some(premiere)).await
}

async fn envoyer(
    contexte: &Contexte,
    plateforme: &Plateforme,
    depart: Depart<'_>,
    premiere: Option<Premiere>,
) -> Result<Url, Echec> {
    let (outils, maintenant) = (&contexte.outils, contexte.horloge.maintenant());
    let tirer = || BASE64_URL_SAFE_NO_PAD.encode(outils.hasard.octets::<32>());
    let (etat, nonce, verificateur) = (tirer(), tirer(), tirer());
    let email = premiere.as_ref().map(|premiere| premiere.constat.email.clone());
    let demande = Demande {
        etat: &etat,
        nonce: &nonce,
        verificateur: &verificateur,
        deux_facteurs: email.as_deref(),
    };
    let adresse = plateforme.adresse_de_depart(&demande, maintenant).await?;
    let apres = depart.apres.court();
    let gardee =
        Gardee { nonce: nonce.clone(), verificateur: verificateur.clone(), apres, premiere };
    let ligne = demande_identite::ActiveModel {
        etat: Set(coffre::empreinte(&etat)),
        navigateur: Set(coffre::empreinte(depart.navigateur)),
        fournisseur: Set(depart.fournisseur),
        scelle: Set(sceller(outils, &gardee)?),
        faite_le: Set(maintenant),
        servie_le: Set(None),
    };
    let tx = contexte.base.ecrire().await?;
    demande_identite::Entity::insert(ligne).exec_without_returning(&tx).await?;
    tx.valider().await?;
    Ok(adresse)
}

/// What is kept of the request that `etat` names: once, soon, and for the browser that left with it.
pub(super) async fn prendre(
    contexte: &Contexte,
    plateforme: &Plateforme,
    navigateur: &str,
    etat: &str,
) -> Result<Gardee, Echec> {
    let maintenant = contexte.horloge.maintenant();
    let etat = coffre::empreinte(etat);
    let tx = contexte.base.ecrire().await?;
    let demande = demande_identite::Entity::find_by_id(&etat)
        .filter(demande_identite::Column::Navigateur.eq(coffre::empreinte(navigateur)))
        .filter(demande_identite::Column::Fournisseur.eq(plateforme.reglage.fournisseur))
        .one(&tx)
        .await?
        .ok_or_else(|| plateforme.refuser(Refus::Expiree, "unknown state"))?;
    // Of two answers at the same moment, one finds it so.
    let prises = demande_identite::Entity::update_many()
        .col_expr(demande_identite::Column::ServieLe, Expr::value(maintenant))
        .filter(demande_identite::Column::Etat.eq(&etat))
        .filter(demande_identite::Column::ServieLe.is_null())
        .exec(&tx)
        .await?
        .rows_affected;
    tx.valider().await?;
    if prises == 0 {
        return Err(plateforme.refuser(Refus::DejaServie, "state used twice"));
    }
    if maintenant - demande.faite_le > Duration::minutes(DELAI_MINUTES) {
        return Err(plateforme.refuser(Refus::Expiree, "old state"));
    }
    ouvrir(&contexte.outils, &demande.scelle)
}

/// What is kept while signing in is under way, sealed.
pub(super) fn sceller(outils: &Outils, valeur: &impl Serialize) -> Result<Vec<u8>, Echec> {
    let clair = serde_json::to_vec(valeur).map_err(|_| Echec::Inutilisable("identity"))?;
    Ok(outils.coffre.sceller(&clair, &outils.hasard))
}

/// Opens it again.
pub(super) fn ouvrir<T: for<'de> Deserialize<'de>>(
    outils: &Outils,
    scelle: &[u8],
) -> Result<T, Echec> {
    let clair = outils.coffre.ouvrir(scelle)?;
    serde_json::from_slice(&clair).map_err(|_| Echec::Inutilisable("identity"))
}

/// Forgets those that serve no more, and the identities that wait for no account any more.
///
/// # Errors
/// The database failed.
pub async fn purger(db: &impl ConnectionTrait, maintenant: DateTime<Utc>) -> Result<(), Echec> {
    let limite = maintenant - Duration::minutes(MEMOIRE_MINUTES);
    let vieilles = Condition::all().add(demande_identite::Column::FaiteLe.lt(limite));
    verrous::purger::<demande_identite::Entity>(db, vieilles).await?;
    let finis = Condition::all().add(rattachement_identite::Column::ExpireLe.lte(maintenant));
    verrous::purger::<rattachement_identite::Entity>(db, finis).await?;
    Ok(())
}
