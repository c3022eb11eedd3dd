//! « Inviter une personne à modifier ce dossier ».
//!
//! Somebody invited is known by their e-mail: accounts are opened by a link sent to it, so that holding the
//! account proves holding the address. What they may do is in [`crate::acces::autorisations`].

use crate::acces::autorisations;
use crate::acces::limites;
use crate::acces::tentatives::Tentatives;
use crate::socle::changement::Changement;
use crate::socle::erreur::{Echec, doublon};
use crate::tables::{compte, invite};
use crate::taches::Courriel;
use domain::dossier::EtatDossier;
use domain::ids::{DossierNumero, InviteId};
use domain::journal::Action;
use domain::role::Acteur;
use domain::sujet::Sujet;
use domain::vues::InviteVue;
use domain::{Champ, Erreur, Saisie, saisie};
use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait};

/// How many people may be invited to one dossier.
pub const INVITES_MAX: usize = 10;

/// The people invited to a dossier or a draft of one's own.
///
/// # Errors
/// [`Erreur::Introuvable`].
pub async fn lire(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DossierNumero,
) -> Result<Vec<InviteVue>, Echec> {
    titulaire(db, acteur, numero).await?;
    invite::du_dossier(db, numero).await
}

/// The people invited to a dossier of one's groupes, for « Personnes impliquées ».
///
/// # Errors
/// [`Erreur::Introuvable`].
pub async fn pour_l_instructeur(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DossierNumero,
) -> Result<Vec<InviteVue>, Echec> {
    autorisations::dossier_de_l_instructeur(db, acteur, numero).await?;
    invite::du_dossier(db, numero).await
}

/// Checks that the dossier or the draft is one's own; gives whether it may still be modified.
async fn titulaire(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DossierNumero,
) -> Result<bool, Echec> {
    match autorisations::dossier_de_l_usager(db, acteur, numero).await {
        Ok(dossier) => Ok(dossier.etat == EtatDossier::EnConstruction),
        Err(Echec::Metier(Erreur::Introuvable)) => {
            autorisations::brouillon(db, acteur, numero).await.map(|_| true)
        }
        Err(autre) => Err(autre),
    }
}

/// « Envoyer l'invitation »: the person gets a mail, and finds the dossier among theirs.
///
/// # Errors
/// [`Erreur::Introuvable`], [`Erreur::PlusModifiable`], [`Erreur::TropVite`], or an error about [`Champ::Email`].
pub async fn inviter(
    c: &Changement<'_>,
    tentatives: &Tentatives,
    numero: DossierNumero,
    email: &str,
) -> Result<(), Echec> {
    let modifiable = titulaire(&c.tx, c.acteur, numero).await?;
    let refus = |probleme| Erreur::champ(Champ::Email, probleme);
    let email = compte::normaliser(&saisie::email(Champ::Email, email)?);
    if !modifiable {
        return Err(Erreur::PlusModifiable.into());
    }
    if email == compte::normaliser(&c.acteur.email) {
        return Err(refus(Saisie::PropreAdresse).into());
    }
    let deja = invite::du_dossier(&c.tx, numero).await?;
    if deja.iter().any(|invite| invite.email == email) {
        return Err(refus(Saisie::DejaInvite(email)).into());
    }
    if deja.len() >= INVITES_MAX {
        return Err(refus(Saisie::TropDInvites(INVITES_MAX)).into());
    }
    // Withdrawn, an invitation leaves no row: what counts is that its mail was asked for.
    let compte = c.acteur.compte.to_string();
    tentatives.compter(limites::INVITATIONS, &[&compte], c.maintenant)?;
    let ligne = invite::ActiveModel {
        dossier: Set(numero),
        email: Set(email.clone()),
        invite_par: Set(c.acteur.compte),
        le: Set(c.maintenant),
        ..Default::default()
    };
    let id = match invite::Entity::insert(ligne).exec(&c.tx).await {
        // Another window was faster by an instant.
        Err(erreur) if doublon(&erreur) => return Err(refus(Saisie::DejaInvite(email)).into()),
        autre => autre?.last_insert_id,
    };
    c.prevoir(&Courriel::Invite { invite: id }).await?;
    conclure(c, numero, Action::PersonneInvitee, email).await
}

/// « Retirer » an invitation: at once the person finds the dossier no more. Done twice, it is not found.
///
/// # Errors
/// [`Erreur::Introuvable`].
pub async fn revoquer(c: &Changement<'_>, id: InviteId) -> Result<(), Echec> {
    let ligne = invite::Entity::find_by_id(id).one(&c.tx).await?.ok_or(Erreur::Introuvable)?;
    let numero = ligne.dossier;
    titulaire(&c.tx, c.acteur, numero).await?;
    invite::Entity::delete_by_id(id).exec(&c.tx).await?;
    conclure(c, numero, Action::InvitationRetiree, ligne.email).await
}

async fn conclure(
    c: &Changement<'_>,
    numero: DossierNumero,
    action: Action,
    email: String,
) -> Result<(), Echec> {
    c.noter(action, numero).await?;
    let mut sujets = invite::comptes(&c.tx, vec![email]).await?;
    sujets.extend([Sujet::Dossier(numero), Sujet::Compte(c.acteur.compte)]);
    c.annoncer(&sujets).await
}
