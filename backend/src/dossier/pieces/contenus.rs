//! Where the content of a file lies: in the database, or in a store beside it, as its rows say.
//!
//! A store knows nothing of transactions. An object is written down first, then put there, then named by the change that
//! keeps its file; one that no change has named within a day, or whose file is gone, is taken away by a worker.

use super::{Admis, Contenu, Fichier};
use crate::contexte::Contexte;
use crate::socle::base::Base;
use crate::socle::erreur::Echec;
use crate::socle::fichiers::entrepot::Panne;
use crate::socle::outils::Outils;
use crate::tables::objet_fichier::{self, Lieu};
use crate::tables::{contenu, piece_jointe};
use chrono::{DateTime, Duration, Utc};
use domain::Erreur;
use domain::ids::{ObjetId, PieceId};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect, Select,
};

/// How long a content waits to be named, in days: a form may wait for two hours.
const ORPHELIN_JOURS: i64 = 1;

/// How many are taken away in one turn.
const PAR_TOUR: u64 = 200;

/// Puts a file that was just received where new ones go, before any change begins.
///
/// # Errors
/// The database or the store failed.
pub async fn deposer(contexte: &Contexte, fichier: Fichier) -> Result<Fichier, Echec> {
    let Some(lieu) = contexte.outils.fichiers.entrepots.ou() else { return Ok(fichier) };
    let admis = match fichier.admis {
        Ok(Admis { contenu: Contenu::Scelle(scelle), nom, format, taille, empreinte }) => {
            let (_, cle) = mettre(contexte, lieu, scelle).await?;
            Ok(Admis { contenu: Contenu::Objet(cle), nom, format, taille, empreinte })
        }
        autre => autre,
    };
    Ok(Fichier { admis })
}

/// Writes an object down, then puts it there.
async fn mettre(
    contexte: &Contexte,
    lieu: Lieu,
    scelle: Vec<u8>,
) -> Result<(ObjetId, String), Echec> {
    let cle = contexte.outils.hasard.cle();
    let ligne = objet_fichier::ActiveModel {
        cle: Set(cle.clone()),
        lieu: Set(lieu),
        piece: Set(None),
        depose_le: Set(contexte.horloge.maintenant()),
        nomme_le: Set(None),
        ..Default::default()
    };
    let tx = contexte.base.ecrire().await?;
    let id = objet_fichier::Entity::insert(ligne).exec(&tx).await?.last_insert_id;
    tx.valider().await?;
    contexte.outils.fichiers.entrepots.deposer(lieu, &cle, scelle).await?;
    Ok((id, cle))
}

/// Keeps the content of a file, in the change that keeps the file.
pub(super) async fn garder(
    db: &impl ConnectionTrait,
    piece: PieceId,
    contenu: Contenu,
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    match contenu {
        Contenu::Scelle(scelle) => {
            let ligne = contenu::ActiveModel { piece: Set(piece), scelle: Set(scelle) };
            contenu::Entity::insert(ligne).exec_without_returning(db).await?;
        }
        Contenu::Objet(cle) => {
            let nomme = objet_fichier::ActiveModel {
                piece: Set(Some(piece)),
                nomme_le: Set(Some(maintenant)),
                ..Default::default()
            };
            let nommes = objet_fichier::Entity::update_many()
                .set(nomme)
                .filter(objet_fichier::Column::Cle.eq(cle))
                .filter(objet_fichier::Column::NommeLe.is_null())
                .exec(db)
                .await?;
            if nommes.rows_affected != 1 {
                // It waited for too long, or another change has it.
                return Err(Echec::Inutilisable("content of a file"));
            }
        }
    }
    Ok(())
}

/// The content of a file, as it was sent.
///
/// # Errors
/// [`Erreur::Introuvable`] when it is gone; the database or the store failed.
pub(super) async fn lire(
    db: &impl ConnectionTrait,
    outils: &Outils,
    piece: PieceId,
) -> Result<Vec<u8>, Echec> {
    let scelle = lire_scelle(db, outils, piece).await?.ok_or(Erreur::Introuvable)?;
    outils.coffre.ouvrir(&scelle)
}

async fn lire_scelle(
    db: &impl ConnectionTrait,
    outils: &Outils,
    piece: PieceId,
) -> Result<Option<Vec<u8>>, Echec> {
    // Moved while it was looked for, it is in the other place.
    for _ in 0..2 {
        if let Some(contenu) = contenu::Entity::find_by_id(piece).one(db).await? {
            return Ok(Some(contenu.scelle));
        }
        let objet = objet_fichier::Entity::find()
            .filter(objet_fichier::Column::Piece.eq(piece))
            .one(db)
            .await?;
        if let Some(objet) = objet {
            return Ok(Some(outils.fichiers.entrepots.lire(objet.lieu, &objet.cle).await?));
        }
    }
    Ok(None)
}

/// Takes away the objects that are no file's; gives how many. What a change has named goes at once, the others after a
/// day.
///
/// # Errors
/// The database or the store failed: they will be taken away later.
pub async fn effacer_les_orphelins(contexte: &Contexte) -> Result<usize, Echec> {
    let limite = contexte.horloge.maintenant() - Duration::days(ORPHELIN_JOURS);
    let oublie = Condition::any()
        .add(objet_fichier::Column::NommeLe.is_not_null())
        .add(objet_fichier::Column::DeposeLe.lt(limite));
    let orphelins = objet_fichier::Entity::find()
        .filter(objet_fichier::Column::Piece.is_null())
        .filter(oublie)
        .order_by_asc(objet_fichier::Column::Id)
        .limit(PAR_TOUR)
        .all(contexte.base.lire())
        .await?;
    let combien = orphelins.len();
    for objet in orphelins {
        // The content first: without its row nobody would look for it.
        contexte.outils.fichiers.entrepots.effacer(objet.lieu, &objet.cle).await?;
        let tx = contexte.base.ecrire().await?;
        objet_fichier::Entity::delete_many()
            .filter(objet_fichier::Column::Id.eq(objet.id))
            .filter(objet_fichier::Column::Piece.is_null())
            .exec(&tx)
            .await?;
        tx.valider().await?;
    }
    Ok(combien)
}

/// How far a move has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Avancement {
    /// How many contents are where they are to be.
    pub faits: u64,
    /// How many there were to move when it began.
    pub total: u64,
}

/// Moves the contents that are elsewhere to where new ones go, or those of the stores to the database with `vers_la_base`;
/// tells each time one is moved. Stopped at any moment, it goes on from there.
///
/// # Errors
/// The database or the store failed.
pub async fn deplacer(
    contexte: &Contexte,
    vers_la_base: bool,
    mut dire: impl FnMut(Avancement),
) -> Result<Avancement, Echec> {
    let db = contexte.base.lire();
    let lieu = contexte.outils.fichiers.entrepots.ou().filter(|_| !vers_la_base);
    let dedans = if lieu.is_some() { contenu::Entity::find().count(db).await? } else { 0 };
    let total = dedans + ailleurs(lieu).count(db).await?;
    let mut avancement = Avancement { faits: 0, total };
    let mut apres = PieceId(0);
    while let Some(piece) = suivante(db, lieu, apres).await? {
        match lieu {
            Some(lieu) => sortir(contexte, lieu, piece).await?,
            None => rentrer(contexte, piece).await?,
        }
        apres = piece;
        avancement.faits += 1;
        dire(avancement);
    }
    Ok(avancement)
}

/// The objects of files that are in another store than `lieu`.
fn ailleurs(lieu: Option<Lieu>) -> Select<objet_fichier::Entity> {
    let nommes = objet_fichier::Entity::find().filter(objet_fichier::Column::Piece.is_not_null());
    match lieu {
        Some(lieu) => nommes.filter(objet_fichier::Column::Lieu.ne(lieu)),
        None => nommes,
    }
}

/// The next file to move, by its number.
async fn suivante(
    db: &impl ConnectionTrait,
    lieu: Option<Lieu>,
    apres: PieceId,
) -> Result<Option<PieceId>, Echec> {
    let objet = ailleurs(lieu)
        .filter(objet_fichier::Column::Piece.gt(apres))
        .order_by_asc(objet_fichier::Column::Piece)
        .one(db)
        .await?;
    let range = objet.and_then(|objet| objet.piece);
    if lieu.is_none() {
        return Ok(range);
    }
    let dedans: Option<PieceId> = contenu::Entity::find()
        .filter(contenu::Column::Piece.gt(apres))
        .order_by_asc(contenu::Column::Piece)
        .select_only()
        .column(contenu::Column::Piece)
        .into_tuple()
        .one(db)
        .await?;
    Ok([range, dedans].into_iter().flatten().min_by_key(|piece| piece.0))
}

/// To a store, from the database or from another store. A file that is deleted meanwhile leaves an object that is
/// nobody's.
async fn sortir(contexte: &Contexte, lieu: Lieu, piece: PieceId) -> Result<(), Echec> {
    let lu = lire_scelle(contexte.base.lire(), &contexte.outils, piece).await?;
    let Some(scelle) = lu else { return Ok(()) };
    ranger(contexte, lieu, piece, scelle).await
}

/// Puts the content of a file in a store, in the place of what it had.
async fn ranger(
    contexte: &Contexte,
    lieu: Lieu,
    piece: PieceId,
    scelle: Vec<u8>,
) -> Result<(), Echec> {
    let (objet, _) = mettre(contexte, lieu, scelle).await?;
    let tx = contexte.base.ecrire().await?;
    let dedans = contenu::Entity::delete_by_id(piece).exec(&tx).await?.rows_affected;
    let ailleurs = oublier_l_objet(&tx, piece).await?;
    let a_qui = (dedans + ailleurs > 0).then_some(piece);
    let nomme = objet_fichier::ActiveModel {
        piece: Set(a_qui),
        nomme_le: Set(Some(contexte.horloge.maintenant())),
        ..Default::default()
    };
    objet_fichier::Entity::update_many()
        .set(nomme)
        .filter(objet_fichier::Column::Id.eq(objet))
        .exec(&tx)
        .await?;
    tx.valider().await
}

/// From a store to the database.
async fn rentrer(contexte: &Contexte, piece: PieceId) -> Result<(), Echec> {
    let lu = lire_scelle(contexte.base.lire(), &contexte.outils, piece).await?;
    let Some(scelle) = lu else { return Ok(()) };
    let tx = contexte.base.ecrire().await?;
    if oublier_l_objet(&tx, piece).await? > 0 {
        let ligne = contenu::ActiveModel { piece: Set(piece), scelle: Set(scelle) };
        contenu::Entity::insert(ligne).exec_without_returning(&tx).await?;
    }
    tx.valider().await
}

/// Seals again, with the key that seals, what the stores hold by another one; gives how many, and how many neither key
/// opens. Stopped at any moment, it goes on from there.
///
/// # Errors
/// The database or the store failed.
pub async fn rechiffrer(contexte: &Contexte, dire: impl Fn(u64)) -> Result<(u64, u64), Echec> {
    let (db, outils) = (contexte.base.lire(), &contexte.outils);
    let (mut refaits, mut illisibles) = (0, 0);
    let mut apres = PieceId(0);
    let suivant = async |apres: PieceId| {
        let nommes = ailleurs(None).filter(objet_fichier::Column::Piece.gt(apres));
        nommes.order_by_asc(objet_fichier::Column::Piece).one(db).await
    };
    while let Some(objet) = suivant(apres).await? {
        let Some(piece) = objet.piece else { break };
        apres = piece;
        let clair = match d_une_autre_cle(outils, &objet).await {
            Ok(None) => continue,
            Ok(Some(scelle)) => outils.coffre.ouvrir(&scelle),
            // Erased meanwhile, or lost: there is nothing to seal.
            Err(Panne::Perdu) => Err(Echec::Entrepot(Panne::Perdu)),
            Err(panne) => return Err(panne.into()),
        };
        let Ok(clair) = clair else {
            illisibles += 1;
            continue;
        };
        let neuf = outils.coffre.sceller(&clair, &outils.hasard);
        ranger(contexte, objet.lieu, piece, neuf).await?;
        refaits += 1;
        dire(refaits);
    }
    Ok((refaits, illisibles))
}

/// What an object holds, unless the key that seals has sealed it: its mark tells, and is read alone.
async fn d_une_autre_cle(
    outils: &Outils,
    objet: &objet_fichier::Model,
) -> Result<Option<Vec<u8>>, Panne> {
    let (entrepots, repere) = (&outils.fichiers.entrepots, outils.coffre.repere());
    if entrepots.debut(objet.lieu, &objet.cle, repere.len()).await? == repere {
        return Ok(None);
    }
    entrepots.lire(objet.lieu, &objet.cle).await.map(Some)
}

/// How many objects are listed at once.
const PAR_LISTE: u64 = 500;

/// The objects of a store past `apres`, by their number, a file's or not yet or no longer.
///
/// # Errors
/// The database failed.
pub(super) async fn ranges(
    db: &impl ConnectionTrait,
    lieu: Lieu,
    apres: ObjetId,
) -> Result<Vec<objet_fichier::Model>, DbErr> {
    objet_fichier::Entity::find()
        .filter(objet_fichier::Column::Lieu.eq(lieu))
        .filter(objet_fichier::Column::Id.gt(apres))
        .order_by_asc(objet_fichier::Column::Id)
        .limit(PAR_LISTE)
        .all(db)
        .await
}

/// Whether files have their contents in that store.
///
/// # Errors
/// The database failed.
pub async fn servi(db: &impl ConnectionTrait, lieu: Lieu) -> Result<bool, DbErr> {
    let nomme = objet_fichier::Entity::find()
        .filter(objet_fichier::Column::Lieu.eq(lieu))
        .filter(objet_fichier::Column::Piece.is_not_null());
    Ok(nomme.one(db).await?.is_some())
}

/// The object of a file is nobody's any more; gives how many there were.
async fn oublier_l_objet(db: &impl ConnectionTrait, piece: PieceId) -> Result<u64, Echec> {
    let oublies = objet_fichier::Entity::update_many()
        .col_expr(objet_fichier::Column::Piece, Expr::value(None::<i64>))
        .filter(objet_fichier::Column::Piece.eq(piece))
        .exec(db)
        .await?;
    Ok(oublies.rows_affected)
}

/// Lets go of the files that waited for an antivirus that is no longer set.
///
/// # Errors
/// The database failed.
pub async fn liberer(base: &Base) -> Result<(), Echec> {
    use domain::fichier::Analyse;
    let retenues = piece_jointe::Column::Analyse.eq(Analyse::AVerifier);
    let une = piece_jointe::Entity::find().filter(retenues.clone()).one(base.lire()).await?;
    if une.is_none() {
        return Ok(());
    }
    let tx = base.ecrire().await?;
    piece_jointe::Entity::update_many()
        .col_expr(piece_jointe::Column::Analyse, Expr::value(Analyse::NonFaite.code()))
        .filter(retenues)
        .exec(&tx)
        .await?;
    tx.valider().await
}
