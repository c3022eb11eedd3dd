//! The tags RDV PROPOSÉ, RDV PRIS and RDV ANNULÉ of a dossier: what a screen shows ([`synthese`]), what a list filters
//! ([`filtre`]), and what depends on them.

use crate::rendez_vous::montrer;
use crate::socle::erreur::Echec;
use crate::tables::{dossier, proposition, rendez_vous};
use chrono::{DateTime, Duration, Utc};
use domain::dossier::{EtatDossier, Tag, tag};
use domain::ids::DossierNumero;
use domain::proposition::EtatProposition;
use domain::rendez_vous::Statut;
use domain::vues::RendezVousVue;
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait};
use std::collections::HashMap;

/// What the rendez-vous of a dossier amount to.
#[derive(Debug, Clone, Default)]
pub struct Synthese {
    /// The tag.
    pub tag: Option<Tag>,
    /// The next rendez-vous, or the one just cancelled when the tag says so.
    pub a_montrer: Option<RendezVousVue>,
    /// When one last changed; `None` when there never was one.
    pub change_le: Option<DateTime<Utc>>,
}

/// What the rendez-vous of one dossier amount to.
///
/// # Errors
/// The database failed.
pub async fn synthese(
    db: &impl ConnectionTrait,
    numero: DossierNumero,
    maintenant: DateTime<Utc>,
) -> Result<Synthese, Echec> {
    Ok(syntheses(db, &[numero], maintenant).await?.remove(&numero).unwrap_or_default())
}

/// What the rendez-vous of each of `dossiers` amount to, in two statements.
///
/// # Errors
/// The database failed.
pub async fn syntheses(
    db: &impl ConnectionTrait,
    dossiers: &[DossierNumero],
    maintenant: DateTime<Utc>,
) -> Result<HashMap<DossierNumero, Synthese>, Echec> {
    let courantes = proposition::courantes(db, dossiers).await?;
    let courantes = courantes.into_iter().map(|(numero, courante)| (numero, Some(courante.etat)));
    syntheses_avec(db, dossiers, &courantes.collect(), maintenant).await
}

/// The same, where the propositions that count are known, in one statement.
pub(crate) async fn syntheses_avec(
    db: &impl ConnectionTrait,
    dossiers: &[DossierNumero],
    courantes: &HashMap<DossierNumero, Option<EtatProposition>>,
    maintenant: DateTime<Utc>,
) -> Result<HashMap<DossierNumero, Synthese>, Echec> {
    let mut par_dossier: HashMap<DossierNumero, Vec<(rendez_vous::Model, RendezVousVue)>> =
        HashMap::new();
    for (ligne, vue) in montrer::vues(db, dossiers, maintenant).await? {
        if let Some(dossier) = ligne.dossier {
            par_dossier.entry(dossier).or_default().push((ligne, vue));
        }
    }
    let resumer = |numero: &DossierNumero| {
        let siens = par_dossier.get(numero).map_or(&[][..], Vec::as_slice);
        (*numero, resumer(courantes.get(numero).copied().flatten(), siens))
    };
    Ok(dossiers.iter().map(resumer).collect())
}

/// What the rendez-vous of a dossier amount to. `courante`: where its proposition that counts stands; `siens`: as
/// [`montrer::vues`] gives them.
pub(crate) fn resumer(
    courante: Option<EtatProposition>,
    siens: &[(rendez_vous::Model, RendezVousVue)],
) -> Synthese {
    let prochain = siens.iter().map(|(_, vue)| vue).find(|vue| vue.a_venir);
    // The one heard of last: a rendez-vous cancelled, then replaced, leaves no trace on the tag.
    let dernier = siens.iter().max_by_key(|(ligne, _)| (ligne.change_le, ligne.id));
    let annule = dernier.is_some_and(|(_, vue)| vue.situation.annule());
    let tag = tag(prochain.is_some(), courante, annule);
    let a_montrer = match tag {
        Some(Tag::RdvPris) => prochain.cloned(),
        Some(Tag::RdvAnnule) => dernier.map(|(_, vue)| vue.clone()),
        Some(Tag::RdvPropose) | None => None,
    };
    Synthese { tag, a_montrer, change_le: siens.iter().map(|(ligne, _)| ligne.change_le).max() }
}

/// The dossiers that have a tag, as [`domain::dossier::tag`] derives it, found by the indexes of
/// propositions and rendez-vous.
pub(crate) fn filtre(tag: Tag, maintenant: DateTime<Utc>) -> Condition {
    let numero = dossier::Column::Numero;
    match tag {
        Tag::RdvPris => Condition::all().add(numero.in_subquery(rendez_vous::a_venir(maintenant))),
        Tag::RdvPropose => Condition::all()
            .add(numero.in_subquery(proposes(None)))
            .add(numero.not_in_subquery(rendez_vous::a_venir(maintenant))),
        Tag::RdvAnnule => Condition::all()
            .add(numero.in_subquery(annules()))
            .add(numero.not_in_subquery(rendez_vous::a_venir(maintenant)))
            .add(numero.not_in_subquery(proposes(None))),
    }
}

/// The dossiers that have the tag [`Tag::RdvPropose`] since more than `jours` days.
pub(crate) fn propose_depuis(jours: u16, maintenant: DateTime<Utc>) -> Condition {
    let avant = maintenant - Duration::days(jours.into());
    Condition::all()
        .add(dossier::Column::Numero.in_subquery(proposes(Some(avant))))
        .add(dossier::Column::Numero.not_in_subquery(rendez_vous::a_venir(maintenant)))
}

/// The dossiers whose proposition nobody answered in time, as [`domain::dossier::sans_reponse`] says it.
pub(crate) fn sans_reponse(maintenant: DateTime<Utc>) -> Condition {
    let autre = |nom: &'static str| Expr::col((Alias::new("autre"), Alias::new(nom)));
    let ici = |colonne: proposition::Column| Expr::col(colonne.as_column_ref());
    // The one that counts is another one.
    let compte = Condition::any()
        .add(autre("id").gt(ici(proposition::Column::Id)))
        .add(autre("etat").eq(EtatProposition::Proposee));
    let autre_qui_compte = Query::select()
        .expr(Expr::val(1))
        .from_as(proposition::Entity, Alias::new("autre"))
        .and_where(autre("dossier").equals((Alias::new("propositions"), Alias::new("dossier"))))
        .cond_where(compte)
        .to_owned();
    let expirees = Query::select()
        .column(proposition::Column::Dossier)
        .from(proposition::Entity)
        .and_where(proposition::Column::Etat.eq(EtatProposition::Expiree))
        .and_where(Expr::not_exists(autre_qui_compte))
        .to_owned();
    let en_cours = EtatDossier::TOUS.into_iter().filter(|etat| etat.en_cours());
    Condition::all()
        .add(dossier::Column::Etat.is_in(en_cours))
        .add(dossier::Column::Numero.in_subquery(expirees))
        .add(dossier::Column::Numero.not_in_subquery(rendez_vous::a_venir(maintenant)))
}

/// The dossiers whose open proposition waits: the one that counts, whichever came later ([`proposition::courantes`]).
/// With `avant`, those where it was made before.
fn proposes(avant: Option<DateTime<Utc>>) -> SelectStatement {
    let mut dossiers = Query::select();
    dossiers
        .column(proposition::Column::Dossier)
        .from(proposition::Entity)
        .and_where(proposition::Column::Etat.eq(EtatProposition::Proposee));
    if let Some(avant) = avant {
        dossiers.and_where(proposition::Column::ProposeeLe.lt(avant));
    }
    dossiers
}

/// The dossiers whose rendez-vous heard of last was cancelled.
fn annules() -> SelectStatement {
    let annule = Condition::any()
        .add(rendez_vous::Column::Statut.is_in([Statut::Excuse, Statut::Revoque]))
        .add(
            Condition::all()
                .add(rendez_vous::supprime())
                .add(rendez_vous::Column::Statut.eq(Statut::Inconnu)),
        );
    let autre = Alias::new("autre");
    let de = |nom: &'static str| Expr::col((Alias::new("autre"), Alias::new(nom)));
    let ici = |colonne: rendez_vous::Column| Expr::col(colonne.as_column_ref());
    let plus_recent =
        Query::select()
            .expr(Expr::val(1))
            .from_as(rendez_vous::Entity, autre)
            .and_where(de("dossier").equals((Alias::new("rendez_vous"), Alias::new("dossier"))))
            .and_where(Expr::tuple([de("change_le"), de("id")]).gt(Expr::tuple([
                ici(rendez_vous::Column::ChangeLe),
                ici(rendez_vous::Column::Id),
            ])))
            .to_owned();
    Query::select()
        .column(rendez_vous::Column::Dossier)
        .from(rendez_vous::Entity)
        .and_where(rendez_vous::Column::Dossier.is_not_null())
        .cond_where(annule)
        .and_where(Expr::not_exists(plus_recent))
        .to_owned()
}
