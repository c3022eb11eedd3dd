//! From what an address says to what the database is asked.

use crate::dossier::mots;
use crate::liste::lecteur::Lecteur;
use crate::rendez_vous::tag;
use crate::socle::erreur::Echec;
use crate::tables::{correction, dossier, suivi};
use chrono::{DateTime, Days, NaiveDate, Utc};
use chrono_tz::Europe::Paris;
use domain::correction::EtatCorrection;
use domain::dossier::{EtatDossier, Place};
use domain::ids::GroupeId;
use domain::liste::{Filtres, Onglet};
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait};

/// The dossiers that an address asks for.
pub(super) struct Choix {
    /// In these groupes.
    pub(super) groupes: Vec<GroupeId>,
    /// At this place.
    pub(super) place: Place,
    /// In one of these états.
    pub(super) etats: Vec<EtatDossier>,
    /// And so.
    pub(super) condition: Condition,
}

impl Choix {
    /// Everything that a tab holds.
    pub(super) fn du_tableau(lecteur: &Lecteur<'_>, onglet: Onglet) -> Self {
        Self {
            groupes: lecteur.groupes.to_vec(),
            place: place(onglet),
            etats: etats(onglet),
            condition: du_lecteur(lecteur, onglet),
        }
    }

    /// What the tab holds and the filters leave.
    pub(super) async fn lire(
        db: &impl ConnectionTrait,
        lecteur: &Lecteur<'_>,
        filtres: &Filtres,
    ) -> Result<Self, Echec> {
        let mut choix = Self::du_tableau(lecteur, filtres.onglet);
        choix.groupes.retain(|groupe| filtres.groupe.is_none_or(|voulu| voulu == *groupe));
        choix.etats.retain(|etat| filtres.statut.is_none_or(|voulu| voulu == *etat));
        choix.condition = choix.condition.add(self::filtres(lecteur, filtres));
        for mot in mots::conditions(db, &filtres.recherche).await? {
            choix.condition = choix.condition.add(mot);
        }
        Ok(choix)
    }

    /// All of it in one condition: to count.
    pub(super) fn tout(&self) -> Condition {
        Condition::all()
            .add(dossier::Column::Groupe.is_in(self.groupes.iter().copied()))
            .add(dossier::Column::Place.eq(self.place))
            .add(dossier::Column::Etat.is_in(self.etats.iter().copied()))
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
fn du_lecteur(lecteur: &Lecteur<'_>, onglet: Onglet) -> Condition {
    let tous = Condition::all();
    match onglet {
        Onglet::ASuivre => tous.add(Expr::not_exists(suivis())),
        Onglet::Suivis => {
            tous.add(dossier::Column::Numero.in_subquery(suivi::suivis_de(lecteur.acteur.compte)))
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
fn filtres(lecteur: &Lecteur<'_>, filtres: &Filtres) -> Condition {
    let mut tous = Condition::all();
    if let Some(tag) = filtres.tag {
        tous = tous.add(tag::filtre(tag, lecteur.maintenant));
    }
    if filtres.sans_reponse {
        tous = tous.add(tag::sans_reponse(lecteur.maintenant));
    }
    if let Some(jours) = filtres.propose_depuis {
        tous = tous.add(tag::propose_depuis(jours, lecteur.maintenant));
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
        .and_where(correction::Column::Etat.eq(etat))
        .and_where(Expr::not_exists(suivante))
        .to_owned();
    Condition::all()
        .add(dossier::Column::Etat.eq(EtatDossier::EnConstruction))
        .add(dossier::Column::Numero.in_subquery(dossiers))
}
