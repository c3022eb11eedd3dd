//! « Toutes les démarches »: what is public of all that were published.

use crate::acces::autorisations;
use crate::socle::erreur::Echec;
use crate::tables::{administrateur, demarche, raccordement};
use domain::ids::DemarcheNumero;
use domain::publication::Publication;
use domain::recherche::{correspond, mots, plier};
use domain::role::Acteur;
use domain::vues::{DemarchePublique, Page};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};

/// How many démarches a page shows.
const PAR_PAGE: usize = 25;

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
    let trouvees = trouvees(db, recherche).await?;
    let total = trouvees.len();
    let pages = total.div_ceil(PAR_PAGE).max(1);
    let page = usize::try_from(page).unwrap_or(pages).clamp(1, pages);
    let ici = trouvees.chunks(PAR_PAGE).nth(page - 1).unwrap_or_default();
    let mut lignes = demarche::Entity::find()
        .filter(demarche::Column::Numero.is_in(ici.iter().copied()))
        .all(db)
        .await?;
    lignes.sort_by_key(|ligne| ici.iter().position(|numero| *numero == ligne.numero));
    let gerees = administrateur::demarches(db, acteur.compte).await?;
    let elements = lignes
        .into_iter()
        .map(|ligne| DemarchePublique {
            numero: ligne.numero,
            titre: ligne.titre,
            service: ligne.service,
            publication: Publication::de(ligne.publiee_le, ligne.close_le),
            geree: gerees.contains(&ligne.numero),
        })
        .collect();
    Ok(Page { elements, numero: page as u64, pages: pages as u64, total: total as u64 })
}

/// The published démarches whose title or number says `recherche`, by title. There are few enough of them to be looked
/// through: no database folds letters as we do.
async fn trouvees(
    db: &impl ConnectionTrait,
    recherche: &str,
) -> Result<Vec<DemarcheNumero>, Echec> {
    let recherche: String = recherche.chars().take(RECHERCHE_MAX).collect();
    let mots = mots(&recherche);
    let toutes: Vec<(DemarcheNumero, String)> = demarche::Entity::find()
        .filter(demarche::Column::PublieeLe.is_not_null())
        .filter(raccordement::aucun())
        .select_only()
        .column(demarche::Column::Numero)
        .column(demarche::Column::Titre)
        .into_tuple()
        .all(db)
        .await?;
    let mut trouvees: Vec<(String, DemarcheNumero)> = toutes
        .into_iter()
        .filter(|(numero, titre)| correspond(&mots, &[&numero.to_string(), titre]))
        .map(|(numero, titre)| (plier(&titre), numero))
        .collect();
    trouvees.sort();
    Ok(trouvees.into_iter().map(|(_, numero)| numero).collect())
}
