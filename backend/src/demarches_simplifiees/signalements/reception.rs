//! Reception: what is rightly signed, by a raccordement whose webhooks are heard, is kept before it is answered.

use super::signature::{self, cle_du_secret};
use crate::acces::limites;
use crate::acces::tentatives::Reseau;
use crate::contexte::Contexte;
use crate::socle::erreur::Echec;
use crate::tables::raccordement;
use chrono::Duration;
use domain::Erreur;
use domain::ids::RaccordementId;
use domain::raccordement::EtatRaccordement;
use domain::sujet::Sujet;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use serde::Deserialize;
use std::collections::BTreeSet;

/// How far the time of a webhook may be from ours, in seconds: an old one that comes again is none.
const ECART_MAX: i64 = 300;

/// How many events a webhook may tell of.
const EVENEMENTS_MAX: usize = 100;

/// What goes with a webhook.
#[derive(Debug, Clone, Copy)]
pub struct Entetes<'a> {
    /// `webhook-id`.
    pub id: Option<&'a str>,
    /// `webhook-timestamp`, in seconds since 1970.
    pub le: Option<&'a str>,
    /// `webhook-signature`.
    pub signature: Option<&'a str>,
}

/// Why a webhook is refused. Nothing is kept.
#[derive(Debug, thiserror::Error)]
pub enum Refus {
    /// No raccordement has this number, or its webhooks are not heard.
    #[error("unknown raccordement")]
    Inconnu,
    /// Not signed.
    #[error("missing signature")]
    SignatureAbsente,
    /// Signed with another secret, altered, or at another time.
    #[error("wrong signature")]
    SignatureFausse,
    /// Not rightly signed, and too many such came from there.
    #[error("too many webhooks that are not rightly signed")]
    TropDeFausses {
        /// How long to wait before the next one, in seconds.
        secondes: u32,
    },
    /// Rightly signed, but not what a webhook says.
    #[error("malformed body")]
    CorpsIllisible,
    /// It could not be verified or kept: the platform must try again.
    #[error(transparent)]
    Echec(#[from] Echec),
}

#[derive(Deserialize)]
struct Corps {
    demarche_number: i64,
    events: Vec<Evenement>,
}

#[derive(Deserialize)]
struct Evenement {
    dossier_number: i64,
}

/// Takes a webhook that comes from `reseau`: what it says of a dossier is that it changed, and no more. One that is rightly
/// signed is taken whatever came before it; those that are not count.
///
/// # Errors
/// [`Refus`].
pub async fn recevoir(
    contexte: &Contexte,
    reseau: Option<Reseau>,
    id: RaccordementId,
    entetes: Entetes<'_>,
    corps: &[u8],
) -> Result<(), Refus> {
    let raccordement = match signataire(contexte, id, entetes, corps).await {
        Ok(raccordement) => raccordement,
        Err(refus @ Refus::Echec(_)) => return Err(refus),
        Err(refus) => {
            compter(contexte, reseau)?;
            return Err(refus);
        }
    };
    let lus = lire(&raccordement, corps)?;
    Ok(garder(contexte, &raccordement, &lus).await?)
}

/// The raccordement that signs.
async fn signataire(
    contexte: &Contexte,
    id: RaccordementId,
    entetes: Entetes<'_>,
    corps: &[u8],
) -> Result<raccordement::Model, Refus> {
    let lu = raccordement::Entity::find_by_id(id).one(contexte.base.lire()).await;
    let lu = lu.map_err(Echec::from)?.filter(|raccordement| raccordement.webhooks_actifs);
    let raccordement = lu.ok_or(Refus::Inconnu)?;
    verifier(contexte, &raccordement, entetes, corps)?;
    Ok(raccordement)
}

fn compter(contexte: &Contexte, reseau: Option<Reseau>) -> Result<(), Refus> {
    let Some(reseau) = reseau else { return Ok(()) };
    let (reseau, maintenant) = (reseau.to_string(), contexte.horloge.maintenant());
    let regle = (limites::WEBHOOKS_FAUX, &[reseau.as_str()][..]);
    match contexte.acces.tentatives.faire(&[regle], maintenant) {
        Ok(_) => Ok(()),
        Err(Erreur::TropVite { secondes }) => Err(Refus::TropDeFausses { secondes }),
        Err(autre) => Err(Refus::Echec(autre.into())),
    }
}

fn verifier(
    contexte: &Contexte,
    raccordement: &raccordement::Model,
    entetes: Entetes<'_>,
    corps: &[u8],
) -> Result<(), Refus> {
    let (Some(id), Some(le), Some(signee)) = (entetes.id, entetes.le, entetes.signature) else {
        return Err(Refus::SignatureAbsente);
    };
    let scelle = raccordement.secret_webhook_scelle.as_deref().ok_or(Refus::Inconnu)?;
    let secret = contexte.outils.coffre.ouvrir_texte(scelle)?;
    let cle = cle_du_secret(&secret).ok_or(Echec::Inutilisable("secret of webhooks"))?;
    let maintenant = contexte.horloge.maintenant().timestamp();
    let proche =
        le.parse::<i64>().is_ok_and(|le| maintenant.abs_diff(le) <= ECART_MAX.unsigned_abs());
    if proche && signature::verifier(&cle, id, le, corps, signee) {
        Ok(())
    } else {
        Err(Refus::SignatureFausse)
    }
}

/// The numbers of the dossiers that changed.
fn lire(raccordement: &raccordement::Model, corps: &[u8]) -> Result<BTreeSet<i64>, Refus> {
    let lu: Corps = serde_json::from_slice(corps).map_err(|_| Refus::CorpsIllisible)?;
    if lu.demarche_number != raccordement.numero_distant || lu.events.len() > EVENEMENTS_MAX {
        return Err(Refus::CorpsIllisible);
    }
    Ok(lu.events.into_iter().map(|evenement| evenement.dossier_number).collect())
}

/// Of a raccordement that is stopped or broken, nothing: what changed meanwhile is read when it goes on.
async fn garder(
    contexte: &Contexte,
    raccordement: &raccordement::Model,
    numeros: &BTreeSet<i64>,
) -> Result<(), Echec> {
    let maintenant = contexte.horloge.maintenant();
    let tx = contexte.base.ecrire().await?;
    if raccordement.etat == EtatRaccordement::Actif {
        super::noter(&tx, raccordement.id, numeros, maintenant).await?;
    }
    // To the second is enough, and spares a write for each of a burst.
    let recent = |vu| maintenant - vu < Duration::seconds(1);
    if !raccordement.dernier_webhook_le.is_some_and(recent) {
        let change = raccordement::ActiveModel {
            dernier_webhook_le: Set(Some(maintenant)),
            ..Default::default()
        };
        raccordement::Entity::update_many()
            .set(change)
            .filter(raccordement::Column::Id.eq(raccordement.id))
            .exec(&tx)
            .await?;
        let sujets = [Sujet::Demarche(raccordement.demarche)];
        crate::socle::direct::annoncer(&tx, &sujets, maintenant).await?;
    }
    tx.valider().await
}
