//! « Choisir le créneau moi-même »: the instructeur gives the rendez-vous on RDV Service Public.
//!
//! A plan there is for one person and belongs to the agent who made it. No webhook speaks of plans: one that
//! comes about the person of a plan still open has the plan read again, and a rendez-vous that the plan names
//! belongs to its dossier for sure.

use crate::acces::autorisations;
use crate::contexte::Contexte;
use crate::plateforme::client::api::{Api, PersonneDuPlan, Plan};
use crate::plateforme::comptes_rdv;
use crate::rendez_vous::liens_personnels;
use crate::rendez_vous::propositions;
use crate::rendez_vous::rattachements;
use crate::socle::changement::Changement;
use crate::socle::erreur::Echec;
use crate::socle::verrous;
use crate::tables::plan_rdv::EtatPlan;
use crate::tables::rendez_vous::Decision;
use crate::tables::{agenda, compte, compte_rdv, demarche, plan_rdv, rendez_vous};
use crate::taches::{self, Demande};
use chrono::{DateTime, Utc};
use domain::ids::{DossierNumero, PlanId, RdvId, RdvUserId};
use domain::journal::Action;
use domain::plateforme::ErreurPlateforme;
use domain::role::Acteur;
use domain::{Erreur, visio::Origine};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder,
};
use url::Url;

/// Gives the page of RDV Service Public where the instructeur chooses the slot. The plan that they left
/// open for this dossier serves again.
///
/// # Errors
/// As for proposing ([`propositions::proposer`]), or [`Erreur::Plateforme`].
pub async fn ouvrir(
    contexte: &Contexte,
    acteur: &Acteur,
    numero: DossierNumero,
) -> Result<Url, Echec> {
    let maintenant = contexte.horloge.maintenant();
    let db = contexte.base.lire();
    let dossier = autorisations::dossier_de_l_instructeur(db, acteur, numero).await?;
    let (agenda, organisation) = propositions::permettre(db, &dossier, maintenant).await?;
    let hote = agenda.origin().ascii_serialization();
    if !comptes_rdv::active(db, acteur.compte, &hote).await? {
        return Err(ErreurPlateforme::NonConnecte.into());
    }
    if let Some(ouvert) = ouvert(db, acteur, numero, &hote).await?
        && let Some(page) = page(&ouvert.url, &agenda)
    {
        return Ok(page);
    }
    let personne = PersonneDuPlan {
        id: liens_personnels::connue(db, dossier.usager, organisation).await?,
        personne: liens_personnels::personne(db, &dossier).await?,
    };
    let plan = creer(contexte, acteur, &hote, numero, personne).await?;
    let page = page(&plan.url, &agenda).ok_or(ErreurPlateforme::ReponseIllisible)?;
    contexte.changer(acteur, async |c| retenir(c, &hote, numero, &plan).await).await?;
    Ok(page)
}

/// An address of the agenda's own site.
fn page(url: &str, agenda: &Url) -> Option<Url> {
    let site = Origine::de(agenda)?;
    Url::parse(url).ok().filter(|url| site.contient(url))
}

async fn ouvert(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DossierNumero,
    hote: &str,
) -> Result<Option<plan_rdv::Model>, Echec> {
    Ok(plan_rdv::Entity::find()
        .filter(plan_rdv::Column::Dossier.eq(numero))
        .filter(plan_rdv::Column::Instructeur.eq(acteur.compte))
        .filter(plan_rdv::Column::Hote.eq(hote))
        .filter(plan_rdv::Column::Etat.eq(EtatPlan::Ouvert))
        .order_by_desc(plan_rdv::Column::Id)
        .one(db)
        .await?)
}

async fn creer(
    contexte: &Contexte,
    acteur: &Acteur,
    hote: &str,
    numero: DossierNumero,
    personne: PersonneDuPlan,
) -> Result<Plan, Echec> {
    let base = &contexte.outils.reglages.app_url;
    let retour = base.join(&format!("/instructeur/dossiers/{numero}/messagerie"));
    let dossier = base.join(&format!("/instructeur/dossiers/{numero}"));
    let (Ok(retour), Ok(dossier)) = (retour, dossier) else {
        return Err(Echec::Inutilisable("address of this application"));
    };
    comptes_rdv::avec_api(contexte, acteur.compte, hote, |api| {
        let (personne, retour, dossier) = (personne.clone(), retour.clone(), dossier.clone());
        async move {
            match api.creer_plan(&personne, &retour, &dossier).await {
                // Merged into another record, or out of reach of this agent: found by e-mail then.
                Err(ErreurPlateforme::Introuvable | ErreurPlateforme::Refuse)
                    if personne.id.is_some() =>
                {
                    let personne = PersonneDuPlan { id: None, ..personne };
                    api.creer_plan(&personne, &retour, &dossier).await
                }
                resultat => resultat,
            }
        }
    })
    .await
}

async fn retenir(
    c: &Changement<'_>,
    hote: &str,
    numero: DossierNumero,
    plan: &Plan,
) -> Result<(), Echec> {
    let ligne = plan_rdv::ActiveModel {
        hote: Set(hote.to_owned()),
        plan: Set(plan.id),
        dossier: Set(numero),
        instructeur: Set(c.acteur.compte),
        personne: Set(plan.user_id),
        url: Set(plan.url.clone()),
        etat: Set(EtatPlan::Ouvert),
        rdv: Set(None),
        cree_le: Set(c.maintenant),
        ..Default::default()
    };
    plan_rdv::Entity::insert(ligne).exec_without_returning(&c.tx).await?;
    c.noter(Action::CreneauAChoisir, numero).await
}

/// Whether « Choisir le créneau moi-même » is shown for a dossier for which proposing is.
pub(crate) fn possible(demarche: &demarche::Model, connexion: Option<&compte_rdv::Model>) -> bool {
    demarche::agenda(demarche).is_some_and(|(agenda, _)| {
        comptes_rdv::connecte(connexion, &agenda.origin().ascii_serialization())
    })
}

/// A notification spoke of these persons: their open plans are read again, after the change.
pub(crate) async fn signaler(
    db: &impl ConnectionTrait,
    organisation: &agenda::Model,
    personnes: impl Iterator<Item = RdvUserId>,
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    let personnes: Vec<RdvUserId> = personnes.collect();
    if personnes.is_empty() {
        return Ok(());
    }
    let plans = plan_rdv::Entity::find()
        .filter(plan_rdv::Column::Hote.eq(&organisation.hote))
        .filter(plan_rdv::Column::Personne.is_in(personnes))
        .filter(plan_rdv::Column::Etat.eq(EtatPlan::Ouvert))
        .all(db)
        .await?;
    for plan in plans {
        taches::ajouter(db, &Demande::Plan { plan: plan.id }, maintenant).await?;
    }
    Ok(())
}

/// Reads a plan again and attaches the rendez-vous that it names: the task. Harmless when done twice.
///
/// # Errors
/// It may be tried again.
pub(crate) async fn confirmer(contexte: &Contexte, id: PlanId) -> Result<(), Echec> {
    let plan = plan_rdv::Entity::find_by_id(id).one(contexte.base.lire()).await?;
    let Some(plan) = plan.filter(|plan| plan.etat == EtatPlan::Ouvert) else { return Ok(()) };
    let (agent, numero) = (plan.instructeur, plan.plan);
    let geste = |api: Api| async move { api.plan(numero).await };
    match comptes_rdv::avec_api(contexte, agent, &plan.hote, geste).await {
        // Another rendez-vous of the same person: the plan still waits for its own.
        Ok(Plan { rdv: None, .. }) => Ok(()),
        Ok(Plan { rdv: Some(rdv), .. }) => conclure(contexte, plan, rdv.id).await,
        Err(Echec::Metier(Erreur::Plateforme(ErreurPlateforme::Introuvable))) => {
            let tx = contexte.base.ecrire().await?;
            changer(&tx, plan, EtatPlan::Perdu, None).await?;
            tx.valider().await
        }
        Err(Echec::Metier(Erreur::Plateforme(erreur))) if !erreur.passagere() => {
            // Whoever examines the dossier attaches it by hand.
            tracing::warn!(plan = id.0, code = erreur.code(), "a plan can't be read again");
            Ok(())
        }
        Err(autre) => Err(autre),
    }
}

async fn conclure(contexte: &Contexte, plan: plan_rdv::Model, rdv: RdvId) -> Result<(), Echec> {
    let maintenant = contexte.horloge.maintenant();
    let tx = contexte.base.ecrire().await?;
    // Its own notification has not come yet: the plan is read again then.
    let Some(ligne) = recu(&tx, &plan.hote, rdv).await? else { return Ok(()) };
    let agent = compte::Entity::find_by_id(plan.instructeur).one(&tx).await?;
    let agent = agent.ok_or(Echec::illisible("plans_rdv", "instructeur", plan.id))?;
    let agent = Acteur::interne(agent.id, agent.email);
    let c = Changement { tx, acteur: &agent, outils: &contexte.outils, maintenant };
    match attacher(&c, &plan, &ligne).await {
        Ok(()) => {}
        // Not the instructeur's dossier any more: somebody else attaches it by hand.
        Err(Echec::Metier(erreur)) => {
            tracing::warn!(plan = plan.id.0, %erreur, "the rendez-vous of a plan stays as it is");
        }
        Err(autre) => return Err(autre),
    }
    changer(&c.tx, plan, EtatPlan::Pris, Some(rdv)).await?;
    c.valider().await
}

/// A rendez-vous of a site, as it was received.
async fn recu(
    db: &impl ConnectionTrait,
    hote: &str,
    rdv: RdvId,
) -> Result<Option<rendez_vous::Model>, Echec> {
    let du_site = agenda::Entity::find()
        .filter(agenda::Column::Hote.eq(hote))
        .all(db)
        .await?
        .into_iter()
        .map(|organisation| organisation.id);
    Ok(rendez_vous::Entity::find()
        .filter(rendez_vous::Column::Organisation.is_in(du_site))
        .filter(rendez_vous::Column::Rdv.eq(rdv))
        .filter(rendez_vous::Column::Participant.eq(rendez_vous::LUI_MEME))
        .one(db)
        .await?)
}

/// In the name of whoever made the plan: it is stronger than any match, and weaker than what a person decided.
async fn attacher(
    c: &Changement<'_>,
    plan: &plan_rdv::Model,
    ligne: &rendez_vous::Model,
) -> Result<(), Echec> {
    let id = ligne.id;
    verrous::rendez_vous(&c.tx, ligne.organisation, ligne.rdv).await?;
    verrous::dossiers(&c.tx, &ligne.dossier.into_iter().chain([plan.dossier]).collect()).await?;
    let decide = ligne.decision == Some(Decision::Rattache);
    match ligne.dossier {
        Some(dossier) if dossier == plan.dossier || decide => return Ok(()),
        Some(autre) => {
            let lieu = rattachements::Lieu::ARattacher;
            rattachements::detacher(c, id, autre, lieu).await?;
        }
        None => {}
    }
    rattachements::rattacher(c, id, &plan.dossier.to_string()).await
}

async fn changer(
    db: &impl ConnectionTrait,
    plan: plan_rdv::Model,
    etat: EtatPlan,
    rdv: Option<RdvId>,
) -> Result<(), Echec> {
    let mut change = plan.into_active_model();
    change.etat = Set(etat);
    change.rdv = Set(rdv);
    change.update(db).await?;
    Ok(())
}
