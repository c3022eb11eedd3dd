//! The messages of a dossier, as they are read.

use crate::acces::autorisations::{self, Qualite};
use crate::dossier::pieces::{self};
use crate::rendez_vous::liens_personnels;
use crate::rendez_vous::montrer;
use crate::rendez_vous::rattachements;
use crate::socle::erreur::Echec;
use crate::socle::outils::Outils;
use crate::socle::temps;
use crate::tables::message::RoleAuteur;
use crate::tables::{compte, correction, dossier, message, proposition};
use chrono::{DateTime, Utc};
use domain::cle::CleDeFormulaire;
use domain::correction::EtatCorrection;
use domain::ids::{CompteId, DossierNumero, PropositionId};
use domain::message::{GenreMessage, TELEPHONE, pour_l_interesse};
use domain::proposition::EtatProposition;
use domain::role::{Acteur, Role};
use domain::vues::{Auteur, MessageVue, Messagerie, PieceVue};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use std::collections::HashMap;

/// What stands in place of a link that is not for the reader.
const LIEN_RESERVE: &str = "(lien réservé à la personne qui a déposé le dossier)";

/// The thread of a dossier of one's own.
///
/// # Errors
/// [`domain::Erreur::Introuvable`].
pub async fn fil_usager(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DossierNumero,
    maintenant: DateTime<Utc>,
) -> Result<Messagerie, Echec> {
    let (_, qualite) = autorisations::dossier_partage(db, acteur, numero).await?;
    let mut fil = fil(db, acteur, numero, Role::Usager, maintenant).await?;
    fil.invite = qualite == Qualite::Invite;
    fil.messages = fil.messages.into_iter().map(|message| pour(qualite, message)).collect();
    Ok(fil)
}

/// A message as the usager's side reads it. Somebody invited sees neither the address where the slot is chosen,
/// lest they book in their own name, nor the video room, where only the one who filed the dossier is expected.
pub(crate) fn pour(qualite: Qualite, message: MessageVue) -> MessageVue {
    match (qualite, &message.lien) {
        (Qualite::Invite, Some(lien)) => MessageVue {
            corps: message.corps.replace(lien.as_str(), LIEN_RESERVE),
            lien: None,
            invitation: None,
            ..message
        },
        _ => message,
    }
}

/// The thread of a dossier of one's groupes.
///
/// # Errors
/// [`domain::Erreur::Introuvable`].
pub async fn fil_instructeur(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DossierNumero,
    maintenant: DateTime<Utc>,
) -> Result<Messagerie, Echec> {
    let dossier = autorisations::dossier_de_l_instructeur(db, acteur, numero).await?;
    let organisation = dossier::demarche(db, &dossier).await?.organisation;
    let mut fil = fil(db, acteur, numero, Role::Instructeur, maintenant).await?;
    super::lus::completer(db, &dossier, &mut fil.messages).await?;
    let detachables = rattachements::detachables(db, numero).await?;
    for message in &mut fil.messages {
        message.detachable = detachables.get(&message.id).copied();
    }
    let lieu = rattachements::Lieu::Dossier(numero);
    fil.geste = rattachements::geste_annulable(db, acteur, organisation, lieu, maintenant).await?;
    Ok(fil)
}

async fn fil(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DossierNumero,
    lecteur: Role,
    maintenant: DateTime<Utc>,
) -> Result<Messagerie, Echec> {
    let lignes = message::Entity::find()
        .filter(message::Column::Dossier.eq(numero))
        .order_by_asc(message::Column::Id)
        .all(db)
        .await?;
    Ok(Messagerie {
        messages: montrer(db, acteur, lecteur, lignes, maintenant).await?,
        precedents: 0,
        annee: temps::annee(maintenant),
        cle: CleDeFormulaire::default(),
        geste: None,
        invite: false,
    })
}

/// The latest message of a dossier that was not deleted.
pub(crate) async fn dernier(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DossierNumero,
    lecteur: Role,
    maintenant: DateTime<Utc>,
) -> Result<Option<MessageVue>, Echec> {
    let ligne = message::Entity::find()
        .filter(message::Column::Dossier.eq(numero))
        .filter(message::Column::SupprimeLe.is_null())
        .order_by_desc(message::Column::Id)
        .one(db)
        .await?;
    Ok(montrer(db, acteur, lecteur, ligne.into_iter().collect(), maintenant).await?.pop())
}

async fn montrer(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    lecteur: Role,
    mut lignes: Vec<message::Model>,
    maintenant: DateTime<Utc>,
) -> Result<Vec<MessageVue>, Echec> {
    mettre_les_liens_a_jour(db, &mut lignes, maintenant).await?;
    let auteurs: HashMap<CompteId, compte::Model> = compte::Entity::find()
        .filter(compte::Column::Id.is_in(lignes.iter().map(|m| m.auteur)))
        .all(db)
        .await?
        .into_iter()
        .map(|compte| (compte.id, compte))
        .collect();
    let titulaire = match lignes.first() {
        Some(ligne) => dossier::Entity::find_by_id(ligne.dossier).one(db).await?.map(|d| d.usager),
        None => None,
    };
    let propositions: HashMap<PropositionId, EtatProposition> = proposition::Entity::find()
        .filter(proposition::Column::Id.is_in(lignes.iter().filter_map(|m| m.proposition)))
        .all(db)
        .await?
        .into_iter()
        .map(|p| (p.id, p.etat))
        .collect();
    let mut invitations = match lecteur {
        Role::Instructeur => {
            liens_personnels::pour_l_instructeur(db, propositions.keys().copied()).await?
        }
        _ => HashMap::new(),
    };
    let corrections = correction::des_messages(db, &lignes).await?;
    let visibles = lignes.iter().filter(|m| m.supprime_le.is_none()).map(|m| m.id).collect();
    let mut pieces = pieces::des_messages(db, visibles).await?;
    lignes
        .into_iter()
        .map(|ligne| {
            let siennes = pieces.remove(&ligne.id).unwrap_or_default();
            let auteur = auteurs.get(&ligne.auteur);
            let correction =
                correction::du_message(&ligne).and_then(|id| corrections.get(&id).copied());
            let invite = titulaire.is_some_and(|titulaire| titulaire != ligne.auteur);
            let id = ligne.proposition;
            let proposition = id.and_then(|id| propositions.get(&id).copied());
            let mut vue = montrer_un(acteur, lecteur, ligne, auteur, proposition, siennes)?;
            if invite && vue.auteur == Auteur::Usager {
                vue.nom.push_str(" (personne invitée)");
            }
            vue.correction = correction.filter(|_| vue.genre == GenreMessage::Correction);
            vue.retirable |= lecteur == Role::Instructeur
                && !vue.supprime
                && vue.correction == Some(EtatCorrection::Demandee);
            if vue.proposition == Some(EtatProposition::Proposee) && !vue.supprime {
                vue.invitation = id.and_then(|id| invitations.remove(&id));
            }
            Ok(vue)
        })
        .collect()
}

/// The link to a video room stays on an automatic message as long as somebody is expected in that room; the number to
/// call is there as long as somebody is to be called.
async fn mettre_les_liens_a_jour(
    db: &impl ConnectionTrait,
    lignes: &mut [message::Model],
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    let automatique = GenreMessage::RendezVous;
    let Some(dossier) = lignes.iter().find(|l| l.genre == automatique).map(|l| l.dossier) else {
        return Ok(());
    };
    let attendus = montrer::a_venir(db, dossier, maintenant).await?;
    for ligne in lignes.iter_mut().filter(|ligne| ligne.genre == automatique) {
        let visio = |lien: &String| attendus.iter().any(|rdv| rdv.visio.as_ref() == Some(lien));
        let sien = attendus.iter().find(|rdv| Some(rdv.id) == ligne.rendez_vous);
        let telephone = sien.and_then(|rdv| rdv.telephone.as_ref());
        ligne.lien = ligne
            .lien
            .take()
            .filter(visio)
            .or_else(|| telephone.map(|telephone| format!("{TELEPHONE}{telephone}")));
    }
    Ok(())
}

fn montrer_un(
    acteur: &Acteur,
    lecteur: Role,
    ligne: message::Model,
    compte: Option<&compte::Model>,
    proposition: Option<EtatProposition>,
    pieces: Vec<PieceVue>,
) -> Result<MessageVue, Echec> {
    let (role, genre) = (ligne.role_auteur, ligne.genre);
    let sien = ligne.auteur == acteur.compte;
    let (auteur, nom) = match (role, compte) {
        (RoleAuteur::Systeme, _) | (_, None) => (Auteur::Systeme, String::new()),
        (RoleAuteur::Usager, Some(_)) if lecteur == Role::Usager && sien => {
            (Auteur::Moi, String::new())
        }
        (RoleAuteur::Instructeur, Some(_)) if lecteur == Role::Instructeur && sien => {
            (Auteur::Moi, String::new())
        }
        (RoleAuteur::Usager, Some(compte)) => (Auteur::Usager, compte.email.clone()),
        (RoleAuteur::Instructeur, Some(compte)) => (Auteur::Instructeur, compte::nom(compte)),
    };
    let supprime = ligne.supprime_le.is_some();
    let supprimable =
        lecteur == Role::Instructeur && !supprime && super::suppression::permise(acteur, &ligne);
    Ok(MessageVue {
        id: ligne.id,
        auteur,
        nom,
        genre,
        corps: match genre {
            _ if supprime => String::new(),
            GenreMessage::RendezVous if auteur == Auteur::Moi => pour_l_interesse(&ligne.corps),
            _ => ligne.corps,
        },
        lien: ligne.lien.filter(|_| !supprime),
        le: temps::a_paris(ligne.ecrit_le),
        supprime,
        proposition: proposition.filter(|_| genre == GenreMessage::Proposition),
        invitation: None,
        correction: None,
        retirable: lecteur == Role::Instructeur
            && genre == GenreMessage::Proposition
            && !supprime
            && proposition == Some(EtatProposition::Proposee),
        supprimable,
        lu: None,
        detachable: None,
        pieces,
    })
}

/// The thread of a dossier of one's own, with one's personal link; of one that one is invited to, without it.
///
/// # Errors
/// [`domain::Erreur::Introuvable`].
pub async fn fil_avec_lien(
    db: &impl ConnectionTrait,
    outils: &Outils,
    acteur: &Acteur,
    numero: DossierNumero,
    maintenant: DateTime<Utc>,
) -> Result<Messagerie, Echec> {
    let mut fil = fil_usager(db, acteur, numero, maintenant).await?;
    if fil.invite {
        return Ok(fil);
    }
    if let Some(lien) = liens_personnels::lien_de(db, outils, numero).await? {
        fil.messages.iter_mut().for_each(|message| liens_personnels::personnaliser(message, &lien));
    }
    Ok(fil)
}
