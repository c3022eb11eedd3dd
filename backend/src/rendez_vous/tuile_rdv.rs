//! The tile « RDV Service Public »: switching the feature on, the agenda, the secret of its webhooks.

use crate::acces::autorisations;
use crate::contexte::Contexte;
use crate::rendez_vous::reconciliations;
use crate::socle::changement::Changement;
use crate::socle::erreur::Echec;
use crate::socle::outils::Outils;
use crate::socle::temps;
use crate::tables::notification::EtatNotification;
use crate::tables::{agenda, ancien_secret, demarche, notification, rendez_vous};
use crate::taches;
use chrono::{DateTime, Duration, Utc};
use domain::agenda::Agenda;
use domain::ids::{AgendaId, DemarcheNumero};
use domain::journal::Action;
use domain::role::Acteur;
use domain::sujet::Sujet;
use domain::vues::{ReglageRdv, ReglageWebhook};
use domain::{Champ, Erreur, Saisie};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel,
    PaginatorTrait, QueryFilter, QuerySelect,
};
use url::Url;

/// How long a secret still holds once it was renewed: the time to replace it on the platform.
const SURSIS: Duration = Duration::hours(24);

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
    let sienne = autorisations::agenda(db, &demarche).await?;
    let (webhook, plateforme) = match organisation(db, demarche.organisation).await? {
        Some(organisation) => {
            let webhook = match sienne {
                Some(_) => {
                    Some(webhook(db, outils, acteur, numero, &organisation, maintenant).await?)
                }
                None => None,
            };
            (webhook, organisation.hote)
        }
        None => (None, reglages.plateforme.to_string()),
    };
    Ok(ReglageRdv {
        numero,
        relances: demarche::relances(&demarche)?,
        titre: demarche.titre,
        active: demarche.rdv_active,
        url_agenda: demarche.url_agenda.unwrap_or_default(),
        plateforme,
        suggestion: reglages.suggestion.as_ref().map(Url::to_string),
        a_prouver: demarche.organisation.is_some() && sienne.is_none(),
        webhook,
    })
}

/// The same, for the page: a secret that was just made is in it, once, for whoever had it made.
///
/// # Errors
/// [`Erreur::Introuvable`].
pub async fn ouvrir(
    contexte: &Contexte,
    acteur: &Acteur,
    numero: DemarcheNumero,
) -> Result<ReglageRdv, Echec> {
    let maintenant = contexte.horloge.maintenant();
    let (db, outils) = (contexte.base.lire(), &contexte.outils);
    let mut lu = lire(db, outils, acteur, numero, maintenant).await?;
    if let Some(webhook) = lu.webhook.as_mut().filter(|webhook| webhook.secret_a_montrer) {
        webhook.secret =
            contexte.changer(acteur, async |c| montrer_le_secret(c, numero).await).await?;
        webhook.secret_a_montrer = false;
    }
    Ok(lu)
}

/// The same, shown for good: the second time there is nothing left to show.
async fn montrer_le_secret(
    c: &Changement<'_>,
    numero: DemarcheNumero,
) -> Result<Option<String>, Echec> {
    let Some((organisation, secret)) = secret_neuf(c, numero).await? else {
        return Ok(None);
    };
    let montre = agenda::Entity::update_many()
        .set(agenda::ActiveModel { secret_pour: Set(None), ..Default::default() })
        .filter(agenda::Column::Id.eq(organisation))
        .filter(agenda::Column::SecretPour.eq(c.acteur.compte))
        .exec(&c.tx)
        .await?;
    Ok((montre.rows_affected > 0).then_some(secret))
}

/// A secret that was just made, with its organisation, for whoever had it made.
pub(crate) async fn secret_neuf(
    c: &Changement<'_>,
    numero: DemarcheNumero,
) -> Result<Option<(AgendaId, String)>, Echec> {
    let demarche = autorisations::demarche_de_l_administrateur(&c.tx, c.acteur, numero).await?;
    let sienne = autorisations::agenda(&c.tx, &demarche).await?;
    let organisation = organisation(&c.tx, sienne).await?;
    let neuf = organisation.filter(|o| o.secret_pour == Some(c.acteur.compte));
    let Some(organisation) = neuf else { return Ok(None) };
    Ok(Some((organisation.id, c.outils.coffre.ouvrir_texte(&organisation.secret_scelle)?)))
}

async fn organisation(
    db: &impl ConnectionTrait,
    id: Option<AgendaId>,
) -> Result<Option<agenda::Model>, Echec> {
    let Some(id) = id else { return Ok(None) };
    Ok(agenda::Entity::find_by_id(id).one(db).await?)
}

async fn webhook(
    db: &impl ConnectionTrait,
    outils: &Outils,
    acteur: &Acteur,
    demarche: DemarcheNumero,
    organisation: &agenda::Model,
    maintenant: DateTime<Utc>,
) -> Result<ReglageWebhook, Echec> {
    let mis_de_cote = notification::Entity::find()
        .filter(notification::Column::Organisation.eq(organisation.id))
        .filter(notification::Column::Etat.eq(EtatNotification::MiseDeCote))
        .count(db)
        .await?;
    Ok(ReglageWebhook {
        url: adresse_du_webhook(outils, organisation),
        secret: None,
        secret_a_montrer: organisation.secret_pour == Some(acteur.compte),
        dernier_recu_le: organisation.dernier_webhook_le.map(temps::a_paris),
        mis_de_cote,
        courriels_abandonnes: taches::combien_d_abandonnees(db, demarche).await?,
        a_rattacher: rendez_vous::a_rattacher(db, Some(organisation.id), maintenant).await?,
        synchronisation: reconciliations::lire(db, &outils.reglages, organisation.id).await?,
    })
}

/// Where the platform must send the notifications of an organisation.
pub(crate) fn adresse_du_webhook(outils: &Outils, organisation: &agenda::Model) -> String {
    let base = outils.reglages.app_url.as_str().trim_end_matches('/');
    format!("{base}/webhooks/rdv-service-public/{}", organisation.organisation)
}

/// « Enregistrer », without another proof that the agenda is theirs than what is known here.
///
/// # Errors
/// [`Erreur::Introuvable`], or an error about [`Champ::UrlAgenda`]: also when others use this agenda.
pub async fn enregistrer(
    c: &Changement<'_>,
    numero: DemarcheNumero,
    demande: &Demande,
) -> Result<(), Echec> {
    enregistrer_avec(c, numero, (demande, false)).await
}

/// « Enregistrer ». `prouve`: the platform itself just said that the agenda is theirs.
pub(crate) async fn enregistrer_avec(
    c: &Changement<'_>,
    numero: DemarcheNumero,
    (demande, prouve): (&Demande, bool),
) -> Result<(), Echec> {
    let demarche = autorisations::demarche_de_l_administrateur(&c.tx, c.acteur, numero).await?;
    let (avant, deja_prouve) = (demarche.organisation, demarche.agenda_prouve);
    let reglage = |demarche: &demarche::Model| (demarche.rdv_active, demarche.url_agenda.clone());
    let ancien = reglage(&demarche);
    let mut change = demarche.into_active_model();
    // Switched off, the address may be left empty; one that is given must be right all the same.
    if demande.active || !demande.url_agenda.trim().is_empty() {
        let agenda = Agenda::lire(&demande.url_agenda, &c.outils.reglages.hotes_rdv)?;
        let organisation = trouver_ou_creer(c, &agenda).await?;
        let gardee = avant == Some(organisation);
        let permis = prouve || gardee;
        if !permis && !autorisations::agenda_permis(&c.tx, numero, organisation).await? {
            return Err(Erreur::champ(Champ::UrlAgenda, Saisie::AgendaDAutrui).into());
        }
        change.url_agenda = Set(Some(agenda.url.to_string()));
        change.organisation = Set(Some(organisation));
        change.agenda_prouve = Set(prouve || (gardee && deja_prouve));
    } else {
        change.url_agenda = Set(None);
        change.organisation = Set(None);
        change.agenda_prouve = Set(false);
    }
    change.rdv_active = Set(demande.active);
    let nouveau = reglage(&change.update(&c.tx).await?);
    let action = match (&ancien, &nouveau) {
        (ancien, nouveau) if ancien == nouveau => return Ok(()),
        ((false, _), (true, _)) => Action::RdvActives,
        ((true, _), (false, _)) => Action::RdvDesactives,
        _ => Action::AgendaModifie,
    };
    conclure(c, numero, action).await
}

/// The row of the organisation of an agenda, if there is one.
pub(crate) async fn trouver(
    db: &impl ConnectionTrait,
    agenda: &Agenda,
) -> Result<Option<agenda::Model>, Echec> {
    Ok(agenda::Entity::find()
        .filter(agenda::Column::Hote.eq(agenda.url.origin().ascii_serialization()))
        .filter(agenda::Column::Organisation.eq(agenda.organisation))
        .one(db)
        .await?)
}

/// The same, made with a new secret the first time.
async fn trouver_ou_creer(c: &Changement<'_>, agenda: &Agenda) -> Result<AgendaId, Echec> {
    if let Some(connue) = trouver(&c.tx, agenda).await? {
        return Ok(connue.id);
    }
    let secret = c.outils.hasard.secret();
    let ligne = agenda::ActiveModel {
        hote: Set(agenda.url.origin().ascii_serialization()),
        organisation: Set(agenda.organisation),
        secret_scelle: Set(c.outils.coffre.sceller(secret.as_bytes(), &c.outils.hasard)),
        cree_le: Set(c.maintenant),
        dernier_webhook_le: Set(None),
        secret_pour: Set(Some(c.acteur.compte)),
        ..Default::default()
    };
    Ok(agenda::Entity::insert(ligne).exec(&c.tx).await?.last_insert_id)
}

/// « Renouveler le secret »: the former one still holds for a day, so that nothing is lost until it is replaced on the
/// platform. Every démarche that uses the agenda keeps a trace of it. Gives the new one.
///
/// # Errors
/// [`Erreur::Introuvable`], also when no agenda is known yet, or is not theirs for sure.
pub async fn renouveler_secret(
    c: &Changement<'_>,
    numero: DemarcheNumero,
) -> Result<String, Echec> {
    let demarche = autorisations::demarche_de_l_administrateur(&c.tx, c.acteur, numero).await?;
    let sienne = autorisations::agenda(&c.tx, &demarche).await?;
    let organisation = organisation(&c.tx, sienne).await?.ok_or(Erreur::Introuvable)?;
    let id = organisation.id;
    ancien_secret::Entity::delete_many()
        .filter(ancien_secret::Column::Organisation.eq(id))
        .filter(ancien_secret::Column::JusquA.lte(c.maintenant))
        .exec(&c.tx)
        .await?;
    let ancien = ancien_secret::ActiveModel {
        organisation: Set(id),
        secret_scelle: Set(organisation.secret_scelle.clone()),
        jusqu_a: Set(c.maintenant + SURSIS),
        ..Default::default()
    };
    ancien_secret::Entity::insert(ancien).exec_without_returning(&c.tx).await?;
    let secret = c.outils.hasard.secret();
    let mut change = organisation.into_active_model();
    change.secret_scelle = Set(c.outils.coffre.sceller(secret.as_bytes(), &c.outils.hasard));
    change.secret_pour = Set(Some(c.acteur.compte));
    change.update(&c.tx).await?;
    let concernees: Vec<DemarcheNumero> = demarche::Entity::find()
        .filter(demarche::Column::Organisation.eq(id))
        .select_only()
        .column(demarche::Column::Numero)
        .into_tuple()
        .all(&c.tx)
        .await?;
    for concernee in concernees {
        conclure(c, concernee, Action::SecretRenouvele).await?;
    }
    Ok(secret)
}

pub(crate) async fn conclure(
    c: &Changement<'_>,
    numero: DemarcheNumero,
    action: Action,
) -> Result<(), Echec> {
    c.noter(action, numero).await?;
    c.annoncer(&[Sujet::Demarche(numero)]).await
}
