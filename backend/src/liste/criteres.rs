//! From what an address says to what the database is asked.

use super::Regard;
use crate::dossier::mots;
use crate::socle::erreur::Echec;
use crate::tables::{
    avis, correction, dossier, message, piece_jointe, proposition, rendez_vous, suivi,
};
use chrono::{DateTime, Days, NaiveDate, Utc};
use chrono_tz::Europe::Paris;
use domain::correction::EtatCorrection;
use domain::dossier::{EtatDossier, Place, Tag};
use domain::liste::{Filtres, Nouveaute, Onglet};
use domain::proposition::EtatProposition;
use domain::rendez_vous::{Statut, Suppression};
use sea_orm::sea_query::{
    Alias, Asterisk, Expr, ExprTrait, Func, Query, SelectStatement, UnionType,
};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait};

/// The dossiers that an address asks for.
pub(super) struct Choix {
    /// In these groupes.
    pub(super) groupes: Vec<i64>,
    /// At this place.
    pub(super) place: Place,
    /// In one of these états.
    pub(super) etats: Vec<EtatDossier>,
    /// And so.
    pub(super) condition: Condition,
}

impl Choix {
    /// Everything that a tab holds.
    pub(super) fn du_tableau(regard: &Regard<'_>, onglet: Onglet) -> Self {
        Self {
            groupes: regard.groupes.to_vec(),
            place: place(onglet),
            etats: etats(onglet),
            condition: du_regard(regard, onglet),
        }
    }

    /// What the tab holds and the filters leave.
    pub(super) async fn lire(
        db: &impl ConnectionTrait,
        regard: &Regard<'_>,
        filtres: &Filtres,
    ) -> Result<Self, Echec> {
        let mut choix = Self::du_tableau(regard, filtres.onglet);
        choix.groupes.retain(|groupe| filtres.groupe.is_none_or(|voulu| voulu == *groupe));
        choix.etats.retain(|etat| filtres.statut.is_none_or(|voulu| voulu == *etat));
        choix.condition = choix.condition.add(self::filtres(regard, filtres));
        for mot in mots::conditions(db, &filtres.recherche).await? {
            choix.condition = choix.condition.add(mot);
        }
        Ok(choix)
    }

    /// All of it in one condition: to count.
    pub(super) fn tout(&self) -> Condition {
        Condition::all()
            .add(dossier::Column::Groupe.is_in(self.groupes.iter().copied()))
            .add(dossier::Column::Place.eq(self.place.code()))
            .add(dossier::Column::Etat.is_in(self.etats.iter().map(|etat| etat.code())))
            .add(dossier::visible())
            .add(self.condition.clone())
    }
}

/// Where the dossiers of a tab are.
const fn place(onglet: Onglet) -> Place {
    match onglet {
        Onglet::Archives => Place::Archives,
        Onglet::Supprimes => Place::Supprimes,
        _ => Place::Liste,
    }
}

/// The états that the dossiers of a tab may have.
fn etats(onglet: Onglet) -> Vec<EtatDossier> {
    let garder = |etat: EtatDossier| match onglet {
        Onglet::ASuivre | Onglet::Suivis => etat.en_cours(),
        Onglet::Traites => !etat.en_cours(),
        Onglet::Expirants => etat == EtatDossier::EnConstruction,
        Onglet::Tous | Onglet::Supprimes | Onglet::Archives => true,
    };
    EtatDossier::TOUS.into_iter().filter(|etat| garder(*etat)).collect()
}

/// What a tab asks for besides the place and the état.
fn du_regard(regard: &Regard<'_>, onglet: Onglet) -> Condition {
    let tous = Condition::all();
    match onglet {
        Onglet::ASuivre => tous.add(Expr::not_exists(suivis())),
        Onglet::Suivis => {
            tous.add(dossier::Column::Numero.in_subquery(suivis_de(regard.acteur.compte.0)))
        }
        Onglet::Expirants => tous.add(dossier::Column::ExpirationAnnonceeLe.is_not_null()),
        Onglet::Traites | Onglet::Tous | Onglet::Supprimes | Onglet::Archives => tous,
    }
}

fn de_ce_dossier(requete: &mut SelectStatement, colonne: impl ColumnTrait) {
    requete.and_where(
        Expr::col(colonne.as_column_ref()).equals((Alias::new("dossiers"), Alias::new("numero"))),
    );
}

/// That somebody follows the dossier.
pub(crate) fn suivis() -> SelectStatement {
    let mut requete = Query::select();
    requete.expr(Expr::val(1)).from(suivi::Entity);
    de_ce_dossier(&mut requete, suivi::Column::Dossier);
    requete
}

/// What is filtered by.
fn filtres(regard: &Regard<'_>, filtres: &Filtres) -> Condition {
    let mut tous = Condition::all();
    if let Some(tag) = filtres.tag {
        tous = tous.add(avec_tag(tag, regard.maintenant));
    }
    if let Some(etat) = filtres.correction {
        tous = tous.add(correction(etat));
    }
    if let Some(du) = filtres.du {
        tous = tous.add(dossier::Column::DeposeLe.gte(minuit(du)));
    }
    if let Some(lendemain) = filtres.au.and_then(|au| au.checked_add_days(Days::new(1))) {
        tous = tous.add(dossier::Column::DeposeLe.lt(minuit(lendemain)));
    }
    tous
}

/// Midnight in Paris, as the day begins.
fn minuit(jour: NaiveDate) -> DateTime<Utc> {
    let local = jour.and_time(chrono::NaiveTime::MIN);
    local.and_local_timezone(Paris).earliest().map_or_else(|| local.and_utc(), |t| t.to_utc())
}

/// How many rows a request gives, unless there are more than `max`.
pub(crate) async fn compter(
    db: &impl ConnectionTrait,
    mut requete: SelectStatement,
    max: u64,
) -> Result<Option<u64>, Echec> {
    let requete = Query::select()
        .expr(Expr::col(Asterisk).count())
        .from_subquery(requete.limit(max + 1).take(), Alias::new("choisis"))
        .to_owned();
    let combien: i64 = match db.query_one(&requete).await? {
        Some(ligne) => ligne.try_get_by_index(0)?,
        None => 0,
    };
    Ok(u64::try_from(combien).ok().filter(|combien| *combien <= max))
}

/// The dossiers whose latest request for corrections stands there, while the usager may modify them: as their
/// badge says.
fn correction(etat: EtatCorrection) -> Condition {
    let de = |nom: &'static str| Expr::col((Alias::new("suivante"), Alias::new(nom)));
    let ici = |colonne: correction::Column| Expr::col(colonne.as_column_ref());
    let suivante = Query::select()
        .expr(Expr::val(1))
        .from_as(correction::Entity, Alias::new("suivante"))
        .and_where(de("dossier").eq(ici(correction::Column::Dossier)))
        .and_where(de("id").gt(ici(correction::Column::Id)))
        .to_owned();
    let dossiers = Query::select()
        .column(correction::Column::Dossier)
        .from(correction::Entity)
        .and_where(correction::Column::Etat.eq(etat.code()))
        .and_where(Expr::not_exists(suivante))
        .to_owned();
    Condition::all()
        .add(dossier::Column::Etat.eq(EtatDossier::EnConstruction.code()))
        .add(dossier::Column::Numero.in_subquery(dossiers))
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

/// The dossiers that have a rendez-vous to come.
pub(crate) fn a_venir(maintenant: DateTime<Utc>) -> SelectStatement {
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

/// The dossiers that `compte` follows and where they have not seen everything.
pub(super) fn nouveaux(compte: i64) -> SelectStatement {
    let quelque_chose = Condition::any()
        .add(Expr::exists(ecrit_depuis(compte)))
        .add(Expr::exists(modifie_depuis()))
        .add(Expr::exists(rendu_depuis()))
        .add(Expr::exists(joint_depuis(compte)))
        .add(Expr::exists(annote_depuis(compte)));
    suivis_de(compte).cond_where(quelque_chose).to_owned()
}

/// The dossiers that `compte` follows and where they have not seen `quoi`.
pub(crate) fn nouveau(compte: i64, quoi: Nouveaute) -> SelectStatement {
    let cela = match quoi {
        Nouveaute::Message => ecrit_depuis(compte),
        Nouveaute::Demande => modifie_depuis(),
        Nouveaute::Avis => rendu_depuis(),
        Nouveaute::Piece => joint_depuis(compte),
        Nouveaute::Annotation => annote_depuis(compte),
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

fn rendu_depuis() -> SelectStatement {
    let vu_le = Func::coalesce([du_suivi("avis_vu_le"), du_suivi("depuis")]);
    Query::select()
        .expr(Expr::val(1))
        .from(avis::Entity)
        .and_where(
            Expr::col(avis::Column::Dossier.as_column_ref())
                .equals((Alias::new("suivis"), Alias::new("dossier"))),
        )
        .and_where(Expr::col(avis::Column::RenduLe.as_column_ref()).gt(vu_le))
        .to_owned()
}

fn joint_depuis(compte: i64) -> SelectStatement {
    let vu_le = Func::coalesce([du_suivi("pieces_vues_le"), du_suivi("depuis")]);
    let par = || Expr::col(piece_jointe::Column::Compte.as_column_ref());
    // An expert has no account.
    let d_autrui = Condition::any().add(par().is_null()).add(par().ne(compte));
    Query::select()
        .expr(Expr::val(1))
        .from(piece_jointe::Entity)
        .and_where(
            Expr::col(piece_jointe::Column::Dossier.as_column_ref())
                .equals((Alias::new("suivis"), Alias::new("dossier"))),
        )
        .cond_where(d_autrui)
        .and_where(Expr::col(piece_jointe::Column::JointeLe.as_column_ref()).gt(vu_le))
        .to_owned()
}

/// In the annotation or in a private field.
fn annote_depuis(compte: i64) -> SelectStatement {
    let dans_un_champ = note_depuis("valeurs_privees", compte);
    note_depuis("annotations", compte).union(UnionType::All, dans_un_champ).to_owned()
}

/// In a table to which each saving adds a row.
fn note_depuis(table: &'static str, compte: i64) -> SelectStatement {
    let vue_le = Func::coalesce([du_suivi("annotation_vue_le"), du_suivi("depuis")]);
    let colonne = |colonne| Expr::col((Alias::new(table), Alias::new(colonne)));
    Query::select()
        .expr(Expr::val(1))
        .from(Alias::new(table))
        .and_where(colonne("dossier").equals((Alias::new("suivis"), Alias::new("dossier"))))
        .and_where(colonne("instructeur").ne(compte))
        .and_where(colonne("le").gt(vue_le))
        .to_owned()
}
