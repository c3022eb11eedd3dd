//! Who may see and do what: the one place that decides.
//!
//! What one may not see is not found, exactly as what does not exist.

use crate::socle::coffre;
use crate::socle::erreur::Echec;
use crate::tables::{
    administrateur, avis, brouillon, demarche, dossier, groupe, instructeur, invite, jeton_avis,
    message, piece_jointe, rendez_vous,
};
use chrono::{DateTime, Utc};
use domain::Erreur;
use domain::avis::EtatAvis;
use domain::ids::{
    AgendaId, AvisId, CompteId, DemarcheNumero, DossierNumero, GroupeId, PieceId, RendezVousId,
};
use domain::role::{Acteur, Role};
use domain::sujet::Sujet;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, Select};

/// A dossier of one's own, for an usager.
///
/// # Errors
/// [`Erreur::Introuvable`] for anybody else.
pub async fn dossier_de_l_usager(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DossierNumero,
) -> Result<dossier::Model, Echec> {
    dossier::trouver(numero)
        .filter(dossier::Column::Usager.eq(acteur.compte))
        .one(db)
        .await?
        .ok_or(Erreur::Introuvable.into())
}

/// How one stands to a dossier that one sees on the usager's side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Qualite {
    /// One filed it.
    Titulaire,
    /// Whoever filed it invited one to modify it: to read it, to answer its form and to write in its messagerie
    /// in one's own name. Neither to file, delete or restore it, nor to invite, nor to declare a correction done,
    /// nor to see what is personal to the one who filed it: their links and their rendez-vous.
    Invite,
}

/// A dossier of one's own, or that one is invited to modify.
///
/// # Errors
/// [`Erreur::Introuvable`] for anybody else.
pub async fn dossier_partage(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DossierNumero,
) -> Result<(dossier::Model, Qualite), Echec> {
    let dossier = dossier::trouver(numero).one(db).await?.ok_or(Erreur::Introuvable)?;
    let qualite = qualite(db, acteur, numero, dossier.usager).await?;
    Ok((dossier, qualite))
}

async fn qualite(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DossierNumero,
    titulaire: CompteId,
) -> Result<Qualite, Echec> {
    if titulaire == acteur.compte {
        Ok(Qualite::Titulaire)
    } else if invite::invite_a(db, acteur, numero).await? {
        Ok(Qualite::Invite)
    } else {
        Err(Erreur::Introuvable.into())
    }
}

/// A dossier of one's own that was not deleted, or was after `depuis`.
///
/// # Errors
/// [`Erreur::Introuvable`] for anybody else, and once it is too late.
pub async fn dossier_restaurable(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DossierNumero,
    depuis: DateTime<Utc>,
) -> Result<dossier::Model, Echec> {
    let dossier = dossier::Entity::find_by_id(numero)
        .filter(dossier::Column::Usager.eq(acteur.compte))
        .one(db)
        .await?
        .ok_or(Erreur::Introuvable)?;
    let restaurable = dossier.supprime_le.is_none_or(|le| le > depuis);
    if restaurable { Ok(dossier) } else { Err(Erreur::Introuvable.into()) }
}

/// A dossier of one's groupes, for an instructeur.
///
/// # Errors
/// [`Erreur::Introuvable`] for anybody else.
pub async fn dossier_de_l_instructeur(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DossierNumero,
) -> Result<dossier::Model, Echec> {
    let dossier = dossier::trouver(numero).one(db).await?.ok_or(Erreur::Introuvable)?;
    let membre = instructeur::Entity::find_by_id((dossier.groupe, acteur.compte)).one(db).await?;
    if membre.is_some() { Ok(dossier) } else { Err(Erreur::Introuvable.into()) }
}

/// A file of a dossier or of a draft that one may see. Those of a message go with it.
///
/// # Errors
/// [`Erreur::Introuvable`] for anybody else.
pub async fn piece(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    id: PieceId,
) -> Result<piece_jointe::Model, Echec> {
    let piece = piece_jointe::Entity::find_by_id(id).one(db).await?.ok_or(Erreur::Introuvable)?;
    if let Some(message) = piece.message {
        let message = message::Entity::find_by_id(message).one(db).await?;
        message.filter(|m| m.supprime_le.is_none()).ok_or(Erreur::Introuvable)?;
    }
    let numero = piece.dossier;
    // What is joined to a request for an opinion, or to the opinion, is never the usager's.
    if piece.avis.is_some() {
        return dossier_de_l_instructeur(db, acteur, numero).await.map(|_| piece);
    }
    match dossier_partage(db, acteur, numero).await {
        Err(Echec::Metier(Erreur::Introuvable)) => {}
        lu => return lu.map(|_| piece),
    }
    match dossier_de_l_instructeur(db, acteur, numero).await {
        Err(Echec::Metier(Erreur::Introuvable)) => {}
        lu => return lu.map(|_| piece),
    }
    brouillon_partage(db, acteur, numero).await.map(|_| piece)
}

/// A draft of one's own, or that one is invited to fill in.
///
/// # Errors
/// [`Erreur::Introuvable`] for anybody else.
pub async fn brouillon_partage(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DossierNumero,
) -> Result<(brouillon::Model, Qualite), Echec> {
    let brouillon = brouillon::Entity::find_by_id(numero).one(db).await?;
    let brouillon = brouillon.ok_or(Erreur::Introuvable)?;
    let qualite = qualite(db, acteur, numero, brouillon.usager).await?;
    Ok((brouillon, qualite))
}

/// The request for an opinion that the token of a personal link opens, and its dossier: for whoever holds the
/// link, without an account. A link that is wrong, expired or withdrawn opens nothing, and says nothing.
///
/// # Errors
/// [`Erreur::Introuvable`].
pub async fn avis_de_l_expert(
    db: &impl ConnectionTrait,
    jeton: &str,
    maintenant: DateTime<Utc>,
) -> Result<(avis::Model, dossier::Model), Echec> {
    let lien = jeton_avis::Entity::find_by_id(coffre::empreinte(jeton)).one(db).await?;
    let lien = lien.ok_or(Erreur::Introuvable)?;
    let avis = avis::Entity::find_by_id(lien.avis)
        .filter(avis::Column::ExpireLe.gt(maintenant))
        .filter(avis::Column::Etat.ne(EtatAvis::Revoque))
        .one(db)
        .await?
        .ok_or(Erreur::Introuvable)?;
    let dossier = dossier::trouver(avis.dossier).one(db).await?.ok_or(Erreur::Introuvable)?;
    Ok((avis, dossier))
}

/// The opinions of others that the expert who was asked for `sien` reads: those given about the same dossier, that
/// are not kept to its instructeurs.
pub(crate) fn avis_partages(sien: &avis::Model) -> Select<avis::Entity> {
    avis::Entity::find()
        .filter(avis::Column::Dossier.eq(sien.dossier))
        .filter(avis::Column::Id.ne(sien.id))
        .filter(avis::Column::Confidentiel.eq(false))
        .filter(avis::Column::Etat.is_in([EtatAvis::Rendu, EtatAvis::Clos]))
}

/// A file that an expert may see: those of the form, those joined to their question, and those of an answer that
/// they may read. Once their own opinion is closed, none but what they joined to it.
///
/// # Errors
/// [`Erreur::Introuvable`].
pub async fn piece_de_l_expert(
    db: &impl ConnectionTrait,
    jeton: &str,
    id: PieceId,
    maintenant: DateTime<Utc>,
) -> Result<piece_jointe::Model, Echec> {
    let (avis, dossier) = avis_de_l_expert(db, jeton, maintenant).await?;
    let piece = piece_jointe::Entity::find_by_id(id).one(db).await?.ok_or(Erreur::Introuvable)?;
    let ouvert = avis.etat != EtatAvis::Clos;
    let d_un_expert = piece.compte.is_none();
    let visible = match piece.avis {
        Some(sien) if sien == avis.id => ouvert || d_un_expert,
        Some(autre) if ouvert && d_un_expert => {
            avis_partages(&avis).filter(avis::Column::Id.eq(autre)).one(db).await?.is_some()
        }
        Some(_) => false,
        None => ouvert && piece.dossier == dossier.numero && piece.champ.is_some(),
    };
    if visible { Ok(piece) } else { Err(Erreur::Introuvable.into()) }
}

/// A request for an opinion about a dossier of one's groupes, for an instructeur.
///
/// # Errors
/// [`Erreur::Introuvable`] for anybody else.
pub async fn avis_de_l_instructeur(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    id: AvisId,
) -> Result<(avis::Model, dossier::Model), Echec> {
    let avis = avis::Entity::find_by_id(id).one(db).await?.ok_or(Erreur::Introuvable)?;
    let dossier = dossier_de_l_instructeur(db, acteur, avis.dossier).await?;
    Ok((avis, dossier))
}

/// A draft of one's own.
///
/// # Errors
/// [`Erreur::Introuvable`] for anybody else.
pub async fn brouillon(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DossierNumero,
) -> Result<brouillon::Model, Echec> {
    brouillon::Entity::find_by_id(numero)
        .filter(brouillon::Column::Usager.eq(acteur.compte))
        .one(db)
        .await?
        .ok_or(Erreur::Introuvable.into())
}

/// A démarche and those of its groupes that one belongs to, for an instructeur.
///
/// # Errors
/// [`Erreur::Introuvable`] for somebody who belongs to none of them.
pub async fn demarche_de_l_instructeur(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DemarcheNumero,
) -> Result<(demarche::Model, Vec<GroupeId>), Echec> {
    let siens = groupe::de_l_instructeur(db, acteur.compte).await?;
    let groupes: Vec<GroupeId> =
        siens.iter().filter(|g| g.demarche == numero).map(|g| g.id).collect();
    if groupes.is_empty() {
        return Err(Erreur::Introuvable.into());
    }
    let demarche = demarche::Entity::find_by_id(numero).one(db).await?;
    Ok((demarche.ok_or(Erreur::Introuvable)?, groupes))
}

/// A rendez-vous of an agenda that one of one's démarches uses, for an instructeur: to tell its dossier.
///
/// # Errors
/// [`Erreur::Introuvable`] for anybody else.
pub async fn rendez_vous_de_l_agenda(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    id: RendezVousId,
) -> Result<rendez_vous::Model, Echec> {
    let ligne = rendez_vous::Entity::find_by_id(id).one(db).await?.ok_or(Erreur::Introuvable)?;
    let groupes = groupes_de_l_agenda(db, acteur, ligne.organisation).await?;
    if groupes.is_empty() { Err(Erreur::Introuvable.into()) } else { Ok(ligne) }
}

/// Those of one's groupes whose démarche uses an agenda.
///
/// # Errors
/// The database failed.
pub async fn groupes_de_l_agenda(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    organisation: AgendaId,
) -> Result<Vec<GroupeId>, Echec> {
    let siens = groupe::de_l_instructeur(db, acteur.compte).await?;
    let demarches = demarche::Entity::find()
        .filter(demarche::Column::Numero.is_in(siens.iter().map(|g| g.demarche)))
        .filter(demarche::Column::Organisation.eq(organisation))
        .all(db)
        .await?;
    let mut de_l_agenda = Vec::new();
    for demarche in demarches {
        if agenda(db, &demarche).await? == Some(organisation) {
            de_l_agenda.push(demarche.numero);
        }
    }
    let siens = siens.iter().filter(|groupe| de_l_agenda.contains(&groupe.demarche));
    Ok(siens.map(|groupe| groupe.id).collect())
}

/// The agenda of a démarche whose notifications, secret, rendez-vous to attach and synchronisation are hers to see and
/// change; `None` for one that she only names, and that others use.
///
/// # Errors
/// The database failed.
pub(crate) async fn agenda(
    db: &impl ConnectionTrait,
    demarche: &demarche::Model,
) -> Result<Option<AgendaId>, Echec> {
    let Some(organisation) = demarche.organisation else { return Ok(None) };
    let numero = demarche.numero;
    let permis = demarche.agenda_prouve || agenda_permis(db, numero, organisation).await?;
    Ok(permis.then_some(organisation))
}

/// Whether a démarche may have an agenda without a proof of her own. It is so when nobody else has it, and when one of
/// her administrateurs also manages a démarche that has it by right: one that proved it, or all of those that have it.
///
/// # Errors
/// The database failed.
pub(crate) async fn agenda_permis(
    db: &impl ConnectionTrait,
    numero: DemarcheNumero,
    organisation: AgendaId,
) -> Result<bool, Echec> {
    let autres = demarche::Entity::find()
        .filter(demarche::Column::Organisation.eq(organisation))
        .filter(demarche::Column::Numero.ne(numero))
        .all(db)
        .await?;
    if autres.is_empty() {
        return Ok(true);
    }
    let comptes = administrateur::comptes(db, numero).await?;
    let communes: Vec<DemarcheNumero> = administrateur::Entity::find()
        .filter(administrateur::Column::Compte.is_in(comptes))
        .filter(administrateur::Column::Demarche.is_in(autres.iter().map(|autre| autre.numero)))
        .select_only()
        .column(administrateur::Column::Demarche)
        .into_tuple()
        .all(db)
        .await?;
    let (liees, etrangeres): (Vec<_>, Vec<_>) =
        autres.iter().partition(|autre| communes.contains(&autre.numero));
    Ok(etrangeres.is_empty() || liees.iter().any(|autre| autre.agenda_prouve))
}

/// A démarche that one manages, for an administrateur.
///
/// # Errors
/// [`Erreur::Introuvable`] for anybody else.
pub async fn demarche_de_l_administrateur(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DemarcheNumero,
) -> Result<demarche::Model, Echec> {
    administrateur::Entity::find_by_id((numero, acteur.compte))
        .one(db)
        .await?
        .ok_or(Erreur::Introuvable)?;
    let demarche = demarche::Entity::find_by_id(numero).one(db).await?;
    demarche.ok_or(Erreur::Introuvable.into())
}

/// A groupe of a démarche that one manages, with the number of that démarche, for an administrateur.
///
/// # Errors
/// [`Erreur::Introuvable`] for anybody else.
pub async fn groupe_de_l_administrateur(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    id: GroupeId,
) -> Result<(groupe::Model, DemarcheNumero), Echec> {
    let groupe = groupe::Entity::find_by_id(id).one(db).await?.ok_or(Erreur::Introuvable)?;
    let numero = groupe.demarche;
    demarche_de_l_administrateur(db, acteur, numero).await?;
    Ok((groupe, numero))
}

/// Somebody who manages at least one démarche.
///
/// # Errors
/// [`Erreur::Introuvable`] for anybody else.
pub async fn un_administrateur(db: &impl ConnectionTrait, acteur: &Acteur) -> Result<(), Echec> {
    administrateur::Entity::find()
        .filter(administrateur::Column::Compte.eq(acteur.compte))
        .one(db)
        .await?
        .ok_or(Erreur::Introuvable)?;
    Ok(())
}

/// The démarches that an account manages, or whose dossiers it examines.
pub(crate) async fn demarches(
    db: &impl ConnectionTrait,
    compte: CompteId,
    role: Role,
) -> Result<Vec<DemarcheNumero>, Echec> {
    match role {
        Role::Administrateur => administrateur::demarches(db, compte).await,
        Role::Instructeur => {
            let groupes = groupe::de_l_instructeur(db, compte).await?;
            Ok(groupes.into_iter().map(|groupe| groupe.demarche).collect())
        }
        Role::Usager => Ok(vec![]),
    }
}

/// The sides of the product that an account may use. Everybody may file a dossier.
///
/// # Errors
/// The database failed.
pub async fn roles(db: &impl ConnectionTrait, acteur: &Acteur) -> Result<Vec<Role>, Echec> {
    let compte = acteur.compte;
    let mut roles = Vec::new();
    let administre = administrateur::Entity::find()
        .filter(administrateur::Column::Compte.eq(compte))
        .one(db)
        .await?;
    if administre.is_some() {
        roles.push(Role::Administrateur);
    }
    let instruit =
        instructeur::Entity::find().filter(instructeur::Column::Compte.eq(compte)).one(db).await?;
    if instruit.is_some() {
        roles.push(Role::Instructeur);
    }
    let depose =
        dossier::Entity::find().filter(dossier::Column::Usager.eq(acteur.compte)).one(db).await?;
    let usager =
        depose.is_some() || roles.is_empty() || !invite::numeros(db, acteur).await?.is_empty();
    if usager {
        roles.push(Role::Usager);
    }
    Ok(roles)
}

/// Whether one may watch a topic: the same people who may open its pages.
///
/// # Errors
/// The database failed.
pub async fn peut_suivre(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    sujet: Sujet,
) -> Result<bool, Echec> {
    let tente = match sujet {
        Sujet::Compte(compte) => return Ok(compte == acteur.compte),
        Sujet::Dossier(numero) => match dossier_partage(db, acteur, numero).await {
            Ok(_) => Ok(()),
            Err(_) => dossier_de_l_instructeur(db, acteur, numero).await.map(|_| ()),
        },
        Sujet::Demarche(numero) => match demarche_de_l_instructeur(db, acteur, numero).await {
            Ok(_) => Ok(()),
            Err(_) => demarche_de_l_administrateur(db, acteur, numero).await.map(|_| ()),
        },
    };
    match tente {
        Ok(()) => Ok(true),
        Err(Echec::Metier(Erreur::Introuvable)) => Ok(false),
        Err(autre) => Err(autre),
    }
}
