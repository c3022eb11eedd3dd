//! Writing at the end of the chain, and erasing its beginning once its time is over.

use super::chaine::{ORIGINE, ancre, arrondi, empreinte};
use super::tampon::{Objet, Tampon, Vue};
use crate::socle::base::{Base, Ecriture};
use crate::socle::erreur::Echec;
use crate::socle::verrous;
use crate::tables::{consultation, dossier, instructeur, piece_jointe};
use chrono::{DateTime, Duration, Utc};
use domain::consultation::{Acte, CONSERVATION_JOURS, MEME_MINUTES};
use domain::ids::{CompteId, DossierNumero};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
};

/// How many are written in one change.
const LOT: usize = 500;

/// The end of the chain, held by this change alone.
struct Fin<'a> {
    tx: &'a Ecriture,
    id: i64,
    empreinte: String,
}

impl<'a> Fin<'a> {
    /// Waits for whoever writes; pages never do.
    async fn tenir(tx: &'a Ecriture) -> Result<Self, Echec> {
        verrous::nomme(tx, "consultations").await?;
        let derniere =
            consultation::Entity::find().order_by_desc(consultation::Column::Id).one(tx).await?;
        Ok(match derniere {
            Some(derniere) => Self { tx, id: derniere.id, empreinte: derniere.empreinte },
            None => Self { tx, id: 0, empreinte: ORIGINE.to_owned() },
        })
    }

    async fn ajouter(&mut self, ligne: Ligne) -> Result<(), Echec> {
        let Ligne { le, acte, compte, dossier, detail } = ligne;
        let mut ligne = consultation::Model {
            id: self.id + 1,
            le: arrondi(le),
            quoi: acte.code().to_owned(),
            compte,
            dossier: dossier.as_ref().map(|dossier| dossier.numero),
            demarche: dossier.map(|dossier| dossier.demarche),
            detail,
            precedente: std::mem::take(&mut self.empreinte),
            empreinte: String::new(),
        };
        ligne.empreinte = empreinte(&ligne);
        self.id = ligne.id;
        self.empreinte.clone_from(&ligne.empreinte);
        let ligne = sea_orm::ActiveModelTrait::reset_all(ligne.into_active_model());
        consultation::Entity::insert(ligne).exec_without_returning(self.tx).await?;
        Ok(())
    }
}

struct Ligne {
    le: DateTime<Utc>,
    acte: Acte,
    compte: Option<CompteId>,
    dossier: Option<dossier::Model>,
    detail: Option<String>,
}

impl Ligne {
    /// What the application says of the journal itself.
    const fn du_journal(le: DateTime<Utc>, acte: Acte, detail: String) -> Self {
        Self { le, acte, compte: None, dossier: None, detail: Some(detail) }
    }
}

/// Writes all that waits; gives how many rows were added. What could not be written waits again.
///
/// # Errors
/// The database failed.
pub async fn tout_ecrire(
    base: &Base,
    tampon: &Tampon,
    maintenant: DateTime<Utc>,
) -> Result<usize, Echec> {
    let mut ecrites = 0;
    loop {
        let (vues, perdues) = tampon.prendre(LOT, maintenant);
        if vues.is_empty() && perdues == 0 {
            return Ok(ecrites);
        }
        match ecrire(base, &vues, perdues, maintenant).await {
            Ok(combien) => ecrites += combien,
            Err(echec) => {
                tampon.rendre(vues, perdues);
                return Err(echec);
            }
        }
    }
}

async fn ecrire(
    base: &Base,
    vues: &[Vue],
    perdues: u64,
    maintenant: DateTime<Utc>,
) -> Result<usize, Echec> {
    let tx = base.ecrire().await?;
    let mut fin = Fin::tenir(&tx).await?;
    let mut ecrites = 0;
    for vue in vues {
        let Some(dossier) = dossier_de(&tx, vue.objet).await? else { continue };
        if deja(&tx, vue, dossier.numero).await? || !instruit(&tx, vue.compte, &dossier).await? {
            continue;
        }
        let (acte, compte, dossier) = (vue.acte, Some(vue.compte), Some(dossier));
        fin.ajouter(Ligne { le: vue.le, acte, compte, dossier, detail: None }).await?;
        ecrites += 1;
    }
    if perdues > 0 {
        tracing::error!(perdues, "readings of dossiers were lost");
        fin.ajouter(Ligne::du_journal(maintenant, Acte::Perte, perdues.to_string())).await?;
        ecrites += 1;
    }
    tx.valider().await?;
    Ok(ecrites)
}

/// The dossier, deleted or not; none for a draft, which no instructeur reads.
async fn dossier_de(
    db: &impl ConnectionTrait,
    objet: Objet,
) -> Result<Option<dossier::Model>, Echec> {
    let numero = match objet {
        Objet::Dossier(numero) => numero,
        Objet::Piece(id) => match piece_jointe::Entity::find_by_id(id).one(db).await? {
            Some(piece) => piece.dossier,
            None => return Ok(None),
        },
    };
    Ok(dossier::Entity::find_by_id(numero).one(db).await?)
}

/// Whether it is said already, by this process or by another one.
async fn deja(db: &impl ConnectionTrait, vue: &Vue, dossier: DossierNumero) -> Result<bool, Echec> {
    let la_meme = consultation::Entity::find()
        .filter(consultation::Column::Dossier.eq(dossier))
        .filter(consultation::Column::Compte.eq(vue.compte))
        .filter(consultation::Column::Quoi.eq(vue.acte.code()))
        .filter(consultation::Column::Le.gt(vue.le - Duration::minutes(MEME_MINUTES)));
    Ok(la_meme.one(db).await?.is_some())
}

/// What an usager reads of their own is not written; a page of an instructeur is, although they left the groupe since.
async fn instruit(
    db: &impl ConnectionTrait,
    compte: CompteId,
    dossier: &dossier::Model,
) -> Result<bool, Echec> {
    if compte == dossier.usager {
        return Ok(false);
    }
    let quelque_part = instructeur::Entity::find().filter(instructeur::Column::Compte.eq(compte));
    Ok(quelque_part.one(db).await?.is_some())
}

/// Says that a process begins to write, or that it has written all that it knew.
///
/// # Errors
/// The database failed.
pub async fn signaler(
    base: &Base,
    acte: Acte,
    processus: &str,
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    let tx = base.ecrire().await?;
    let mut fin = Fin::tenir(&tx).await?;
    fin.ajouter(Ligne::du_journal(maintenant, acte, processus.to_owned())).await?;
    tx.valider().await
}

/// Erases the rows that are past their time, and says at the end of the chain up to which: what is left is still verified.
///
/// # Errors
/// The database failed.
pub async fn purger(base: &Base, maintenant: DateTime<Utc>) -> Result<u64, Echec> {
    let avant = maintenant - Duration::days(CONSERVATION_JOURS);
    let anciennes = || {
        consultation::Entity::find()
            .filter(consultation::Column::Le.lt(avant))
            .order_by_desc(consultation::Column::Id)
    };
    // Most of the time there is none: look before taking the lock for writing.
    if anciennes().one(base.lire()).await?.is_none() {
        return Ok(0);
    }
    let tx = base.ecrire().await?;
    let mut fin = Fin::tenir(&tx).await?;
    let Some(derniere) = anciennes().one(&tx).await? else { return Ok(0) };
    let dite = ancre(derniere.id, &derniere.empreinte);
    fin.ajouter(Ligne::du_journal(maintenant, Acte::Ancre, dite)).await?;
    let effacees = consultation::Entity::delete_many()
        .filter(consultation::Column::Id.lte(derniere.id))
        .exec(&tx)
        .await?;
    tx.valider().await?;
    Ok(effacees.rows_affected)
}
