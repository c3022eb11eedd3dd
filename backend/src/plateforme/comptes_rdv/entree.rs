//! « Connecter mon compte »: to RDV Service Public and back.

use super::{noter, ouverte_a};
use crate::contexte::Contexte;
use crate::plateforme::client::api::{Agent, Api};
use crate::plateforme::client::oauth::{Jetons, ReglageOauth};
use crate::socle::changement::Changement;
use crate::socle::erreur::Echec;
use crate::socle::outils::Outils;
use crate::socle::secrets::coffre;
use crate::tables::{compte_rdv, demande_oauth};
use chrono::{DateTime, Duration, Utc};
use domain::Erreur;
use domain::journal::Action;
use domain::plateforme::ErreurPlateforme;
use domain::role::Acteur;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, sea_query::OnConflict};
use url::Url;

/// How long somebody may stay at RDV Service Public before saying yes, in minutes.
const DELAI_MINUTES: i64 = 15;

/// Gives the address to send the person to. `session`: the token of their session, the only one that may
/// come back with the answer; `page`: where to bring them afterwards.
///
/// # Errors
/// [`Erreur::Introuvable`] for an usager, and where nothing is configured.
pub async fn commencer(c: &Changement<'_>, session: &str, page: &str) -> Result<Url, Echec> {
    let reglage = ouverte_a(&c.tx, c.outils, c.acteur).await?;
    let (etat, verificateur) = (c.outils.hasard.secret(), c.outils.hasard.secret());
    let limite = c.maintenant - Duration::minutes(DELAI_MINUTES);
    demande_oauth::Entity::delete_many()
        .filter(demande_oauth::Column::FaiteLe.lt(limite))
        .exec(&c.tx)
        .await?;
    let ligne = demande_oauth::ActiveModel {
        etat: Set(coffre::empreinte(&etat)),
        session: Set(coffre::empreinte(session)),
        compte: Set(c.acteur.compte),
        verificateur_scelle: Set(c
            .outils
            .coffre
            .sceller(verificateur.as_bytes(), &c.outils.hasard)),
        page: Set(page.to_owned()),
        faite_le: Set(c.maintenant),
    };
    demande_oauth::Entity::insert(ligne).exec_without_returning(&c.tx).await?;
    Ok(reglage.autorisation(&etat, &verificateur))
}

/// With what the person comes back.
pub struct Retour<'a> {
    /// The token of their session.
    pub session: &'a str,
    /// `state`.
    pub etat: &'a str,
    /// `code`; absent when they said no.
    pub code: Option<&'a str>,
}

/// Connects the account with which the person came back; gives the page to bring them to.
///
/// # Errors
/// [`Erreur::DemandeExpiree`] when they did not leave from here, in this session and a moment ago;
/// [`Erreur::ConnexionRefusee`] when they said no; [`Erreur::Plateforme`].
pub async fn terminer(
    contexte: &Contexte,
    acteur: &Acteur,
    retour: &Retour<'_>,
) -> Result<String, Echec> {
    let outils = &contexte.outils;
    let reglage = ouverte_a(contexte.base.lire(), outils, acteur).await?.clone();
    let demande = consommer(contexte, acteur, retour).await?;
    let code = retour.code.ok_or(Erreur::ConnexionRefusee)?;
    let verificateur = outils.coffre.ouvrir_texte(&demande.verificateur_scelle)?;
    let client = &contexte.client;
    let jetons =
        client.jetons_du_code(&reglage, code, &verificateur).await.map_err(Erreur::from)?;
    let api = Api::new(client.clone(), reglage.site.clone(), jetons.acces.clone());
    let agent = api.moi().await.map_err(Erreur::from)?;
    contexte.changer(acteur, async |c| retenir(c, &reglage, &jetons, agent).await).await?;
    Ok(demande.page)
}

/// The request that the person left with: it serves once.
async fn consommer(
    contexte: &Contexte,
    acteur: &Acteur,
    retour: &Retour<'_>,
) -> Result<demande_oauth::Model, Echec> {
    let etat = coffre::empreinte(retour.etat);
    let c = contexte.commencer(acteur).await?;
    let demande = demande_oauth::Entity::find_by_id(&etat)
        .filter(demande_oauth::Column::Session.eq(coffre::empreinte(retour.session)))
        .filter(demande_oauth::Column::Compte.eq(acteur.compte))
        .one(&c.tx)
        .await?
        .ok_or(Erreur::DemandeExpiree)?;
    let effacees = demande_oauth::Entity::delete_by_id(&etat).exec(&c.tx).await?;
    let recente = c.maintenant - demande.faite_le <= Duration::minutes(DELAI_MINUTES);
    c.valider().await?;
    if recente && effacees.rows_affected == 1 {
        Ok(demande)
    } else {
        Err(Erreur::DemandeExpiree.into())
    }
}

async fn retenir(
    c: &Changement<'_>,
    reglage: &ReglageOauth,
    jetons: &Jetons,
    agent: Agent,
) -> Result<(), Echec> {
    let Outils { coffre, hasard, .. } = c.outils;
    let sceller = |jeton: &str| Some(coffre.sceller(jeton.as_bytes(), hasard));
    let compte = c.acteur.compte;
    let avant = compte_rdv::Entity::find_by_id(compte).one(&c.tx).await?;
    let ligne = compte_rdv::ActiveModel {
        compte: Set(compte),
        hote: Set(reglage.hote()),
        agent: Set(agent.id),
        email: Set(agent.email.unwrap_or_default()),
        acces_scelle: Set(sceller(&jetons.acces)),
        rafraichissement_scelle: Set(jetons.rafraichissement.as_deref().and_then(sceller)),
        expire_le: Set(jetons.expire_le(c.maintenant)),
        version: Set(avant.map_or(1, |avant| avant.version + 1)),
        verrou_jusqu_a: Set(None),
        connectee_le: Set(c.maintenant),
        perdue_le: Set(None),
    };
    use compte_rdv::Column;
    let remplacer = OnConflict::column(Column::Compte)
        .update_columns([
            Column::Hote,
            Column::Agent,
            Column::Email,
            Column::AccesScelle,
            Column::RafraichissementScelle,
            Column::ExpireLe,
            Column::Version,
            Column::VerrouJusquA,
            Column::ConnecteeLe,
            Column::PerdueLe,
        ])
        .to_owned();
    compte_rdv::Entity::insert(ligne).on_conflict(remplacer).exec_without_returning(&c.tx).await?;
    noter(&c.tx, compte, Action::CompteRdvConnecte, c.maintenant).await
}

impl Jetons {
    /// When the access token ends: never later than a day, whatever the site says.
    pub(super) fn expire_le(&self, maintenant: DateTime<Utc>) -> DateTime<Utc> {
        maintenant + Duration::seconds(self.duree_secondes.clamp(0, 86_400))
    }
}

impl From<ErreurPlateforme> for Echec {
    fn from(erreur: ErreurPlateforme) -> Self {
        Self::Metier(Erreur::Plateforme(erreur))
    }
}
