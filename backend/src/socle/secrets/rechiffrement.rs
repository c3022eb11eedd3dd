//! Changing the key while the service runs: everything that is sealed is sealed again with the new one.
//!
//! Processes know both keys meanwhile ([`Coffre::et_precedente`]): they open with either and seal with the new one. What is left
//! to do is told by the mark that begins each sealed value, so nothing has to be remembered: stopped, it goes on where it
//! was; done again, it finds nothing. A value that changes meanwhile is left to whoever changed it.

use crate::socle::base::Base;
use crate::socle::erreur::Echec;
use crate::socle::secrets::coffre::{Coffre, REPERE};
use crate::socle::secrets::hasard::Hasard;
use crate::socle::secrets::temoin;
use crate::tables::{
    agenda, ancien_secret, compte_rdv, confirmation, contenu, demande_identite, demande_oauth,
    formulaire_en_attente, lien_compte, lien_personnel, lien_proposition, morceau_archive,
    morceau_export, notification, raccordement, rattachement_identite, session,
};
use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, ExprTrait, Func, Order, SimpleExpr};
use sea_orm::{
    ColumnTrait, Condition, EntityName, EntityTrait, Iterable, ModelTrait, PaginatorTrait,
    PrimaryKeyToColumn, QueryFilter, QueryOrder, QuerySelect, Value,
};

/// How many values are read at once, where each is a few hundred octets.
const PETITES: u64 = 200;

/// The same where each may be a whole file.
const GRANDES: u64 = 2;

/// How many times everything is gone through, at most: once is enough, unless a process that does not know the new key yet goes on
/// sealing with the old one.
const PASSES: u32 = 5;

/// With what it is done.
#[derive(Debug, Clone, Copy)]
pub struct Moyens<'a> {
    /// Where.
    pub base: &'a Base,
    /// With both keys.
    pub coffre: &'a Coffre,
    /// Nonces.
    pub hasard: &'a Hasard,
}

/// What was done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Bilan {
    /// Values sealed again.
    pub refaites: u64,
    /// Values that neither key opens: altered, or sealed with another one still.
    pub illisibles: u64,
    /// Values that the new key does not seal yet, but for these.
    pub restantes: u64,
}

macro_rules! scelles {
    ($($table:ident . $colonne:ident par $lot:ident),+ $(,)?) => {
        /// Every column that is sealed: table, column. A test looks for one that is not in it.
        #[must_use]
        pub fn colonnes() -> Vec<(&'static str, String)> {
            vec![$((
                $table::Entity.table_name(),
                sea_orm::IdenStatic::as_str(&$table::Column::$colonne).to_owned(),
            )),+]
        }

        /// Goes through all of them once.
        async fn passer(moyens: Moyens<'_>, dire: &dyn Fn(&'static str, u64)) -> Result<Bilan, Echec> {
            let mut bilan = Bilan::default();
            $(
                let fait = colonne::<$table::Entity>(moyens, $table::Column::$colonne, $lot, dire).await?;
                bilan.refaites += fait.refaites;
                bilan.illisibles += fait.illisibles;
            )+
            Ok(bilan)
        }

        /// How many values do not begin by the mark of the key that seals.
        ///
        /// # Errors
        /// The database failed.
        pub async fn restantes(base: &Base, coffre: &Coffre) -> Result<u64, Echec> {
            let mut nombre = 0;
            $(
                nombre += $table::Entity::find()
                    .filter(d_une_autre_cle::<$table::Entity>($table::Column::$colonne, coffre))
                    .count(base.lire())
                    .await?;
            )+
            Ok(nombre)
        }
    };
}

scelles! {
    agenda.SecretScelle par PETITES,
    ancien_secret.SecretScelle par PETITES,
    compte_rdv.AccesScelle par PETITES,
    compte_rdv.RafraichissementScelle par PETITES,
    demande_oauth.VerificateurScelle par PETITES,
    confirmation.JetonScelle par PETITES,
    demande_identite.Scelle par PETITES,
    rattachement_identite.Scelle par PETITES,
    raccordement.JetonScelle par PETITES,
    raccordement.SecretWebhookScelle par PETITES,
    lien_proposition.SecretScelle par PETITES,
    lien_compte.JetonScelle par PETITES,
    lien_personnel.LienScelle par PETITES,
    notification.CorpsScelle par PETITES,
    session.JetonIdentite par PETITES,
    formulaire_en_attente.Scelle par GRANDES,
    morceau_archive.Scelle par GRANDES,
    morceau_export.Scelle par GRANDES,
    contenu.Scelle par GRANDES,
}

/// Seals everything again, then leaves the witness of the new key alone: from then on the old one opens nothing, and a
/// process that has it alone does not start. `dire` hears of what goes on: a table, how many values of it are done.
///
/// # Errors
/// The database failed; what was done is done.
pub async fn tout(
    moyens: Moyens<'_>,
    maintenant: DateTime<Utc>,
    dire: &dyn Fn(&'static str, u64),
) -> Result<Bilan, Echec> {
    let mut bilan = Bilan::default();
    for _ in 0..PASSES {
        let passe = passer(moyens, dire).await?;
        bilan.refaites += passe.refaites;
        bilan.illisibles = passe.illisibles;
        if passe.refaites == 0 {
            break;
        }
    }
    bilan.restantes = restantes(moyens.base, moyens.coffre).await?.saturating_sub(bilan.illisibles);
    if bilan.restantes == 0 {
        let tx = moyens.base.ecrire().await?;
        temoin::laisser_seul(&tx, moyens.coffre, moyens.hasard, maintenant).await?;
        tx.valider().await?;
    }
    Ok(bilan)
}

fn d_une_autre_cle<E: EntityTrait>(colonne: E::Column, coffre: &Coffre) -> SimpleExpr {
    let longueur = i32::try_from(REPERE).unwrap_or_default();
    let debut = Func::cust("substr").arg(Expr::col((E::default(), colonne))).arg(1).arg(longueur);
    Expr::expr(debut).ne(coffre.repere().to_vec())
}

/// Past a row, in the order of its key, whatever the number of columns of it.
fn apres<E: EntityTrait>(cle: &[(E::Column, Value)]) -> Condition {
    let mut apres = Condition::any();
    for (rang, (colonne, valeur)) in cle.iter().enumerate() {
        let egales = cle[..rang].iter().map(|(colonne, valeur)| colonne.eq(valeur.clone()));
        let condition = egales.fold(Condition::all(), Condition::add);
        apres = apres.add(condition.add(colonne.gt(valeur.clone())));
    }
    apres
}

/// One column: so many values at a time, each batch read first, sealed aside, then written in a change that lasts no longer
/// than it must.
async fn colonne<E: EntityTrait>(
    moyens: Moyens<'_>,
    colonne: E::Column,
    lot: u64,
    dire: &dyn Fn(&'static str, u64),
) -> Result<Bilan, Echec>
where
    E::Model: Send + Sync,
{
    let table = E::default().table_name();
    let cles: Vec<E::Column> = E::PrimaryKey::iter().map(PrimaryKeyToColumn::into_column).collect();
    let (mut bilan, mut vues) = (Bilan::default(), 0);
    let mut dernier: Option<Vec<(E::Column, Value)>> = None;
    loop {
        let mut requete = E::find().filter(d_une_autre_cle::<E>(colonne, moyens.coffre));
        if let Some(dernier) = &dernier {
            requete = requete.filter(apres::<E>(dernier));
        }
        for cle in &cles {
            requete = requete.order_by(*cle, Order::Asc);
        }
        let lues = requete.limit(lot).all(moyens.base.lire()).await?;
        if lues.is_empty() {
            return Ok(bilan);
        }
        vues += lues.len() as u64;
        let mut lignes = Vec::new();
        for ligne in lues {
            let cle: Vec<_> = cles.iter().map(|cle| (*cle, ligne.get(*cle))).collect();
            dernier = Some(cle.clone());
            if let Value::Bytes(Some(scelle)) = ligne.get(colonne) {
                lignes.push((cle, scelle));
            }
        }
        let (refaites, illisibles) = refaire(moyens, lignes).await?;
        bilan.illisibles += illisibles;
        bilan.refaites += ecrire::<E>(moyens.base, colonne, refaites).await?;
        dire(table, vues);
    }
}

/// The key of a row, and a value.
type Ligne<C> = (Vec<(C, Value)>, Vec<u8>);

/// The key of a row, what was sealed, and what is to be in its place.
type Refaite<C> = (Vec<(C, Value)>, Vec<u8>, Vec<u8>);

/// Away from those that answer: a file takes a while.
async fn refaire<C: Send + 'static>(
    moyens: Moyens<'_>,
    lignes: Vec<Ligne<C>>,
) -> Result<(Vec<Refaite<C>>, u64), Echec> {
    let (coffre, hasard) = (moyens.coffre.clone(), moyens.hasard.clone());
    let refaire = move || {
        let (mut refaites, mut illisibles) = (Vec::new(), 0);
        for (cle, avant) in lignes {
            match coffre.ouvrir(&avant) {
                Ok(clair) => refaites.push((cle, avant, coffre.sceller(&clair, &hasard))),
                Err(_) => illisibles += 1,
            }
        }
        (refaites, illisibles)
    };
    tokio::task::spawn_blocking(refaire).await.map_err(|_| Echec::Inutilisable("sealed value"))
}

/// Writes them where they still are what was read. On PostgreSQL one row a change, so that nobody who changes several of them can
/// wait for us while we wait for them; SQLite has one writer at a time, and a batch costs it one wait for the disk.
async fn ecrire<E: EntityTrait>(
    base: &Base,
    colonne: E::Column,
    refaites: Vec<Refaite<E::Column>>,
) -> Result<u64, Echec> {
    let ensemble = if base.sqlite() { refaites.len().max(1) } else { 1 };
    let mut ecrites = 0;
    for refaites in refaites.chunks(ensemble) {
        let tx = base.ecrire().await?;
        for (cle, avant, apres) in refaites {
            let mut requete = E::update_many()
                .col_expr(colonne, Expr::value(apres.clone()))
                .filter(colonne.eq(avant.clone()));
            for (colonne, valeur) in cle {
                requete = requete.filter(colonne.eq(valeur.clone()));
            }
            ecrites += requete.exec(&tx).await?.rows_affected;
        }
        tx.valider().await?;
    }
    Ok(ecrites)
}
