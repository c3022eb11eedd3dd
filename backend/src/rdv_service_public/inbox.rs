//! The inbox: a verified delivery is stored before it is answered, then applied by a worker.
//!
//! Stopping the process at any moment loses nothing and applies nothing twice: a delivery is applied and
//! marked so in one transaction.

use super::application::{self, Effet};
use super::lecture::{self, Lu};
use super::mises_de_cote::mettre_de_cote;
use super::signature;
use crate::contexte::Contexte;
use crate::entities::{notification, organisation};
use crate::erreur::Echec;
use chrono::{DateTime, Duration as Delai, Utc};
use domain::ids::OrganisationId;
use domain::mise_de_cote::Raison;
use sea_orm::sea_query::{LockBehavior, LockType, OnConflict};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait,
    IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
};
use serde::de::IgnoredAny;
use sha2::{Digest, Sha256};
use std::time::Duration;

/// Where a delivery stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EtatNotification {
    /// Stored, to be applied.
    Recue,
    /// Applied.
    Appliquee,
    /// About something that this application does not follow.
    Ignoree,
    /// Not understood, or not recorded after many tries: kept with its reason, changes nothing.
    MiseDeCote,
}

impl EtatNotification {
    /// The word stored in the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Recue => "recue",
            Self::Appliquee => "appliquee",
            Self::Ignoree => "ignoree",
            Self::MiseDeCote => "mise_de_cote",
        }
    }
}

/// Why a delivery is refused. Nothing is stored.
#[derive(Debug, thiserror::Error)]
pub enum Refus {
    /// No démarche uses the agenda of this organisation.
    #[error("unknown organisation")]
    OrganisationInconnue,
    /// No signature.
    #[error("missing signature")]
    SignatureAbsente,
    /// Signed with another secret, or altered.
    #[error("wrong signature")]
    SignatureFausse,
    /// Rightly signed, but not JSON.
    #[error("malformed body")]
    CorpsIllisible,
    /// It could not be stored: the platform must try again.
    #[error(transparent)]
    Echec(#[from] Echec),
}

impl From<DbErr> for Refus {
    fn from(erreur: DbErr) -> Self {
        Self::Echec(erreur.into())
    }
}

/// How long a delivery is kept, in days.
const CONSERVATION_JOURS: i64 = 30;

/// Waits between two tries of a delivery that could not be applied, in seconds.
const ATTENTES: [i64; 6] = [1, 5, 30, 300, 3_600, 21_600];

/// Takes a delivery: checks its signature, stores it.
///
/// The same bytes received again are taken and change nothing.
///
/// # Errors
/// [`Refus`].
pub async fn recevoir(
    contexte: &Contexte,
    organisation: OrganisationId,
    signature: Option<&str>,
    corps: &[u8],
) -> Result<(), Refus> {
    let candidates = organisation::Entity::find()
        .filter(organisation::Column::Organisation.eq(organisation.0))
        .all(contexte.base.lire())
        .await?;
    if candidates.is_empty() {
        return Err(Refus::OrganisationInconnue);
    }
    let signature = signature.ok_or(Refus::SignatureAbsente)?;
    let mut signataire = None;
    // Two platforms may use the same number: the secret tells them apart.
    for candidate in candidates {
        let secret = contexte.outils.coffre.ouvrir(&candidate.secret_scelle)?;
        if signature::verifier(&secret, corps, signature) {
            signataire = Some(candidate);
            break;
        }
    }
    let signataire = signataire.ok_or(Refus::SignatureFausse)?;
    serde_json::from_slice::<IgnoredAny>(corps).map_err(|_| Refus::CorpsIllisible)?;
    Ok(ranger(contexte, signataire, corps).await?)
}

async fn ranger(
    contexte: &Contexte,
    organisation: organisation::Model,
    corps: &[u8],
) -> Result<(), Echec> {
    let maintenant = contexte.horloge.maintenant();
    let outils = &contexte.outils;
    let ligne = notification::ActiveModel {
        organisation: Set(organisation.id),
        empreinte: Set(hex::encode(Sha256::digest(corps))),
        corps_scelle: Set(outils.coffre.sceller(corps, &outils.hasard)),
        etat: Set(EtatNotification::Recue.code().to_owned()),
        raison: Set(None),
        essais: Set(0),
        recue_le: Set(maintenant),
        a_partir_de: Set(maintenant),
        ..Default::default()
    };
    let deja_vue =
        OnConflict::columns([notification::Column::Organisation, notification::Column::Empreinte])
            .do_nothing()
            .to_owned();
    let tx = contexte.base.ecrire().await?;
    notification::Entity::insert(ligne).on_conflict(deja_vue).exec_without_returning(&tx).await?;
    // To the second is enough, and spares a write at each delivery of a burst.
    let recent = |vu: DateTime<Utc>| maintenant - vu < Delai::seconds(1);
    if !organisation.dernier_webhook_le.is_some_and(recent) {
        let mut change = organisation.into_active_model();
        change.dernier_webhook_le = Set(Some(maintenant));
        change.update(&tx).await?;
    }
    tx.valider().await
}

/// Applies deliveries, for ever.
pub async fn travailler(contexte: Contexte) {
    let mut reveil = contexte.base.reveil();
    loop {
        if let Err(erreur) = appliquer_tout(&contexte).await {
            tracing::warn!(%erreur, "the inbox was interrupted");
        }
        let _ = tokio::time::timeout(Duration::from_secs(1), reveil.changed()).await;
    }
}

/// Applies all deliveries that are due; gives how many.
///
/// # Errors
/// The database failed.
pub async fn appliquer_tout(contexte: &Contexte) -> Result<usize, Echec> {
    let mut appliquees = 0;
    loop {
        let maintenant = contexte.horloge.maintenant();
        let Some(prochaine) = due(contexte.base.lire(), maintenant, false).await? else {
            return Ok(appliquees);
        };
        match appliquer_une(contexte).await {
            Ok(true) => appliquees += 1,
            Ok(false) => return Ok(appliquees),
            Err(echec) => reporter(contexte, prochaine, &echec).await?,
        }
    }
}

/// Applies the next delivery and marks it so, in one transaction. `false` when there is none.
async fn appliquer_une(contexte: &Contexte) -> Result<bool, Echec> {
    let maintenant = contexte.horloge.maintenant();
    let tx = contexte.base.ecrire().await?;
    let Some(ligne) = due(&tx, maintenant, true).await? else { return Ok(false) };
    let corps = contexte.outils.coffre.ouvrir(&ligne.corps_scelle)?;
    let organisation = organisation::Entity::find_by_id(ligne.organisation)
        .one(&tx)
        .await?
        .ok_or(Echec::Illisible("organisation of a notification"))?;
    let etat = match lecture::lire(&corps, &contexte.outils.reglages.hotes_visio) {
        Ok(Lu::AutreModele) => EtatNotification::Ignoree,
        Ok(Lu::Rdv(constat)) if constat.organisation.0 != organisation.organisation => {
            mettre_de_cote(&tx, &ligne, &Raison::AutreOrganisation, maintenant).await?;
            tx.valider().await?;
            return Ok(true);
        }
        Ok(Lu::Rdv(constat)) => {
            let effet = application::appliquer(&tx, &organisation, &constat, maintenant).await?;
            metrics::counter!("webhooks_appliques_total", "effet" => effet.code()).increment(1);
            if effet == Effet::ARattacher {
                tracing::info!(rdv = constat.rdv.0, "a rendez-vous waits to be attached");
            }
            EtatNotification::Appliquee
        }
        Err(erreur) => {
            mettre_de_cote(&tx, &ligne, &erreur.into(), maintenant).await?;
            tx.valider().await?;
            return Ok(true);
        }
    };
    let mut change = ligne.into_active_model();
    change.etat = Set(etat.code().to_owned());
    change.raison = Set(None);
    change.update(&tx).await?;
    tx.valider().await?;
    Ok(true)
}

async fn due(
    db: &impl ConnectionTrait,
    maintenant: DateTime<Utc>,
    prendre: bool,
) -> Result<Option<notification::Model>, DbErr> {
    let mut choix = notification::Entity::find()
        .filter(notification::Column::Etat.eq(EtatNotification::Recue.code()))
        .filter(notification::Column::APartirDe.lte(maintenant))
        .order_by_asc(notification::Column::Id)
        .limit(1);
    if prendre {
        choix = choix.lock_with_behavior(LockType::Update, LockBehavior::SkipLocked);
    }
    choix.one(db).await
}

/// Puts off a delivery that could not be applied.
async fn reporter(
    contexte: &Contexte,
    ligne: notification::Model,
    echec: &Echec,
) -> Result<(), Echec> {
    tracing::warn!(notification = ligne.id, %echec, "a notification will be applied later");
    let essais = usize::try_from(ligne.essais).unwrap_or(0);
    let tx = contexte.base.ecrire().await?;
    let Some(attente) = ATTENTES.get(essais) else {
        // Tried for hours: somebody must look at it.
        mettre_de_cote(&tx, &ligne, &Raison::Echec, contexte.horloge.maintenant()).await?;
        return tx.valider().await;
    };
    notification::Entity::update_many()
        .set(notification::ActiveModel {
            essais: Set(ligne.essais.saturating_add(1)),
            a_partir_de: Set(contexte.horloge.maintenant() + Delai::seconds(*attente)),
            ..Default::default()
        })
        .filter(notification::Column::Id.eq(ligne.id))
        .filter(notification::Column::Etat.eq(EtatNotification::Recue.code()))
        .exec(&tx)
        .await?;
    tx.valider().await
}

/// Forgets the deliveries kept long enough. Those still to be applied stay.
///
/// # Errors
/// The database failed.
pub async fn purger(db: &impl ConnectionTrait, maintenant: DateTime<Utc>) -> Result<(), DbErr> {
    notification::Entity::delete_many()
        .filter(notification::Column::RecueLe.lt(maintenant - Delai::days(CONSERVATION_JOURS)))
        .filter(notification::Column::Etat.ne(EtatNotification::Recue.code()))
        .exec(db)
        .await?;
    Ok(())
}
