//! Files that people attach to a dossier, to a draft or to a message.
//!
//! Their contents are sealed: identity papers and the like must not be readable in a copy of the database.

pub mod analyse;
pub mod contenus;
pub mod copies;
pub mod dossier;

use crate::acces::autorisations;
use crate::socle::changement::Changement;
use crate::socle::erreur::Echec;
use crate::socle::outils::Outils;
use crate::socle::secrets::coffre::Coffre;
use crate::socle::secrets::hasard::Hasard;
use crate::tables::piece_jointe;
use chrono::{DateTime, Duration, Utc};
use domain::fichier::{Analyse, Format};
use domain::ids::{AvisId, ChampId, CompteId, DossierNumero, MessageId, PieceId};
use domain::role::Acteur;
use domain::vues::PieceVue;
use domain::{Erreur, Saisie, fichier};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::fmt;

/// Over how many days what an account joins is added up.
pub const QUOTA_JOURS: i64 = 30;

/// A file as it was received: checked and sealed at once, before any change begins. Sealing ten of them takes long
/// enough for everybody to notice.
#[derive(Clone)]
pub struct Fichier {
    admis: Result<Admis, Saisie>,
}

impl fmt::Debug for Fichier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Neither its name nor its content may reach a log.
        write!(f, "Fichier({:?} octets)", self.admis.as_ref().map(|admis| admis.taille).ok())
    }
}

impl Fichier {
    /// Checks and seals. `nom`: its name, as it was sent; `contenu`: what it holds, `None` when it was too large to be
    /// kept. Long: on a thread of its own.
    #[must_use]
    pub fn sceller(nom: &str, contenu: Option<&[u8]>, coffre: &Coffre, hasard: &Hasard) -> Self {
        let nom = fichier::nom_sur(nom);
        let admis = match contenu {
            None => Err(Saisie::FichierTropGros(nom)),
            Some(contenu) => fichier::verifier(&nom, contenu).map(|format| Admis {
                nom,
                format,
                taille: contenu.len(),
                empreinte: Sha256::digest(contenu).into(),
                contenu: Contenu::Scelle(coffre.sceller(contenu, hasard)),
            }),
        };
        Self { admis }
    }
}

/// What is written of a file that waits, beside its sealed content.
#[derive(Serialize, Deserialize)]
pub(crate) struct FichierEcrit {
    admis: Result<AdmisEcrit, Saisie>,
}

#[derive(Serialize, Deserialize)]
struct AdmisEcrit {
    nom: String,
    format: Format,
    taille: usize,
    empreinte: [u8; 32],
    /// The name of its content, when a store has it.
    #[serde(default)]
    objet: Option<String>,
}

impl Fichier {
    /// What is written of it, and its sealed content; empty when it may not be kept, or a store has it.
    pub(crate) fn separer(self) -> (FichierEcrit, Vec<u8>) {
        match self.admis {
            Ok(Admis { nom, format, taille, empreinte, contenu }) => {
                let (objet, scelle) = match contenu {
                    Contenu::Scelle(scelle) => (None, scelle),
                    Contenu::Objet(cle) => (Some(cle), vec![]),
                };
                let ecrit = AdmisEcrit { nom, format, taille, empreinte, objet };
                (FichierEcrit { admis: Ok(ecrit) }, scelle)
            }
            Err(probleme) => (FichierEcrit { admis: Err(probleme) }, vec![]),
        }
    }

    /// Puts together what [`Self::separer`] gave.
    pub(crate) fn reunir(ecrit: FichierEcrit, scelle: Vec<u8>) -> Self {
        let admis = ecrit.admis.map(|AdmisEcrit { nom, format, taille, empreinte, objet }| Admis {
            nom,
            format,
            taille,
            empreinte,
            contenu: objet.map_or(Contenu::Scelle(scelle), Contenu::Objet),
        });
        Self { admis }
    }
}

/// A file that may be kept.
#[derive(Clone)]
pub struct Admis {
    nom: String,
    format: Format,
    taille: usize,
    empreinte: [u8; 32],
    contenu: Contenu,
}

/// The content of a file that no change has kept yet, sealed.
#[derive(Clone)]
enum Contenu {
    /// Itself.
    Scelle(Vec<u8>),
    /// The name of the object that a store has.
    Objet(String),
}

impl fmt::Debug for Admis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Admis({} octets)", self.taille)
    }
}

/// What a file belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The answer to a field of the form.
    Champ(ChampId),
    /// A message.
    Message(MessageId),
    /// A request for an opinion, or the opinion when its expert joins it.
    Avis(AvisId),
}

/// Checks files that were sent together.
///
/// # Errors
/// What is wrong with the first that can't be kept.
pub fn admettre(fichiers: Vec<Fichier>) -> Result<Vec<Admis>, Saisie> {
    fichier::compter(0, fichiers.len())?;
    fichiers.into_iter().map(|fichier| fichier.admis).collect()
}

/// A digest of files: the same ones sent twice give the same.
#[must_use]
pub(crate) fn empreinte(fichiers: &[Admis]) -> String {
    let mut digest = Sha256::new();
    for fichier in fichiers {
        digest.update(fichier.nom.as_bytes());
        digest.update([0]);
        digest.update(fichier.empreinte);
    }
    hex::encode(digest.finalize())
}

/// Joins files to a dossier, within what one account may.
///
/// # Errors
/// [`Erreur::TropDeFichiersJoints`], or the database failed.
pub(crate) async fn joindre(
    c: &Changement<'_>,
    dossier: DossierNumero,
    place: Place,
    fichiers: Vec<Admis>,
) -> Result<(), Echec> {
    permettre(c, &fichiers).await?;
    let par = Some(c.acteur.compte);
    garder(&c.tx, c.outils, par, (dossier, place), fichiers, c.maintenant).await
}

/// Keeps files, held until the antivirus has looked at them when there is one. `par`: who joins them; nobody for the expert
/// of an opinion.
///
/// # Errors
/// The database failed.
pub(crate) async fn garder(
    db: &impl ConnectionTrait,
    outils: &Outils,
    par: Option<CompteId>,
    (dossier, place): (DossierNumero, Place),
    fichiers: Vec<Admis>,
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    let (champ, message, avis) = match place {
        Place::Champ(champ) => (Some(champ), None, None),
        Place::Message(message) => (None, Some(message), None),
        Place::Avis(avis) => (None, None, Some(avis)),
    };
    let analyse = match outils.fichiers.antivirus {
        Some(_) => Analyse::AVerifier,
        None => Analyse::NonFaite,
    };
    for fichier in fichiers {
        let taille = i64::try_from(fichier.taille);
        let ligne = piece_jointe::ActiveModel {
            dossier: Set(dossier),
            champ: Set(champ),
            message: Set(message),
            avis: Set(avis),
            compte: Set(par),
            nom: Set(fichier.nom),
            format: Set(fichier.format),
            taille: Set(taille.map_err(|_| Echec::Inutilisable("size of a file"))?),
            jointe_le: Set(maintenant),
            analyse: Set(analyse),
            ..Default::default()
        };
        let piece = piece_jointe::Entity::insert(ligne).exec(db).await?.last_insert_id;
        contenus::garder(db, piece, fichier.contenu, maintenant).await?;
    }
    Ok(())
}

/// What one account may join is limited: the place that is left is everybody's.
async fn permettre(c: &Changement<'_>, fichiers: &[Admis]) -> Result<(), Echec> {
    if fichiers.is_empty() {
        return Ok(());
    }
    let deja: Option<i64> = piece_jointe::Entity::find()
        .filter(piece_jointe::Column::Compte.eq(c.acteur.compte))
        .filter(piece_jointe::Column::JointeLe.gt(c.maintenant - Duration::days(QUOTA_JOURS)))
        .select_only()
        .expr(Expr::col(piece_jointe::Column::Taille).sum().cast_as("bigint"))
        .into_tuple()
        .one(&c.tx)
        .await?
        .flatten();
    let deja = usize::try_from(deja.unwrap_or_default()).unwrap_or_default();
    let max = c.outils.reglages.quota_fichiers;
    if deja + fichiers.iter().map(|fichier| fichier.taille).sum::<usize>() > max {
        return Err(Erreur::TropDeFichiersJoints { max }.into());
    }
    Ok(())
}

fn vue(ligne: piece_jointe::Model) -> Result<PieceVue, Echec> {
    Ok(PieceVue {
        id: ligne.id,
        champ: ligne.champ,
        format: ligne.format,
        nom: ligne.nom,
        analyse: ligne.analyse,
        taille: usize::try_from(ligne.taille).unwrap_or_default(),
    })
}

/// The files of messages, by message.
pub(crate) async fn des_messages(
    db: &impl ConnectionTrait,
    messages: Vec<MessageId>,
) -> Result<HashMap<MessageId, Vec<PieceVue>>, Echec> {
    let lignes = piece_jointe::Entity::find()
        .filter(piece_jointe::Column::Message.is_in(messages))
        .order_by_asc(piece_jointe::Column::Id)
        .all(db)
        .await?;
    let mut par_message: HashMap<MessageId, Vec<PieceVue>> = HashMap::new();
    for ligne in lignes {
        if let Some(message) = ligne.message {
            par_message.entry(message).or_default().push(vue(ligne)?);
        }
    }
    Ok(par_message)
}

/// The files of an opinion.
#[derive(Debug, Default)]
pub(crate) struct PiecesAvis {
    /// Joined to the question.
    pub(crate) question: Vec<PieceVue>,
    /// Joined to the answer, by the expert.
    pub(crate) reponse: Vec<PieceVue>,
}

/// The files of opinions, by opinion.
pub(crate) async fn des_avis(
    db: &impl ConnectionTrait,
    avis: impl IntoIterator<Item = AvisId>,
) -> Result<HashMap<AvisId, PiecesAvis>, Echec> {
    let lignes = piece_jointe::Entity::find()
        .filter(piece_jointe::Column::Avis.is_in(avis))
        .order_by_asc(piece_jointe::Column::Id)
        .all(db)
        .await?;
    let mut par_avis: HashMap<AvisId, PiecesAvis> = HashMap::new();
    for ligne in lignes {
        if let Some(avis) = ligne.avis {
            let siennes = par_avis.entry(avis).or_default();
            let ou =
                if ligne.compte.is_some() { &mut siennes.question } else { &mut siennes.reponse };
            ou.push(vue(ligne)?);
        }
    }
    Ok(par_avis)
}

/// The files that answer the form of a dossier or of a draft, the oldest first.
pub(crate) async fn du_formulaire(
    db: &impl ConnectionTrait,
    dossier: DossierNumero,
) -> Result<Vec<PieceVue>, Echec> {
    piece_jointe::Entity::find()
        .filter(piece_jointe::Column::Dossier.eq(dossier))
        .filter(piece_jointe::Column::Champ.is_not_null())
        .order_by_asc(piece_jointe::Column::Id)
        .all(db)
        .await?
        .into_iter()
        .map(vue)
        .collect()
}

/// Forgets all the files of a draft.
pub(crate) async fn oublier(
    db: &impl ConnectionTrait,
    dossier: DossierNumero,
) -> Result<(), Echec> {
    piece_jointe::Entity::delete_many()
        .filter(piece_jointe::Column::Dossier.eq(dossier))
        .exec(db)
        .await?;
    Ok(())
}

/// Forgets all the files of a message.
pub(crate) async fn oublier_du_message(
    db: &impl ConnectionTrait,
    message: MessageId,
) -> Result<(), Echec> {
    piece_jointe::Entity::delete_many()
        .filter(piece_jointe::Column::Message.eq(message))
        .exec(db)
        .await?;
    Ok(())
}

/// Forgets some of the files that an expert joined to their opinion.
pub(crate) async fn oublier_de_l_expert(
    db: &impl ConnectionTrait,
    avis: AvisId,
    ids: &[PieceId],
) -> Result<(), Echec> {
    piece_jointe::Entity::delete_many()
        .filter(piece_jointe::Column::Avis.eq(avis))
        .filter(piece_jointe::Column::Compte.is_null())
        .filter(piece_jointe::Column::Id.is_in(ids.iter().copied()))
        .exec(db)
        .await?;
    Ok(())
}

/// A file to be downloaded: what it is, and its content.
///
/// # Errors
/// [`Erreur::Introuvable`] for those who may not see what it belongs to; [`Erreur::FichierEnAnalyse`] for those who did not
/// send it, until the antivirus has looked at it; [`Erreur::FichierInfecte`].
pub async fn lire(
    db: &impl ConnectionTrait,
    outils: &Outils,
    acteur: &Acteur,
    id: PieceId,
) -> Result<(PieceVue, Vec<u8>), Echec> {
    let piece = autorisations::piece(db, acteur, id).await?;
    let sienne = piece.compte == Some(acteur.compte);
    donner(db, outils, piece, sienne).await
}

/// A file that an expert's personal link lets them download.
///
/// # Errors
/// [`Erreur::Introuvable`] for a link that opens nothing, and for what the expert may not see.
pub async fn lire_par_lien(
    db: &impl ConnectionTrait,
    outils: &Outils,
    jeton: &str,
    id: PieceId,
    maintenant: DateTime<Utc>,
) -> Result<(PieceVue, Vec<u8>), Echec> {
    let piece = autorisations::piece_de_l_expert(db, jeton, id, maintenant).await?;
    let sienne = piece.compte.is_none();
    donner(db, outils, piece, sienne).await
}

/// `sienne`: for whoever sent it.
async fn donner(
    db: &impl ConnectionTrait,
    outils: &Outils,
    piece: piece_jointe::Model,
    sienne: bool,
) -> Result<(PieceVue, Vec<u8>), Echec> {
    match piece.analyse {
        Analyse::Infectee => return Err(Erreur::FichierInfecte.into()),
        Analyse::AVerifier if !sienne => return Err(Erreur::FichierEnAnalyse.into()),
        Analyse::AVerifier | Analyse::NonFaite | Analyse::Saine => {}
    }
    let contenu = contenus::lire(db, outils, piece.id).await?;
    Ok((vue(piece)?, contenu))
}
