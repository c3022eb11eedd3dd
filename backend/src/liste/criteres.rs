//! From what an address says to what the database is asked.

use super::Regard;
use crate::entities::{compte, dossier, message, proposition, rangement, rendez_vous, suivi};
use chrono::{DateTime, Days, Duration, NaiveDate, Utc};
use chrono_tz::Europe::Paris;
use domain::dossier::{EtatDossier, Tag};
use domain::liste::{Filtres, Onglet};
use domain::proposition::EtatProposition;
use domain::rendez_vous::{Statut, Suppression};
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Func, LikeExpr, Query, SelectStatement};
use sea_orm::{ColumnTrait, Condition};

/// How long before a dossier expires it is in the tab « expirants », in days.
const BIENTOT: i64 = 14;

/// What a tab holds. Only what was decided on can be put away.
pub(super) fn onglet(regard: &Regard<'_>, onglet: Onglet) -> Condition {
    let en_cours = dossier::Column::Etat.is_in(codes(EtatDossier::en_cours));
    let tous = Condition::all();
    match onglet {
        Onglet::ASuivre => tous.add(en_cours).add(Expr::not_exists(suivis(None))),
        Onglet::Suivis => {
            tous.add(en_cours).add(Expr::exists(suivis(Some(regard.acteur.compte.0))))
        }
        Onglet::Traites => tous
            .add(dossier::Column::Etat.is_in(codes(|etat| !etat.en_cours())))
            .add(Expr::not_exists(ranges(None))),
        Onglet::Tous => tous.add(Expr::not_exists(ranges(None))),
        Onglet::Supprimes => tous.add(dossier::Column::Numero.in_subquery(ranges_de(true))),
        Onglet::Archives => tous.add(dossier::Column::Numero.in_subquery(ranges_de(false))),
        Onglet::Expirants => tous
            .add(dossier::Column::Etat.eq(EtatDossier::EnConstruction.code()))
            .add(dossier::Column::DeposeLe.lt(expirants(regard.maintenant))),
    }
}

fn codes(garder: impl Fn(EtatDossier) -> bool) -> Vec<&'static str> {
    EtatDossier::TOUS.into_iter().filter(|etat| garder(*etat)).map(EtatDossier::code).collect()
}

/// Dossiers filed before this instant expire soon, or have expired.
fn expirants(maintenant: DateTime<Utc>) -> DateTime<Utc> {
    let bientot = maintenant + Duration::days(BIENTOT);
    bientot.checked_sub_months(chrono::Months::new(12)).unwrap_or(bientot)
}

fn de_ce_dossier(requete: &mut SelectStatement, colonne: impl ColumnTrait) {
    requete.and_where(
        Expr::col(colonne.as_column_ref()).equals((Alias::new("dossiers"), Alias::new("numero"))),
    );
}

fn suivis(compte: Option<i64>) -> SelectStatement {
    let mut requete = Query::select();
    requete.expr(Expr::val(1)).from(suivi::Entity);
    de_ce_dossier(&mut requete, suivi::Column::Dossier);
    if let Some(compte) = compte {
        requete.and_where(suivi::Column::Compte.eq(compte));
    }
    requete
}

fn ranges(supprime: Option<bool>) -> SelectStatement {
    let mut requete = Query::select();
    requete.expr(Expr::val(1)).from(rangement::Entity);
    de_ce_dossier(&mut requete, rangement::Column::Dossier);
    if let Some(supprime) = supprime {
        requete.and_where(rangement::Column::Supprime.eq(supprime));
    }
    requete
}

fn ranges_de(supprime: bool) -> SelectStatement {
    Query::select()
        .column(rangement::Column::Dossier)
        .from(rangement::Entity)
        .and_where(rangement::Column::Supprime.eq(supprime))
        .to_owned()
}

/// What is searched for and filtered.
pub(super) fn filtres(regard: &Regard<'_>, filtres: &Filtres) -> Condition {
    let mut tous = Condition::all();
    if let Some(etat) = filtres.statut {
        tous = tous.add(dossier::Column::Etat.eq(etat.code()));
    }
    if let Some(tag) = filtres.tag {
        tous = tous.add(avec_tag(tag, regard.maintenant));
    }
    if let Some(du) = filtres.du {
        tous = tous.add(dossier::Column::DeposeLe.gte(minuit(du)));
    }
    if let Some(lendemain) = filtres.au.and_then(|au| au.checked_add_days(Days::new(1))) {
        tous = tous.add(dossier::Column::DeposeLe.lt(minuit(lendemain)));
    }
    for mot in recherche(&filtres.recherche) {
        tous = tous.add(mot);
    }
    tous
}

/// Midnight in Paris, as the day begins.
fn minuit(jour: NaiveDate) -> DateTime<Utc> {
    let local = jour.and_time(chrono::NaiveTime::MIN);
    local.and_local_timezone(Paris).earliest().map_or_else(|| local.and_utc(), |t| t.to_utc())
}

/// Each word must be the number, or in the name, or in the e-mail.
fn recherche(texte: &str) -> Vec<Condition> {
    // « 17 606 854 » is one number.
    let colle: String = texte.chars().filter(|c| !c.is_whitespace()).collect();
    if let Ok(numero) = colle.trim_start_matches("n°").parse::<i64>() {
        return vec![Condition::all().add(dossier::Column::Numero.eq(numero))];
    }
    texte.split_whitespace().map(contient).collect()
}

fn contient(mot: &str) -> Condition {
    let mut motif = String::from("%");
    for c in mot.to_lowercase().chars() {
        if matches!(c, '%' | '_' | '\\') {
            motif.push('\\');
        }
        motif.push(c);
    }
    motif.push('%');
    let dans = |colonne: Expr| {
        Expr::expr(Func::lower(colonne)).like(LikeExpr::new(motif.clone()).escape('\\'))
    };
    let comptes = Query::select()
        .column(compte::Column::Id)
        .from(compte::Entity)
        .and_where(dans(Expr::col(compte::Column::Email.as_column_ref())))
        .to_owned();
    Condition::any()
        .add(dans(Expr::col(dossier::Column::Nom.as_column_ref())))
        .add(dans(Expr::col(dossier::Column::Prenom.as_column_ref())))
        .add(dossier::Column::Usager.in_subquery(comptes))
}

/// The dossiers that have a tag, as [`domain::dossier::tag`] derives it, found by the indexes of
/// propositions and rendez-vous.
fn avec_tag(tag: Tag, maintenant: DateTime<Utc>) -> Condition {
    let numero = dossier::Column::Numero;
    match tag {
        Tag::RdvPris => Condition::all().add(numero.in_subquery(a_venir(maintenant))),
        Tag::RdvPropose => Condition::all()
            .add(numero.in_subquery(proposes()))
            .add(numero.not_in_subquery(a_venir(maintenant))),
        Tag::RdvAnnule => Condition::all()
            .add(numero.in_subquery(annules()))
            .add(numero.not_in_subquery(a_venir(maintenant)))
            .add(numero.not_in_subquery(proposes())),
    }
}

fn proposes() -> SelectStatement {
    Query::select()
        .column(proposition::Column::Dossier)
        .from(proposition::Entity)
        .and_where(proposition::Column::Etat.eq(EtatProposition::Proposee.code()))
        .to_owned()
}

/// Deleted by an agent, or not.
fn supprime() -> Expr {
    rendez_vous::Column::Suppression.eq(Suppression::Agent.code())
}

fn pas_supprime() -> Condition {
    Condition::any()
        .add(rendez_vous::Column::Suppression.is_null())
        .add(rendez_vous::Column::Suppression.ne(Suppression::Agent.code()))
}

fn a_venir(maintenant: DateTime<Utc>) -> SelectStatement {
    Query::select()
        .column(rendez_vous::Column::Dossier)
        .from(rendez_vous::Entity)
        .and_where(rendez_vous::Column::Statut.eq(Statut::Inconnu.code()))
        .and_where(rendez_vous::Column::Fin.gt(maintenant))
        .and_where(rendez_vous::Column::Dossier.is_not_null())
        .cond_where(pas_supprime())
        .to_owned()
}

/// The dossiers whose rendez-vous heard of last was cancelled.
fn annules() -> SelectStatement {
    let annule = Condition::any()
        .add(rendez_vous::Column::Statut.is_in([Statut::Excuse.code(), Statut::Revoque.code()]))
        .add(
            Condition::all()
                .add(supprime())
                .add(rendez_vous::Column::Statut.eq(Statut::Inconnu.code())),
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

/// What a follower has not seen yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Nouveaute {
    /// A message that somebody else wrote.
    Message,
    /// The usager modified the form.
    Demande,
}

/// The dossiers that `compte` follows and where they have not seen everything.
pub(super) fn nouveaux(compte: i64) -> SelectStatement {
    let quelque_chose = Condition::any()
        .add(Expr::exists(ecrit_depuis(compte)))
        .add(Expr::exists(modifie_depuis()));
    suivis_de(compte).cond_where(quelque_chose).to_owned()
}

/// The dossiers that `compte` follows and where they have not seen `quoi`.
pub(super) fn nouveau(compte: i64, quoi: Nouveaute) -> SelectStatement {
    let cela = match quoi {
        Nouveaute::Message => ecrit_depuis(compte),
        Nouveaute::Demande => modifie_depuis(),
    };
    suivis_de(compte).and_where(Expr::exists(cela)).to_owned()
}

fn suivis_de(compte: i64) -> SelectStatement {
    Query::select()
        .column(suivi::Column::Dossier)
        .from(suivi::Entity)
        .and_where(suivi::Column::Compte.eq(compte))
        .to_owned()
}

fn du_suivi(colonne: &'static str) -> Expr {
    Expr::col((Alias::new("suivis"), Alias::new(colonne)))
}

fn ecrit_depuis(compte: i64) -> SelectStatement {
    Query::select()
        .expr(Expr::val(1))
        .from(message::Entity)
        .and_where(
            Expr::col(message::Column::Dossier.as_column_ref())
                .equals((Alias::new("suivis"), Alias::new("dossier"))),
        )
        .and_where(message::Column::SupprimeLe.is_null())
        .and_where(message::Column::Auteur.ne(compte))
        .and_where(Expr::col(message::Column::EcritLe.as_column_ref()).gt(du_suivi("vu_le")))
        .to_owned()
}

fn modifie_depuis() -> SelectStatement {
    let vue_le = Func::coalesce([du_suivi("demande_vue_le"), du_suivi("depuis")]);
    let modifie = |colonne| Expr::col((Alias::new("modifie"), Alias::new(colonne)));
    Query::select()
        .expr(Expr::val(1))
        .from_as(dossier::Entity, Alias::new("modifie"))
        .and_where(modifie("numero").equals((Alias::new("suivis"), Alias::new("dossier"))))
        .and_where(modifie("modifie_le").gt(vue_le))
        .to_owned()
}
