//! Whose account an identity is, and what makes it theirs.
//!
//! The key is the issuer and `sub`, never an address. The address that ProConnect tells of an agent joins the account of
//! somebody who already examines or manages (invited or not), once; it gives no role to anybody.

use super::constat::Constat;
use super::plateforme::Plateforme;
use crate::acces::autorisations;
use crate::acces::sessions::{self, Entree, Provenance, Voie};
use crate::contexte::Contexte;
use crate::socle::erreur::Echec;
use crate::socle::journal;
use crate::tables::{compte, identite};
use crate::taches::{self, Courriel};
use chrono::{DateTime, Utc};
use domain::Erreur;
use domain::identite::{Fournisseur, Refus};
use domain::ids::{CompteId, IdentiteId};
use domain::journal::Action;
use domain::sujet::Sujet;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel,
    QueryFilter,
};

/// Whose account it is.
pub(super) enum Reconnu {
    /// This one's.
    Compte {
        compte: compte::Model,
        identite: IdentiteId,
        /// Whether they examine or manage a démarche.
        agent: bool,
    },
    /// Nobody's yet.
    Personne,
}

/// Whose account an identity is, which is noted as seen; attached to that of the agent whose address it has.
pub(super) async fn reconnaitre(
    db: &impl ConnectionTrait,
    plateforme: &Plateforme,
    constat: &Constat,
    maintenant: DateTime<Utc>,
) -> Result<Reconnu, Echec> {
    let fournisseur = plateforme.reglage.fournisseur;
    let connue = trouver(db, constat).await?;
    let agent_de_l_adresse = match fournisseur {
        Fournisseur::ProConnect => agent_par_adresse(db, &constat.email).await?,
        // Addresses are shared there: they tell nothing.
        Fournisseur::FranceConnect => None,
    };
    let (compte, identite) = match (connue, agent_de_l_adresse) {
        (Some(connue), autre) => {
            if autre.is_some_and(|autre| autre.id != connue.compte) {
                return Err(plateforme.refuser(Refus::Conflit, "its address is another agent's"));
            }
            let id = connue.id;
            let compte = compte::Entity::find_by_id(connue.compte).one(db).await?;
            noter_vue(db, connue, constat, maintenant).await?;
            (compte.ok_or(Erreur::NonConnecte)?, id)
        }
        (None, Some(agent)) => {
            let identite = attacher(db, &agent, fournisseur, constat, maintenant).await?;
            (agent, identite)
        }
        (None, None) => return Ok(Reconnu::Personne),
    };
    let agent = est_agent(db, &compte).await?;
    admettre(plateforme, agent)?;
    Ok(Reconnu::Compte { compte, identite, agent })
}

/// Agents sign in with ProConnect, whose levels are known.
pub(super) fn admettre(plateforme: &Plateforme, agent: bool) -> Result<(), Echec> {
    match plateforme.reglage.fournisseur {
        Fournisseur::FranceConnect if agent => {
            Err(plateforme.refuser(Refus::Agent, "an agent's account"))
        }
        _ => Ok(()),
    }
}

/// Whether an account examines or manages a démarche.
pub(super) async fn est_agent(
    db: &impl ConnectionTrait,
    compte: &compte::Model,
) -> Result<bool, Echec> {
    autorisations::un_agent(db, compte.id).await
}

async fn trouver(
    db: &impl ConnectionTrait,
    constat: &Constat,
) -> Result<Option<identite::Model>, Echec> {
    Ok(identite::Entity::find()
        .filter(identite::Column::Emetteur.eq(&constat.emetteur))
        .filter(identite::Column::Sub.eq(&constat.sub))
        .one(db)
        .await?)
}

async fn agent_par_adresse(
    db: &impl ConnectionTrait,
    email: &str,
) -> Result<Option<compte::Model>, Echec> {
    if email.is_empty() {
        return Ok(None);
    }
    let Some(compte) = compte::par_email(db, email).await? else { return Ok(None) };
    Ok(est_agent(db, &compte).await?.then_some(compte))
}

async fn noter_vue(
    db: &impl ConnectionTrait,
    connue: identite::Model,
    constat: &Constat,
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    let mut vue = connue.into_active_model();
    vue.email = Set(constat.email.clone());
    vue.siret = Set(constat.siret.clone());
    vue.idp = Set(constat.idp.clone());
    vue.acr = Set(constat.acr.clone());
    vue.amr = Set(constat.amr_ecrit());
    vue.vue_le = Set(maintenant);
    vue.update(db).await?;
    Ok(())
}

/// Makes an identity that of an account that exists, whose owner is told. One that became another's meanwhile is
/// refused by the database.
pub(super) async fn attacher(
    db: &impl ConnectionTrait,
    compte: &compte::Model,
    fournisseur: Fournisseur,
    constat: &Constat,
    maintenant: DateTime<Utc>,
) -> Result<IdentiteId, Echec> {
    let identite = inserer(db, compte, fournisseur, constat, maintenant).await?;
    if compte.prenom.is_empty() && compte.nom.is_empty() {
        let mut nomme = compte.clone().into_active_model();
        (nomme.prenom, nomme.nom) = (Set(constat.prenom.clone()), Set(constat.nom.clone()));
        nomme.update(db).await?;
    }
    let courriel = Courriel::Identite { identite, compte: compte.id };
    taches::ajouter(db, &courriel, maintenant).await?;
    Ok(identite)
}

async fn inserer(
    db: &impl ConnectionTrait,
    compte: &compte::Model,
    fournisseur: Fournisseur,
    constat: &Constat,
    maintenant: DateTime<Utc>,
) -> Result<IdentiteId, Echec> {
    let ligne = identite::ActiveModel {
        compte: Set(compte.id),
        fournisseur: Set(fournisseur),
        emetteur: Set(constat.emetteur.clone()),
        sub: Set(constat.sub.clone()),
        email: Set(constat.email.clone()),
        siret: Set(constat.siret.clone()),
        idp: Set(constat.idp.clone()),
        acr: Set(constat.acr.clone()),
        amr: Set(constat.amr_ecrit()),
        cree_le: Set(maintenant),
        vue_le: Set(maintenant),
        ..Default::default()
    };
    let id = identite::Entity::insert(ligne).exec(db).await?.last_insert_id;
    let detail = Some(fournisseur.code().to_owned());
    let qui = Some(compte.id);
    let objet = Sujet::Compte(compte.id);
    journal::noter(db, qui, Action::IdentiteRattachee, objet, detail, maintenant).await?;
    Ok(id)
}

/// Opens an account without any role, at an address that has none, for whoever has that identity.
pub(super) async fn ouvrir_un_compte(
    db: &impl ConnectionTrait,
    email: &str,
    fournisseur: Fournisseur,
    constat: &Constat,
    maintenant: DateTime<Utc>,
) -> Result<(compte::Model, IdentiteId), Echec> {
    let ligne = compte::ActiveModel {
        email: Set(compte::normaliser(email)),
        // Nobody signs in with it until somebody chose it.
        mot_de_passe: Set(String::new()),
        prenom: Set(constat.prenom.clone()),
        nom: Set(constat.nom.clone()),
        cree_le: Set(maintenant),
        ..Default::default()
    };
    let compte = ligne.insert(db).await?;
    let detail = Some(fournisseur.code().to_owned());
    let objet = Sujet::Compte(compte.id);
    journal::noter(db, Some(compte.id), Action::CompteOuvert, objet, detail, maintenant).await?;
    let identite = inserer(db, &compte, fournisseur, constat, maintenant).await?;
    Ok((compte, identite))
}

/// Opens the session of an account, with the identity that was proven.
pub(super) async fn entrer(
    db: &impl ConnectionTrait,
    contexte: &Contexte,
    plateforme: &Plateforme,
    (compte, identite): (&compte::Model, IdentiteId),
    (constat, jeton_identite): (&Constat, &str),
    provenance: &Provenance,
    maintenant: DateTime<Utc>,
) -> Result<Entree, Echec> {
    let outils = &contexte.outils;
    let voie = Voie {
        moyen: plateforme.reglage.fournisseur.into(),
        deux_facteurs: plateforme.deux_facteurs(constat),
        identite: Some(identite),
        jeton_identite: Some(outils.coffre.sceller(jeton_identite.as_bytes(), &outils.hasard)),
    };
    let hasard = &outils.hasard;
    let jeton = sessions::commencer(db, compte.id, voie, provenance, hasard, maintenant).await?;
    metrics::counter!("connexions_total").increment(1);
    Ok(Entree::new(outils, compte, jeton))
}

/// The account of that number.
pub(super) async fn compte(
    db: &impl ConnectionTrait,
    id: CompteId,
) -> Result<compte::Model, Echec> {
    Ok(compte::Entity::find_by_id(id).one(db).await?.ok_or(Erreur::NonConnecte)?)
}
