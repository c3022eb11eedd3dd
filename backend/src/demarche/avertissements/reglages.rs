//! What holds for whom: choices, what the démarche settles, accounts of RDV Service Public.

use crate::socle::erreur::Echec;
use crate::tables::{
    agenda, choix_avertissement as choix, compte_rdv, demarche, groupe, instructeur,
    reglage_avertissement as regle,
};
use domain::avertissement::{Avertissement, Reglage, Rythme};
use domain::ids::{CompteId, DemarcheNumero};
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QuerySelect,
};
use std::collections::{BTreeMap, HashMap, HashSet};

/// What holds for each of `comptes`, of one kind of news of a démarche.
pub(crate) async fn de_chacun(
    db: &impl ConnectionTrait,
    demarche: DemarcheNumero,
    quoi: Avertissement,
    comptes: &[CompteId],
) -> Result<Vec<(CompteId, Reglage)>, Echec> {
    let choisis: HashMap<CompteId, Rythme> = choix::Entity::find()
        .filter(choix::Column::Demarche.eq(demarche))
        .filter(choix::Column::Quoi.eq(quoi))
        .filter(choix::Column::Compte.is_in(comptes.iter().copied()))
        .all(db)
        .await?
        .into_iter()
        .map(|ligne| (ligne.compte, ligne.rythme))
        .collect();
    let regle = regle::Entity::find_by_id((demarche, quoi)).one(db).await?;
    let regle = regle.map(|ligne| ligne.rythme);
    // The platform writes by itself of nothing else that could be chosen for that.
    let connectes = if quoi == Avertissement::RdvPris {
        connectes(db, demarche, comptes).await?
    } else {
        HashSet::new()
    };
    let reglage = |compte: &CompteId| Reglage {
        quoi,
        choix: choisis.get(compte).copied(),
        demarche: regle,
        connecte: connectes.contains(compte),
    };
    Ok(comptes.iter().map(|compte| (*compte, reglage(compte))).collect())
}

/// What holds for one person.
pub(crate) async fn de(
    db: &impl ConnectionTrait,
    demarche: DemarcheNumero,
    quoi: Avertissement,
    compte: CompteId,
) -> Result<Reglage, Echec> {
    let seul = de_chacun(db, demarche, quoi, &[compte]).await?;
    let seul = seul.into_iter().next().map(|(_, reglage)| reglage);
    Ok(seul.unwrap_or(Reglage { quoi, choix: None, demarche: None, connecte: false }))
}

/// Those of `comptes` whose account is connected to the site of the agenda of a démarche, which thus writes to them.
async fn connectes(
    db: &impl ConnectionTrait,
    numero: DemarcheNumero,
    comptes: &[CompteId],
) -> Result<HashSet<CompteId>, Echec> {
    let hote = Query::select()
        .column(agenda::Column::Hote)
        .from(agenda::Entity)
        .and_where(
            agenda::Column::Id.in_subquery(
                Query::select()
                    .column(demarche::Column::Organisation)
                    .from(demarche::Entity)
                    .and_where(demarche::Column::Numero.eq(numero))
                    .to_owned(),
            ),
        )
        .to_owned();
    Ok(compte_rdv::Entity::find()
        .filter(compte_rdv::Column::Compte.is_in(comptes.iter().copied()))
        .filter(compte_rdv::Column::AccesScelle.is_not_null())
        .filter(compte_rdv::Column::Hote.in_subquery(hote))
        .select_only()
        .column(compte_rdv::Column::Compte)
        .into_tuple()
        .all(db)
        .await?
        .into_iter()
        .collect())
}

/// A démarche whose dossiers a person examines, and what holds for each kind of news.
#[derive(Debug, Clone)]
pub(crate) struct DUneDemarche {
    /// Its title.
    pub(crate) titre: String,
    /// What holds, in the order of [`Avertissement::TOUS`].
    pub(crate) reglages: Vec<Reglage>,
}

impl DUneDemarche {
    /// How fast the person is told of `quoi`.
    pub(crate) fn rythme(&self, quoi: Avertissement) -> Rythme {
        let trouve = self.reglages.iter().find(|reglage| reglage.quoi == quoi);
        trouve.map_or(Rythme::Jamais, |reglage| reglage.rythme())
    }

    /// Whether what is told of rendez-vous goes in a summary of one of these.
    pub(crate) fn resume_les_rendez_vous(&self, rythmes: &[Rythme]) -> bool {
        self.reglages.iter().any(|r| r.quoi.d_un_rendez_vous() && rythmes.contains(&r.rythme()))
    }
}

#[derive(FromQueryResult)]
struct Demarche {
    numero: DemarcheNumero,
    titre: String,
    connecte: bool,
}

/// All that holds for a person, in each démarche whose dossiers they examine.
pub(crate) async fn de_la_personne(
    db: &impl ConnectionTrait,
    compte: CompteId,
) -> Result<BTreeMap<DemarcheNumero, DUneDemarche>, Echec> {
    let demarches = demarche::Entity::find()
        .filter(demarche::Column::Numero.in_subquery(siennes(compte)))
        .select_only()
        .columns([demarche::Column::Numero, demarche::Column::Titre])
        .expr_as(Expr::exists(connexion(compte)), "connecte")
        .into_model::<Demarche>()
        .all(db)
        .await?;
    let choisis = choix::Entity::find().filter(choix::Column::Compte.eq(compte)).all(db).await?;
    let choisis: HashMap<_, Rythme> =
        choisis.into_iter().map(|l| ((l.demarche, l.quoi), l.rythme)).collect();
    let regles = regle::Entity::find()
        .filter(regle::Column::Demarche.in_subquery(siennes(compte)))
        .all(db)
        .await?;
    let regles: HashMap<_, Rythme> =
        regles.into_iter().map(|l| ((l.demarche, l.quoi), l.rythme)).collect();
    Ok(demarches
        .into_iter()
        .map(|Demarche { numero, titre, connecte }| {
            let reglage = |quoi: &Avertissement| Reglage {
                quoi: *quoi,
                choix: choisis.get(&(numero, *quoi)).copied(),
                demarche: regles.get(&(numero, *quoi)).copied(),
                connecte: connecte && *quoi == Avertissement::RdvPris,
            };
            let reglages = Avertissement::TOUS.iter().map(reglage).collect();
            (numero, DUneDemarche { titre, reglages })
        })
        .collect())
}

/// The démarches whose dossiers a person examines.
fn siennes(compte: CompteId) -> SelectStatement {
    let groupes = Query::select()
        .column(instructeur::Column::Groupe)
        .from(instructeur::Entity)
        .and_where(instructeur::Column::Compte.eq(compte))
        .to_owned();
    Query::select()
        .column(groupe::Column::Demarche)
        .from(groupe::Entity)
        .and_where(groupe::Column::Id.in_subquery(groupes))
        .to_owned()
}

/// That a person's account is connected to the site of the agenda of the démarche that is read around it.
fn connexion(compte: CompteId) -> SelectStatement {
    let hote = Expr::col(agenda::Column::Hote.as_column_ref())
        .equals(compte_rdv::Column::Hote.as_column_ref());
    let la_sienne = Expr::col(agenda::Column::Id.as_column_ref())
        .equals(demarche::Column::Organisation.as_column_ref());
    Query::select()
        .expr(Expr::val(1))
        .from(compte_rdv::Entity)
        .inner_join(agenda::Entity, hote)
        .and_where(compte_rdv::Column::Compte.eq(compte))
        .and_where(compte_rdv::Column::AccesScelle.is_not_null())
        .and_where(la_sienne)
        .to_owned()
}
