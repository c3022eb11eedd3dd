//! Telling the dossier of a rendez-vous, by hand: attaching, detaching, setting aside, and undoing.
//!
//! What a person decided is never changed by the automatic matching. Each gesture keeps what was before it.

mod geste;
mod page;

pub use geste::{Lieu, annuler};
pub(crate) use geste::{geste_annulable, gestes_recents};
pub use page::{a_rattacher, chercher};

use crate::acces::autorisations;
use crate::demarches_simplifiees::envois::porte;
use crate::rendez_vous::arrivee::consequences::{Lien, Suite};
use crate::socle::changement::Changement;
use crate::socle::erreur::Echec;
use crate::socle::verrous;
use crate::tables::agenda::signaler;
use crate::tables::message::RoleAuteur;
use crate::tables::rendez_vous::{Decision, lire};
use crate::tables::{dossier, proposition, rendez_vous};
use domain::ids::{DossierNumero, MessageId, RendezVousId};
use domain::rendez_vous::changement;
use domain::vues::RendezVousVue;
use domain::{Champ, Erreur, Saisie, message as textes};
use geste::Genre;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ConnectionTrait, EntityTrait, IntoActiveModel};
use std::collections::HashMap;

/// « Rattacher »: tells the dossier of a rendez-vous, as a booking that was matched by itself.
///
/// `numero` is what was typed or chosen. The same gesture twice is one.
///
/// # Errors
/// [`Erreur::Introuvable`], [`Erreur::RendezVousDejaRattache`], or an error about [`Champ::NumeroDossier`].
pub async fn rattacher(c: &Changement<'_>, id: RendezVousId, numero: &str) -> Result<(), Echec> {
    let ligne = prendre(c, id).await?;
    let dossier = dossier_choisi(c, &ligne, numero).await?;
    verrous::dossier(&c.tx, dossier.numero).await?;
    match ligne.dossier {
        Some(deja) if deja == dossier.numero => return Ok(()),
        Some(_) => return Err(Erreur::RendezVousDejaRattache.into()),
        None => {}
    }
    let proposition = proposition::a_lier(&c.tx, dossier.numero, ligne.organisation).await?;
    let lien = Lien {
        dossier: dossier.numero,
        // Without a proposition, whoever attaches it is told of what happens to it.
        instructeur: proposition.is_none().then_some(c.acteur.compte),
        proposition,
    };
    geste::noter(c, Genre::Rattacher, &ligne, Some(dossier.numero)).await?;
    attacher(c, ligne, &dossier, lien, Some(Decision::Rattache)).await
}

/// « Détacher » a rendez-vous of `numero`, on a page: it waits for another choice.
///
/// # Errors
/// [`Erreur::Introuvable`], [`Erreur::RendezVousDetache`].
pub async fn detacher(
    c: &Changement<'_>,
    id: RendezVousId,
    numero: DossierNumero,
    lieu: Lieu,
) -> Result<(), Echec> {
    let dossier = autorisations::dossier_de_l_instructeur(&c.tx, c.acteur, numero).await?;
    let ligne = verrouillee(&c.tx, id).await?;
    verrous::dossier(&c.tx, numero).await?;
    if ligne.dossier != Some(dossier.numero) {
        return Err(Erreur::RendezVousDetache.into());
    }
    let genre = match lieu {
        Lieu::Dossier(_) => Genre::DetacherDuDossier,
        Lieu::RendezVous(_) | Lieu::ARattacher => Genre::Detacher,
    };
    geste::noter(c, genre, &ligne, None).await?;
    let decision = Some(Decision::Detache);
    liberer(c, ligne, &dossier, decision).await
}

/// « Ce rendez-vous ne concerne aucun dossier ».
///
/// # Errors
/// [`Erreur::Introuvable`], [`Erreur::RendezVousDejaRattache`].
pub async fn ecarter(c: &Changement<'_>, id: RendezVousId) -> Result<(), Echec> {
    let ligne = prendre(c, id).await?;
    decider(c, ligne, Genre::Ecarter, Decision::AucunDossier).await
}

/// « Remettre parmi les rendez-vous à rattacher ».
///
/// # Errors
/// [`Erreur::Introuvable`], [`Erreur::RendezVousDejaRattache`].
pub async fn reprendre(c: &Changement<'_>, id: RendezVousId) -> Result<(), Echec> {
    let ligne = prendre(c, id).await?;
    decider(c, ligne, Genre::Reprendre, Decision::Detache).await
}

async fn decider(
    c: &Changement<'_>,
    ligne: rendez_vous::Model,
    genre: Genre,
    decision: Decision,
) -> Result<(), Echec> {
    if ligne.dossier.is_some() {
        return Err(Erreur::RendezVousDejaRattache.into());
    }
    if ligne.decision == Some(decision) {
        return Ok(());
    }
    geste::noter(c, genre, &ligne, None).await?;
    let organisation = ligne.organisation;
    let mut change = ligne.into_active_model();
    change.decision = Set(Some(decision));
    change.update(&c.tx).await?;
    signaler(&c.tx, organisation, c.maintenant).await
}

/// A rendez-vous of an agenda of one's démarches, that nobody else can change until the end of this change.
async fn prendre(c: &Changement<'_>, id: RendezVousId) -> Result<rendez_vous::Model, Echec> {
    autorisations::rendez_vous_de_l_agenda(&c.tx, c.acteur, id).await?;
    verrouillee(&c.tx, id).await
}

async fn verrouillee(
    db: &impl ConnectionTrait,
    id: RendezVousId,
) -> Result<rendez_vous::Model, Echec> {
    let trouver = async || -> Result<rendez_vous::Model, Echec> {
        let ligne = rendez_vous::Entity::find_by_id(id).one(db).await?;
        let attachable = |l: &rendez_vous::Model| l.decision != Some(Decision::Collectif);
        ligne.filter(attachable).ok_or(Erreur::Introuvable.into())
    };
    let ligne = trouver().await?;
    verrous::rendez_vous(db, ligne.organisation, ligne.rdv).await?;
    trouver().await
}

async fn dossier_choisi(
    c: &Changement<'_>,
    ligne: &rendez_vous::Model,
    numero: &str,
) -> Result<dossier::Model, Echec> {
    let refuser = |probleme| Echec::from(Erreur::champ(Champ::NumeroDossier, probleme));
    if numero.trim().is_empty() {
        return Err(refuser(Saisie::Vide));
    }
    let numero = domain::recherche::numero(numero).ok_or_else(|| refuser(Saisie::PasUnNumero))?;
    let numero = DossierNumero(numero);
    let dossier = match autorisations::dossier_de_l_instructeur(&c.tx, c.acteur, numero).await {
        Err(Echec::Metier(Erreur::Introuvable)) => {
            return Err(refuser(Saisie::DossierInconnu(numero)));
        }
        autre => autre?,
    };
    if dossier::demarche(&c.tx, &dossier).await?.organisation != Some(ligne.organisation) {
        return Err(refuser(Saisie::AutreAgenda(numero)));
    }
    Ok(dossier)
}

/// Attaches: the same as for a booking that was matched by itself. What the dossier has already been told is
/// not told again.
async fn attacher(
    c: &Changement<'_>,
    ligne: rendez_vous::Model,
    dossier: &dossier::Model,
    lien: Lien,
    decision: Option<Decision>,
) -> Result<(), Echec> {
    let etat = lire(&ligne)?;
    let (id, organisation) = (ligne.id, ligne.organisation);
    let suite = Suite { id, lien, organisation, etat: &etat };
    let deja_dit = suite.deja_dit(&c.tx).await?;
    let dit = if deja_dit { None } else { changement(None, &etat, c.maintenant) };
    let mut change = ligne.into_active_model();
    change.dossier = Set(Some(lien.dossier));
    change.proposition = Set(lien.proposition);
    change.instructeur = Set(lien.instructeur);
    change.decision = Set(decision);
    if dit.is_some() {
        change.change_le = Set(c.maintenant);
    }
    change.update(&c.tx).await?;
    suite.repercuter(&c.tx, dit.as_ref(), c.maintenant).await?;
    if deja_dit {
        let corps = textes::rattachement(&etat.contenu.horaire);
        let visio = etat.contenu.visio.clone();
        suite.dire(&c.tx, dossier, RoleAuteur::Systeme, corps, visio, c.maintenant).await?;
    }
    signaler(&c.tx, organisation, c.maintenant).await
}

/// Detaches: nothing of the rendez-vous is left in the dossier but what was said, and that it was a mistake.
async fn liberer(
    c: &Changement<'_>,
    ligne: rendez_vous::Model,
    dossier: &dossier::Model,
    decision: Option<Decision>,
) -> Result<(), Echec> {
    let Some(lien) = Lien::de(&ligne) else { return Ok(()) };
    let etat = lire(&ligne)?;
    let organisation = ligne.organisation;
    let suite = Suite { id: ligne.id, lien, organisation, etat: &etat };
    let mut change = ligne.into_active_model();
    change.dossier = Set(None);
    change.proposition = Set(None);
    change.instructeur = Set(None);
    change.decision = Set(decision);
    change.update(&c.tx).await?;
    suite.liberer_proposition(&c.tx, c.maintenant).await?;
    suite.oublier(&c.tx, &etat.contenu.personnes).await?;
    if suite.deja_dit(&c.tx).await? {
        let corps = textes::detachement(&etat.contenu.horaire);
        suite.dire(&c.tx, dossier, RoleAuteur::Systeme, corps, None, c.maintenant).await?;
    }
    porte::suivre(&c.tx, dossier, c.maintenant).await?;
    c.annoncer(&dossier::sujets(dossier)).await?;
    signaler(&c.tx, organisation, c.maintenant).await
}

/// The latest message about each of the rendez-vous attached to a dossier, and which one it is. `messages`: all those of
/// the dossier, the first one first, and the rendez-vous that each tells of.
pub(crate) fn detachables(
    siens: &[(rendez_vous::Model, RendezVousVue)],
    messages: &[(MessageId, Option<RendezVousId>)],
) -> HashMap<MessageId, RendezVousId> {
    let dernier = |id: RendezVousId| messages.iter().rev().find(|(_, de)| *de == Some(id));
    let derniers = siens.iter().filter_map(|(ligne, _)| Some((dernier(ligne.id)?.0, ligne.id)));
    derniers.collect()
}
