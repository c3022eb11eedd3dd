//! The words by which a dossier is found, kept with it, and what a search asks the database.

use crate::socle::base::Base;
use crate::socle::erreur::Echec;
use crate::socle::verrous;
use crate::tables::{compte, dossier, dossier_a_indexer, mot_dossier};
use domain::ids::{CompteId, DossierNumero};
use domain::recherche::{mot_d_un_nom, mots, mots_d_une_personne, numero};
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter,
    QueryOrder, QuerySelect,
};
use std::collections::BTreeSet;

/// How many dossiers are indexed again in one change.
const LOT: u64 = 100;

/// Writes the words of a dossier again: name of the person concerned, e-mail of the one who filed it. To be
/// called each time one of these changes.
///
/// # Errors
/// The database failed.
pub async fn indexer(db: &impl ConnectionTrait, numero: DossierNumero) -> Result<(), Echec> {
    let dossier = dossier::Entity::find_by_id(numero).one(db).await?;
    let dossier = dossier.ok_or(Echec::illisible("dossiers", "numero", numero))?;
    ecrire(db, dossier).await
}

async fn ecrire(db: &impl ConnectionTrait, dossier: dossier::Model) -> Result<(), Echec> {
    let usager = compte::Entity::find_by_id(dossier.usager).one(db).await?;
    // That of an account which was erased is no word of anybody.
    let email = usager.map(|compte| compte.email).filter(|email| !compte::effacee(email));
    let email = email.unwrap_or_default();
    mot_dossier::Entity::delete_many()
        .filter(mot_dossier::Column::Dossier.eq(dossier.numero))
        .exec(db)
        .await?;
    let lignes = mots_d_une_personne(&dossier.prenom, &dossier.nom, &email)
        .into_iter()
        .map(|mot| mot_dossier::ActiveModel { mot: Set(mot), dossier: Set(dossier.numero) });
    mot_dossier::Entity::insert_many(lignes).exec_without_returning(db).await?;
    Ok(())
}

/// Has the words of the dossiers that an account filed written again, a little later.
///
/// # Errors
/// The database failed.
pub(crate) async fn prevoir_ceux_de(
    db: &impl ConnectionTrait,
    usager: CompteId,
) -> Result<(), Echec> {
    let siens: Vec<DossierNumero> = dossier::Entity::find()
        .filter(dossier::Column::Usager.eq(usager))
        .select_only()
        .column(dossier::Column::Numero)
        .into_tuple()
        .all(db)
        .await?;
    for numero in siens {
        let ligne = dossier_a_indexer::ActiveModel { dossier: Set(numero) };
        dossier_a_indexer::Entity::insert(ligne)
            .on_conflict_do_nothing()
            .exec_without_returning(db)
            .await?;
    }
    Ok(())
}

/// Indexes again the dossiers that a new version of the folded form left to be; gives how many. Until then they are
/// found by their former words.
///
/// # Errors
/// The database failed; what was indexed before stays so.
pub async fn rattraper(base: &Base) -> Result<u64, Echec> {
    let mut faits = 0;
    loop {
        let tx = base.ecrire().await?;
        let lot = dossier_a_indexer::Entity::find()
            .order_by_asc(dossier_a_indexer::Column::Dossier)
            .limit(LOT);
        let lot = verrous::libres(lot).all(&tx).await?;
        let numeros: BTreeSet<DossierNumero> = lot.into_iter().map(|ligne| ligne.dossier).collect();
        if numeros.is_empty() {
            return Ok(faits);
        }
        // Whoever changes a name at this moment waits, or is waited for.
        verrous::dossiers(&tx, &numeros).await?;
        let dossiers = dossier::Entity::find()
            .filter(dossier::Column::Numero.is_in(numeros.iter().copied()))
            .all(&tx)
            .await?;
        for dossier in dossiers {
            ecrire(&tx, dossier).await?;
        }
        faits += numeros.len() as u64;
        dossier_a_indexer::Entity::delete_many()
            .filter(dossier_a_indexer::Column::Dossier.is_in(numeros))
            .exec(&tx)
            .await?;
        tx.valider().await?;
    }
}

/// More dossiers than that have a word that is looked for: it is asked of each dossier whether it has it. Fewer are
/// listed.
const RARES: u64 = 5_000;

/// What a request about `dossiers` must ask: either the number, or for each word typed the beginning of a word of the
/// name or of the e-mail.
pub(crate) async fn conditions(
    db: &impl ConnectionTrait,
    texte: &str,
) -> Result<Vec<Condition>, Echec> {
    if let Some(numero) = numero(texte) {
        return Ok(vec![Condition::all().add(dossier::Column::Numero.eq(numero))]);
    }
    let mots = mots(texte);
    let mut conditions = Vec::with_capacity(mots.len());
    for mot in mots {
        let condition = if rare(db, &mot).await? {
            Condition::all().add(dossier::Column::Numero.in_subquery(commence(&mot)))
        } else {
            Condition::all().add(Expr::exists(du_dossier(commence(&mot))))
        };
        conditions.push(condition);
    }
    Ok(conditions)
}

fn du_dossier(mut requete: SelectStatement) -> SelectStatement {
    let le_sien = Expr::col(mot_dossier::Column::Dossier.as_column_ref());
    requete.and_where(le_sien.equals((Alias::new("dossiers"), Alias::new("numero")))).take()
}

/// The dossiers that have a word that begins so: those that follow one another in the index.
fn commence(mot: &str) -> SelectStatement {
    Query::select()
        .column(mot_dossier::Column::Dossier)
        .from(mot_dossier::Entity)
        .and_where(mot_dossier::Column::Mot.gte(mot))
        .and_where(mot_dossier::Column::Mot.lt(format!("{mot}{}", char::MAX)))
        .to_owned()
}

/// Whether few dossiers have a word that begins so. Of a common one, the first page is found at once by asking each
/// dossier; of a rare one, by listing those that have it.
async fn rare(db: &impl ConnectionTrait, mot: &str) -> Result<bool, Echec> {
    Ok(crate::socle::base::compter(db, commence(mot), RARES).await?.is_some())
}

/// The dossiers of people of these last and first names, however they are written; `None` without any.
pub(crate) fn homonymes<'a>(
    noms: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Option<SelectStatement> {
    let du_nom = |colonne: &'static str| Expr::col((Alias::new("par_nom"), Alias::new(colonne)));
    let du_prenom =
        |colonne: &'static str| Expr::col((Alias::new("par_prenom"), Alias::new(colonne)));
    let mut choix = Condition::any();
    for (nom, prenom) in noms {
        let (nom, prenom) = (mot_d_un_nom(nom), mot_d_un_nom(prenom));
        if !nom.is_empty() && !prenom.is_empty() {
            let tous = Condition::all().add(du_nom("mot").eq(nom)).add(du_prenom("mot").eq(prenom));
            choix = choix.add(tous);
        }
    }
    if choix.is_empty() {
        return None;
    }
    let requete = Query::select()
        .expr(du_nom("dossier"))
        .from_as(mot_dossier::Entity, Alias::new("par_nom"))
        .join_as(
            sea_orm::JoinType::InnerJoin,
            mot_dossier::Entity,
            Alias::new("par_prenom"),
            du_prenom("dossier").equals((Alias::new("par_nom"), Alias::new("dossier"))),
        )
        .cond_where(choix)
        .to_owned();
    Some(requete)
}
