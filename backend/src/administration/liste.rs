//! « Toutes les démarches »: what is public of all that were published.

use crate::autorisations;
use crate::entities::{administrateur, demarche};
use crate::erreur::Echec;
use domain::ids::DemarcheNumero;
use domain::publication::Publication;
use domain::role::Acteur;
use domain::vues::{DemarchePublique, Page};
use sea_orm::sea_query::{Expr, ExprTrait, Func};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect,
};

/// How many démarches a page shows.
const PAR_PAGE: u64 = 25;

/// The longest search that is looked for, in characters.
const RECHERCHE_MAX: usize = 100;

/// A page of the démarches that were published, those whose title or number says `recherche`. `page` from 1.
///
/// # Errors
/// [`domain::Erreur::Introuvable`] for somebody who is no administrateur.
pub async fn toutes(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    recherche: &str,
    page: u64,
) -> Result<Page<DemarchePublique>, Echec> {
    autorisations::un_administrateur(db, acteur).await?;
    let mut choix = demarche::Entity::find().filter(demarche::Column::PublieeLe.is_not_null());
    let recherche: String = recherche.trim().chars().take(RECHERCHE_MAX).collect();
    if !recherche.is_empty() {
        choix = choix.filter(contient(&recherche));
    }
    let pagination = choix
        .order_by_asc(demarche::Column::Titre)
        .order_by_asc(demarche::Column::Numero)
        .paginate(db, PAR_PAGE);
    let total = pagination.num_items_and_pages().await?;
    let pages = Ord::max(total.number_of_pages, 1);
    let page = Ord::clamp(page, 1, pages);
    let lignes = pagination.fetch_page(page - 1).await?;
    let gerees: Vec<i64> = administrateur::Entity::find()
        .filter(administrateur::Column::Compte.eq(acteur.compte.0))
        .select_only()
        .column(administrateur::Column::Demarche)
        .into_tuple()
        .all(db)
        .await?;
    let elements = lignes
        .into_iter()
        .map(|ligne| DemarchePublique {
            numero: DemarcheNumero(ligne.numero),
            titre: ligne.titre,
            service: ligne.service,
            publication: Publication::de(ligne.publiee_le, ligne.close_le),
            geree: gerees.contains(&ligne.numero),
        })
        .collect();
    Ok(Page { elements, numero: page, pages, total: total.number_of_items })
}

/// The title contains it, whatever its capitals, or it is the number.
fn contient(recherche: &str) -> Condition {
    let chiffres: String = recherche.chars().filter(|c| !c.is_whitespace()).collect();
    let mut condition = Condition::any();
    if let Ok(numero) = chiffres.parse::<i64>() {
        condition = condition.add(demarche::Column::Numero.eq(numero));
    }
    // SQLite lowers the letters of English only: accents are looked for as typed, small and capital.
    for forme in [recherche.to_owned(), recherche.to_lowercase(), recherche.to_uppercase()] {
        let motif = format!("%{}%", forme.replace(['%', '_'], "").to_lowercase());
        let tel_quel = format!("%{}%", forme.replace(['%', '_'], ""));
        let titre = || Expr::col(demarche::Column::Titre);
        condition = condition.add(Func::lower(titre()).like(motif)).add(titre().like(tel_quel));
    }
    condition
}
