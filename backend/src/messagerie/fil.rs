//! The messages of a dossier, as they are read.

use crate::acces::autorisations::{self, Qualite};
use crate::demarches_simplifiees::envois;
use crate::dossier::pieces::{self};
use crate::rendez_vous::liens_personnels;
use crate::rendez_vous::montrer;
use crate::rendez_vous::rattachements;
use crate::socle::erreur::Echec;
use crate::socle::outils::Outils;
use crate::socle::regards::{self, Rubrique};
use crate::socle::temps;
use crate::tables::message::RoleAuteur;
use crate::tables::{
    compte, correction, demarche, dossier, lien_personnel, message, proposition, rendez_vous,
};
use chrono::{DateTime, Utc};
use domain::Erreur;
use domain::chemin::Chemin;
use domain::cle::CleDeFormulaire;
use domain::correction::EtatCorrection;
use domain::dossier::Origine;
use domain::ids::{AgendaId, DossierNumero, RendezVousId};
use domain::message::{GenreMessage, TELEPHONE, pour_l_interesse};
use domain::proposition::EtatProposition;
use domain::role::{Acteur, Role};
use domain::vues::{Auteur, EnvoiDistantVue, MessageVue, Messagerie, PieceVue, RendezVousVue};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, JoinType, PartialModelTrait,
    QueryFilter, QueryOrder, QuerySelect, Select,
};
use std::collections::BTreeSet;

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
    Ok(du_cote_de_l_usager(db, acteur, numero, maintenant).await?.0)
}

/// The same, and the personal link, sealed, of the proposition that waits for an answer.
async fn du_cote_de_l_usager(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DossierNumero,
    maintenant: DateTime<Utc>,
) -> Result<(Messagerie, Option<Vec<u8>>), Echec> {
    let (dossier, qualite) = autorisations::dossier_partage(db, acteur, numero).await?;
    let lignes = du_dossier(numero).into_model::<Ligne>().all(db).await?;
    let lien = lignes.iter().find_map(Ligne::lien_ouvert).map(<[u8]>::to_vec);
    let lecture = Lecture { acteur, lecteur: Role::Usager, dossier: &dossier, maintenant };
    let mut fil = lecture.fil(lecture.montrer(db, lignes).await?.0);
    fil.invite = qualite == Qualite::Invite;
    fil.messages = fil.messages.into_iter().map(|message| pour(qualite, message)).collect();
    Ok((fil, lien))
}

/// A message as the usager's side reads it. Somebody invited sees neither the address where the slot is chosen,
/// lest they book in their own name, nor the video room, where only the one who filed the dossier is expected.
pub(crate) fn pour(qualite: Qualite, message: MessageVue) -> MessageVue {
    let message = match qualite {
        Qualite::Invite => MessageVue { fichier: None, ..message },
        Qualite::Titulaire => message,
    };
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

/// What the thread says to the instructeurs, read with the dossier.
#[derive(FromQueryResult)]
struct PourLInstructeur {
    #[sea_orm(nested)]
    dossier: dossier::Model,
    organisation: Option<AgendaId>,
    /// When the one who filed the dossier last opened its messagerie.
    vu_par_l_usager: Option<DateTime<Utc>>,
    /// Whether the reader just did something that they may undo.
    geste: bool,
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
    let titulaire = Expr::col(dossier::Column::Usager.as_column_ref());
    let vu = regards::du_dossier(titulaire, Rubrique::Messagerie);
    let mut dossier = autorisations::examine(acteur, numero)
        .column_as(demarche::Column::Organisation, "organisation")
        .expr_as(vu, "vu_par_l_usager")
        .expr_as(Expr::exists(rattachements::gestes_recents(acteur, numero, maintenant)), "geste");
    let la_sienne = Expr::col(demarche::Column::Numero.as_column_ref())
        .equals(dossier::Column::Demarche.as_column_ref());
    QuerySelect::query(&mut dossier).join(JoinType::InnerJoin, demarche::Entity, la_sienne);
    let lu = dossier.into_model::<PourLInstructeur>().one(db).await?.ok_or(Erreur::Introuvable)?;
    let lignes = du_dossier(numero).into_model::<Ligne>().all(db).await?;
    let lus = lus_ou_non(&lignes, lu.vu_par_l_usager);
    let sur_un_rdv = lignes.iter().map(|ligne| (ligne.message.id, ligne.message.rendez_vous));
    let sur_un_rdv: Vec<_> = sur_un_rdv.collect();
    let lecture = Lecture { acteur, lecteur: Role::Instructeur, dossier: &lu.dossier, maintenant };
    let (messages, siens) = lecture.montrer(db, lignes).await?;
    let detachables = rattachements::detachables(&siens, &sur_un_rdv);
    let mut fil = lecture.fil(messages);
    for (message, lu) in fil.messages.iter_mut().zip(lus) {
        message.lu = lu;
        message.detachable = detachables.get(&message.id).copied();
    }
    if lu.dossier.origine == Origine::DemarchesSimplifiees {
        dire_les_envois(db, numero, &mut fil).await?;
    }
    if lu.geste {
        let lieu = rattachements::Lieu::Dossier(numero);
        let agenda = lu.organisation;
        fil.geste = rattachements::geste_annulable(db, acteur, agenda, lieu, maintenant).await?;
    }
    Ok(fil)
}

/// What of a thread is on the platform that the dossier belongs to. Whether its usager has read it there, nobody knows.
async fn dire_les_envois(
    db: &impl ConnectionTrait,
    numero: DossierNumero,
    fil: &mut Messagerie,
) -> Result<(), Echec> {
    let mut envois = envois::montrer::du_dossier(db, numero).await?;
    for message in &mut fil.messages {
        message.lu = None;
        message.envoi = envois.messages.remove(&message.id);
        // What is there is deleted there.
        message.supprimable &= matches!(
            message.envoi,
            Some(EnvoiDistantVue::EnAttente(_) | EnvoiDistantVue::Refuse(_))
        );
    }
    fil.non_ecrits = envois.autres;
    Ok(())
}

/// Of each message of the instructeurs that is there, whether the usager, who last opened the messagerie at `vu`, has
/// read it.
fn lus_ou_non(lignes: &[Ligne], vu: Option<DateTime<Utc>>) -> Vec<Option<bool>> {
    let lu = |Ligne { message, .. }: &Ligne| {
        let d_un_instructeur = message.role_auteur == RoleAuteur::Instructeur;
        (d_un_instructeur && message.supprime_le.is_none())
            .then(|| vu.is_some_and(|vu| vu >= message.ecrit_le))
    };
    lignes.iter().map(lu).collect()
}

/// The latest message of a dossier that was not deleted.
pub(crate) async fn dernier(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    dossier: &dossier::Model,
    lecteur: Role,
    maintenant: DateTime<Utc>,
) -> Result<Option<MessageVue>, Echec> {
    let mut derniers = du_dossier(dossier.numero).filter(message::Column::SupprimeLe.is_null());
    QuerySelect::query(&mut derniers).clear_order_by();
    let dernier = derniers.order_by_desc(message::Column::Id);
    let ligne = dernier.into_model::<Ligne>().one(db).await?;
    let lecture = Lecture { acteur, lecteur, dossier, maintenant };
    Ok(lecture.montrer(db, ligne.into_iter().collect()).await?.0.pop())
}

/// A message and what is shown with it.
#[derive(FromQueryResult)]
struct Ligne {
    #[sea_orm(nested)]
    message: message::Model,
    #[sea_orm(nested(prefix = "auteur_"))]
    auteur: Option<compte::Nomme>,
    etat_proposition: Option<EtatProposition>,
    #[sea_orm(nested(prefix = "lien_"))]
    lien: Option<lien_personnel::Model>,
    etat_correction: Option<EtatCorrection>,
}

impl Ligne {
    /// The personal link, sealed, of the proposition that it makes, while that waits for an answer.
    fn lien_ouvert(&self) -> Option<&[u8]> {
        let attend = self.etat_proposition == Some(EtatProposition::Proposee);
        self.lien.as_ref().filter(|_| attend)?.lien_scelle.as_deref()
    }
}

/// The messages of a dossier, the first one first.
fn du_dossier(numero: DossierNumero) -> Select<message::Entity> {
    let mut messages = message::Entity::find()
        .filter(message::Column::Dossier.eq(numero))
        .order_by_asc(message::Column::Id)
        .column_as(proposition::Column::Etat, "etat_proposition")
        .column_as(correction::Column::Etat, "etat_correction");
    let auteur = Expr::col(compte::Column::Id.as_column_ref())
        .equals(message::Column::Auteur.as_column_ref());
    let la_sienne = Expr::col(proposition::Column::Id.as_column_ref())
        .equals(message::Column::Proposition.as_column_ref());
    let son_lien = Expr::col(lien_personnel::Column::Proposition.as_column_ref())
        .equals(message::Column::Proposition.as_column_ref());
    QuerySelect::query(&mut messages)
        .join(JoinType::LeftJoin, compte::Entity, auteur)
        .join(JoinType::LeftJoin, proposition::Entity, la_sienne)
        .join(JoinType::LeftJoin, lien_personnel::Entity, son_lien)
        .join(JoinType::LeftJoin, correction::Entity, correction::de_ce_message());
    let messages = compte::Nomme::select_cols_nested(messages, Some("auteur_"), None);
    lien_personnel::Model::select_cols_nested(messages, Some("lien_"), None)
}

/// Who reads what.
struct Lecture<'a> {
    acteur: &'a Acteur,
    lecteur: Role,
    dossier: &'a dossier::Model,
    maintenant: DateTime<Utc>,
}

impl Lecture<'_> {
    fn fil(&self, messages: Vec<MessageVue>) -> Messagerie {
        Messagerie {
            messages,
            precedents: 0,
            annee: temps::annee(self.maintenant),
            cle: CleDeFormulaire::default(),
            geste: None,
            invite: false,
            ailleurs: self.dossier.origine != Origine::Ici,
            non_ecrits: Vec::new(),
        }
    }

    /// Messages as they are shown, and the rendez-vous of the dossier if one of them tells of one.
    async fn montrer(
        &self,
        db: &impl ConnectionTrait,
        mut lignes: Vec<Ligne>,
    ) -> Result<(Vec<MessageVue>, Vec<(rendez_vous::Model, RendezVousVue)>), Echec> {
        let d_un_rdv = |Ligne { message, .. }: &Ligne| {
            message.genre == GenreMessage::RendezVous || message.rendez_vous.is_some()
        };
        let siens = if lignes.iter().any(d_un_rdv) {
            montrer::vues(db, &[self.dossier.numero], self.maintenant).await?
        } else {
            vec![]
        };
        mettre_les_liens_a_jour(&mut lignes, &siens);
        let fichiers = avec_fichier(&lignes, &siens);
        let visibles = lignes.iter().map(|ligne| &ligne.message);
        let visibles = visibles.filter(|m| m.supprime_le.is_none()).map(|m| m.id).collect();
        let mut pieces = pieces::des_messages(db, visibles).await?;
        let messages = lignes.into_iter().zip(fichiers).map(|(ligne, fichier)| {
            let siennes = pieces.remove(&ligne.message.id).unwrap_or_default();
            MessageVue {
                fichier: fichier.map(|rdv| self.fichier(rdv)),
                ..self.montrer_un(ligne, siennes)
            }
        });
        Ok((messages.collect(), siens))
    }

    fn fichier(&self, rdv: RendezVousId) -> String {
        let numero = self.dossier.numero;
        match self.lecteur {
            Role::Usager => Chemin::FichierRdv(numero, rdv).to_string(),
            _ => Chemin::FichierRdvSuivi(numero, rdv).to_string(),
        }
    }

    fn montrer_un(&self, ligne: Ligne, pieces: Vec<PieceVue>) -> MessageVue {
        let Ligne { message, auteur, etat_proposition, lien, etat_correction } = ligne;
        let (acteur, lecteur) = (self.acteur, self.lecteur);
        let invite = self.dossier.usager != message.auteur;
        let mut vue =
            montrer_un(acteur, lecteur, message, auteur.as_ref(), etat_proposition, pieces);
        if invite && vue.auteur == Auteur::Usager {
            vue.nom.push_str(" (personne invitée)");
        }
        vue.correction = etat_correction.filter(|_| vue.genre == GenreMessage::Correction);
        vue.retirable |= lecteur == Role::Instructeur
            && !vue.supprime
            && vue.correction == Some(EtatCorrection::Demandee);
        if lecteur == Role::Instructeur
            && vue.genre == GenreMessage::Proposition
            && vue.proposition == Some(EtatProposition::Proposee)
            && !vue.supprime
        {
            vue.invitation = lien.as_ref().map(liens_personnels::pour_l_instructeur);
        }
        vue
    }
}

/// Of each message, the rendez-vous whose file for a calendar is given with it: while somebody is expected, on the last
/// message about it.
fn avec_fichier(
    lignes: &[Ligne],
    siens: &[(rendez_vous::Model, RendezVousVue)],
) -> Vec<Option<RendezVousId>> {
    let attendus =
        siens.iter().filter(|(_, vue)| vue.a_venir && vue.fichier).map(|(_, vue)| vue.id);
    let mut restent: BTreeSet<RendezVousId> = attendus.collect();
    let mut fichiers: Vec<Option<RendezVousId>> = lignes
        .iter()
        .rev()
        .map(|Ligne { message, .. }| {
            let dit = message.genre == GenreMessage::RendezVous && message.supprime_le.is_none();
            message.rendez_vous.filter(|rdv| dit && restent.remove(rdv))
        })
        .collect();
    fichiers.reverse();
    fichiers
}

/// The link to a video room stays on an automatic message as long as somebody is expected in that room; the number to
/// call is there as long as somebody is to be called.
fn mettre_les_liens_a_jour(lignes: &mut [Ligne], siens: &[(rendez_vous::Model, RendezVousVue)]) {
    let attendus: Vec<&RendezVousVue> =
        siens.iter().map(|(_, vue)| vue).filter(|vue| vue.a_venir).collect();
    let messages = lignes.iter_mut().map(|ligne| &mut ligne.message);
    for message in messages.filter(|message| message.genre == GenreMessage::RendezVous) {
        let visio = |lien: &String| attendus.iter().any(|rdv| rdv.visio.as_ref() == Some(lien));
        let sien = attendus.iter().find(|rdv| Some(rdv.id) == message.rendez_vous);
        let telephone = sien.and_then(|rdv| rdv.telephone.as_ref());
        message.lien = message
            .lien
            .take()
            .filter(visio)
            .or_else(|| telephone.map(|telephone| format!("{TELEPHONE}{telephone}")));
    }
}

fn montrer_un(
    acteur: &Acteur,
    lecteur: Role,
    ligne: message::Model,
    compte: Option<&compte::Nomme>,
    proposition: Option<EtatProposition>,
    pieces: Vec<PieceVue>,
) -> MessageVue {
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
        (RoleAuteur::Usager, Some(compte)) => (Auteur::Usager, compte::montree(&compte.email)),
        (RoleAuteur::Instructeur, Some(compte)) => (Auteur::Instructeur, compte.nom()),
    };
    let supprime = ligne.supprime_le.is_some();
    let supprimable =
        lecteur == Role::Instructeur && !supprime && super::suppression::permise(acteur, &ligne);
    MessageVue {
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
        proposition: proposition
            .filter(|_| matches!(genre, GenreMessage::Proposition | GenreMessage::Relance)),
        invitation: None,
        correction: None,
        retirable: lecteur == Role::Instructeur
            && genre == GenreMessage::Proposition
            && !supprime
            && proposition == Some(EtatProposition::Proposee),
        supprimable,
        lu: None,
        detachable: None,
        fichier: None,
        envoi: None,
        pieces,
    }
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
    let (mut fil, lien) = du_cote_de_l_usager(db, acteur, numero, maintenant).await?;
    if let Some(lien) = lien.filter(|_| !fil.invite) {
        let lien = outils.coffre.ouvrir_texte(&lien)?;
        fil.messages.iter_mut().for_each(|message| liens_personnels::personnaliser(message, &lien));
    }
    Ok(fil)
}
