//! « Modifications »: what was done to a démarche, from the journal.

use crate::acces::autorisations;
use crate::socle::erreur::Echec;
use crate::socle::temps;
use crate::tables::{compte, journal};
use domain::ids::{CompteId, DemarcheNumero};
use domain::role::Acteur;
use domain::vues::{Historique, LigneHistorique, Page};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter};
use std::collections::HashMap;

/// How many lines a page shows.
const PAR_PAGE: u64 = 50;

/// A page of what was done, the latest first. `page` from 1.
///
/// # Errors
/// [`domain::Erreur::Introuvable`].
pub async fn lire(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DemarcheNumero,
    page: u64,
) -> Result<Historique, Echec> {
    let demarche = autorisations::demarche_de_l_administrateur(db, acteur, numero).await?;
    let pagination = journal::de_la_demarche(numero).paginate(db, PAR_PAGE);
    let total = pagination.num_items_and_pages().await?;
    let pages = total.number_of_pages.max(1);
    let page = page.clamp(1, pages);
    let trouvees = pagination.fetch_page(page - 1).await?;
    let emails = emails(db, &trouvees).await?;
    let elements = trouvees.into_iter().map(|ligne| montrer(ligne, &emails)).collect();
    let lignes = Page { elements, numero: page, pages, total: total.number_of_items };
    Ok(Historique { numero, titre: demarche.titre, lignes })
}

/// The account that a detail speaks of.
fn compte_du_detail(detail: &str) -> Option<CompteId> {
    detail.strip_prefix("compte:")?.parse().ok()
}

async fn emails(
    db: &impl ConnectionTrait,
    lignes: &[journal::Model],
) -> Result<HashMap<CompteId, String>, Echec> {
    let nommes = lignes.iter().flat_map(|ligne| {
        [ligne.compte, ligne.detail.as_deref().and_then(compte_du_detail)].into_iter().flatten()
    });
    Ok(compte::Entity::find()
        .filter(compte::Column::Id.is_in(nommes))
        .all(db)
        .await?
        .into_iter()
        .map(|compte| (compte.id, compte::montree(&compte.email)))
        .collect())
}

fn montrer(ligne: journal::Model, emails: &HashMap<CompteId, String>) -> LigneHistorique {
    let detail = ligne.detail.map(|detail| match compte_du_detail(&detail) {
        Some(compte) => {
            emails.get(&compte).cloned().unwrap_or_else(|| "Compte supprimé".to_owned())
        }
        None => detail,
    });
    LigneHistorique {
        id: ligne.id,
        le: temps::a_paris(ligne.le),
        qui: ligne.compte.map(|compte| {
            emails.get(&compte).cloned().unwrap_or_else(|| "compte supprimé".to_owned())
        }),
        action: domain::journal::lire(&ligne.action).to_owned(),
        detail,
    }
}
