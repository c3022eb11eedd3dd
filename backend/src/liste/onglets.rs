//! How many dossiers each tab has.

use super::criteres::Choix;
use crate::liste::effectifs::{self, Effectifs};
use crate::liste::lecteur::Lecteur;
use crate::socle::erreur::Echec;
use crate::tables::{dossier, rendez_vous};
use domain::ids::AgendaId;
use domain::liste::Onglet;
use sea_orm::sea_query::{Asterisk, Expr, ExprTrait, Query};
use sea_orm::{ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait, Select};

/// What the tabs of a list say.
pub(super) struct Comptes {
    /// How many dossiers each has.
    pub(super) onglets: Vec<(Onglet, u64)>,
    /// How many rendez-vous to come of an agenda belong to no dossier that could be found.
    pub(super) a_rattacher: u64,
}

/// Those of the groupes are known; counted are only those that one follows oneself, those about to expire, and the
/// rendez-vous of `agenda`, together.
pub(super) async fn compter(
    db: &impl ConnectionTrait,
    lecteur: &Lecteur<'_>,
    agenda: Option<AgendaId>,
) -> Result<Comptes, Echec> {
    let groupes = effectifs::par_groupe(db, lecteur.groupes.iter().copied()).await?;
    let tous: Effectifs = groupes.into_values().sum();
    let de_l_onglet =
        |onglet| dossier::Entity::find().filter(Choix::du_tableau(lecteur, onglet).tout());
    let mut comptes = Query::select()
        .expr(combien(de_l_onglet(Onglet::Suivis)))
        .expr(combien(de_l_onglet(Onglet::Expirants)))
        .to_owned();
    if let Some(agenda) = agenda {
        comptes.expr(combien(rendez_vous::a_rattacher_de(agenda, lecteur.maintenant)));
    }
    let lus = db.query_one(&comptes).await?;
    let lu = |rang| -> Result<u64, Echec> {
        let combien = lus.as_ref().map(|lus| lus.try_get_by_index::<i64>(rang)).transpose()?;
        Ok(combien.and_then(|combien| u64::try_from(combien).ok()).unwrap_or_default())
    };
    let onglets = vec![
        (Onglet::ASuivre, tous.en_cours.saturating_sub(tous.suivis)),
        (Onglet::Suivis, lu(0)?),
        (Onglet::Traites, tous.traites),
        (Onglet::Tous, tous.en_cours + tous.traites),
        (Onglet::Supprimes, tous.supprimes),
        (Onglet::Expirants, lu(1)?),
        (Onglet::Archives, tous.archives),
    ];
    Ok(Comptes { onglets, a_rattacher: if agenda.is_some() { lu(2)? } else { 0 } })
}

/// How many rows are chosen, as a column.
fn combien<E: EntityTrait>(choisies: Select<E>) -> Expr {
    choisies.select_only().expr(Expr::col(Asterisk).count()).into_query().into()
}
