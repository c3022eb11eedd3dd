//! The tile « RDV Service Public »: switching the feature on, the agenda, the secret of its webhooks.

use crate::autorisations;
use crate::contexte::Outils;
use crate::direct;
use crate::entities::{demarche, notification, organisation};
use crate::erreur::Echec;
use crate::journal;
use crate::rdv_service_public::inbox::EtatNotification;
use crate::reconciliations;
use crate::rendez_vous;
use crate::taches;
use crate::temps;
use chrono::{DateTime, Utc};
use domain::Erreur;
use domain::agenda::Agenda;
use domain::ids::DemarcheNumero;
use domain::role::Acteur;
use domain::sujet::Sujet;
use domain::vues::{ReglageRdv, ReglageWebhook};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel,
    PaginatorTrait, QueryFilter,
};
use url::Url;

/// What the form holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Demande {
    /// « Autoriser les instructeurs à proposer un RDV à l'utilisateur ».
    pub active: bool,
    /// « URL de votre agenda ». May be empty when `active` is off.
    pub url_agenda: String,
}

/// What the screen shows.
///
/// # Errors
/// [`Erreur::Introuvable`].
pub async fn lire(
    db: &impl ConnectionTrait,
    outils: &Outils,
    acteur: &Acteur,
    numero: DemarcheNumero,
    maintenant: DateTime<Utc>,
) -> Result<ReglageRdv, Echec> {
    let demarche = autorisations::demarche_de_l_administrateur(db, acteur, numero).await?;
    let reglages = &outils.reglages;
    let (webhook, plateforme) = match organisation(db, &demarche).await? {
        Some(organisation) => {
            let webhook = webhook(db, outils, numero, &organisation, maintenant).await?;
            (Some(webhook), organisation.hote.clone())
        }
        None => (None, reglages.plateforme.to_string()),
    };
    Ok(ReglageRdv {
        numero,
        titre: demarche.titre,
        active: demarche.rdv_active,
        url_agenda: demarche.url_agenda.unwrap_or_default(),
        plateforme,
        suggestion: reglages.suggestion.as_ref().map(Url::to_string),
        webhook,
    })
}

async fn organisation(
    db: &impl ConnectionTrait,
    demarche: &demarche::Model,
) -> Result<Option<organisation::Model>, Echec> {
    let Some(id) = demarche.organisation else { return Ok(None) };
    Ok(organisation::Entity::find_by_id(id).one(db).await?)
}

async fn webhook(
    db: &impl ConnectionTrait,
    outils: &Outils,
    demarche: DemarcheNumero,
    organisation: &organisation::Model,
    maintenant: DateTime<Utc>,
) -> Result<ReglageWebhook, Echec> {
    let mis_de_cote = notification::Entity::find()
        .filter(notification::Column::Organisation.eq(organisation.id))
        .filter(notification::Column::Etat.eq(EtatNotification::MiseDeCote.code()))
        .count(db)
        .await?;
    Ok(ReglageWebhook {
        url: adresse_du_webhook(outils, organisation),
        secret: outils.coffre.ouvrir_texte(&organisation.secret_scelle)?,
        dernier_recu_le: organisation.dernier_webhook_le.map(temps::a_paris),
        mis_de_cote,
        courriels_abandonnes: taches::abandon::combien(db, demarche).await?,
        a_rattacher: rendez_vous::a_rattacher(db, Some(organisation.id), maintenant).await?,
        synchronisation: reconciliations::lire(db, &outils.reglages, organisation.id).await?,
    })
}

/// Where the platform must send the notifications of an organisation.
pub(crate) fn adresse_du_webhook(outils: &Outils, organisation: &organisation::Model) -> String {
    let base = outils.reglages.app_url.as_str().trim_end_matches('/');
    format!("{base}/webhooks/rdv-service-public/{}", organisation.organisation)
}

/// « Enregistrer ».
///
/// # Errors
/// [`Erreur::Introuvable`], or an error about [`domain::Champ::UrlAgenda`].
pub async fn enregistrer(
    db: &impl ConnectionTrait,
    outils: &Outils,
    acteur: &Acteur,
    numero: DemarcheNumero,
    demande: &Demande,
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    let demarche = autorisations::demarche_de_l_administrateur(db, acteur, numero).await?;
    let mut change = demarche.into_active_model();
    // Switched off, the address may be left empty; one that is given must be right all the same.
    if demande.active || !demande.url_agenda.trim().is_empty() {
        let agenda = Agenda::lire(&demande.url_agenda, &outils.reglages.hotes_rdv)?;
        let organisation = trouver_ou_creer(db, outils, &agenda, maintenant).await?;
        change.url_agenda = Set(Some(agenda.url.to_string()));
        change.organisation = Set(Some(organisation));
    } else {
        change.url_agenda = Set(None);
        change.organisation = Set(None);
    }
    change.rdv_active = Set(demande.active);
    change.update(db).await?;
    let action = if demande.active { "rendez-vous activés" } else { "rendez-vous désactivés" };
    conclure(db, acteur, numero, action, maintenant).await
}

/// The row of the organisation of an agenda, made with a new secret the first time.
pub(crate) async fn trouver_ou_creer(
    db: &impl ConnectionTrait,
    outils: &Outils,
    agenda: &Agenda,
    maintenant: DateTime<Utc>,
) -> Result<i64, Echec> {
    let hote = agenda.url.origin().ascii_serialization();
    let connue = organisation::Entity::find()
        .filter(organisation::Column::Hote.eq(&hote))
        .filter(organisation::Column::Organisation.eq(agenda.organisation.0))
        .one(db)
        .await?;
    if let Some(connue) = connue {
        return Ok(connue.id);
    }
    let secret = outils.hasard.secret();
    let ligne = organisation::ActiveModel {
        hote: Set(hote),
        organisation: Set(agenda.organisation.0),
        secret_scelle: Set(outils.coffre.sceller(secret.as_bytes(), &outils.hasard)),
        cree_le: Set(maintenant),
        dernier_webhook_le: Set(None),
        ..Default::default()
    };
    Ok(organisation::Entity::insert(ligne).exec(db).await?.last_insert_id)
}

/// « Renouveler le secret »: the former one stops working at once.
///
/// # Errors
/// [`Erreur::Introuvable`], also when no agenda is known yet.
pub async fn renouveler_secret(
    db: &impl ConnectionTrait,
    outils: &Outils,
    acteur: &Acteur,
    numero: DemarcheNumero,
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    let demarche = autorisations::demarche_de_l_administrateur(db, acteur, numero).await?;
    let organisation = organisation(db, &demarche).await?.ok_or(Erreur::Introuvable)?;
    let secret = outils.hasard.secret();
    let mut change = organisation.into_active_model();
    change.secret_scelle = Set(outils.coffre.sceller(secret.as_bytes(), &outils.hasard));
    change.update(db).await?;
    conclure(db, acteur, numero, "secret renouvelé", maintenant).await
}

pub(crate) async fn conclure(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DemarcheNumero,
    action: &str,
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    let sujet = Sujet::Demarche(numero);
    journal::noter(db, Some(acteur.compte), action, &sujet.to_string(), None, maintenant).await?;
    Ok(direct::annoncer(db, &[sujet], maintenant).await?)
}
