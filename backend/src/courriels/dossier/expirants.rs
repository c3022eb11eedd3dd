//! To an instructeur: dossiers of a démarche will expire.

use crate::contexte::Contexte;
use crate::courriels::cadre::{absolue, email, equipe};
use crate::courriels::echec::EchecEnvoi;
use crate::courriels::gabarit::{Gabarit, Lettre};
use crate::courriels::pied::Pourquoi;
use crate::socle::outils::Reglages;
use crate::tables::{demarche, dossier, groupe, instructeur, suivi};
use chrono::NaiveDate;
use domain::dossier::EtatDossier;
use domain::francais;
use domain::ids::{CompteId, DemarcheNumero, DossierNumero};
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder};

/// How many dossiers a mail names.
const NOMMES_MAX: usize = 20;

/// Composes the mail. `None` once no dossier will expire.
///
/// # Errors
/// The database failed, or what the task speaks of is gone.
pub(in crate::courriels) async fn composer(
    contexte: &Contexte,
    numero: DemarcheNumero,
    compte: CompteId,
) -> Result<Option<Lettre>, EchecEnvoi> {
    let expirants = expirants(contexte, numero, compte).await?;
    if expirants.is_empty() {
        return Ok(None);
    }
    let demarche = demarche::Entity::find_by_id(numero).one(contexte.base.lire()).await?;
    let titre = demarche.ok_or(EchecEnvoi::Illisible)?.titre;
    let a = email(contexte, compte).await?;
    Ok(Some(rediger(&contexte.outils.reglages, (numero, &titre), &expirants, a)))
}

/// `expirants`: the number of each dossier, and when it expires.
pub(in crate::courriels) fn rediger(
    reglages: &Reglages,
    (numero, titre): (DemarcheNumero, &str),
    expirants: &[(DossierNumero, NaiveDate)],
    a: String,
) -> Lettre {
    let (sujet, phrase) = match expirants.len() {
        1 => (
            format!("Un dossier va expirer «\u{a0}{titre}\u{a0}»"),
            format!(
                "Un dossier en construction de la démarche «\u{a0}{titre}\u{a0}» va expirer\u{a0}:"
            ),
        ),
        n => (
            format!("{n} dossiers vont expirer «\u{a0}{titre}\u{a0}»"),
            format!(
                "{n} dossiers en construction de la démarche «\u{a0}{titre}\u{a0}» vont expirer\u{a0}:"
            ),
        ),
    };
    let suite = match expirants.len() {
        1 => {
            "Passez-le en instruction, écrivez à l'usager, ou choisissez «\u{a0}Conserver un mois de plus\u{a0}» dans le dossier. Sans cela, il sera supprimé."
        }
        _ => {
            "Passez-les en instruction, écrivez à l'usager, ou choisissez «\u{a0}Conserver un mois de plus\u{a0}» dans le dossier. Sans cela, ils seront supprimés."
        }
    };
    let lien = format!("/instructeur/demarches/{numero}?onglet=expirants");
    Gabarit::new(sujet)
        .dit(phrase)
        .liste(nommer(expirants))
        .dit(suite)
        .bouton(&absolue(&reglages.app_url, &lien), "Voir les dossiers expirants")
        .signe(&equipe(&reglages.nom))
        .pour(a, &reglages.nom, &Pourquoi::Instruit { titre })
}

fn nommer(expirants: &[(DossierNumero, NaiveDate)]) -> Vec<String> {
    let mut lignes: Vec<String> = expirants
        .iter()
        .take(NOMMES_MAX)
        .map(|(dossier, le)| format!("dossier n°{dossier}, le {}", francais::date(*le)))
        .collect();
    if let Some(autres) = expirants.len().checked_sub(NOMMES_MAX).filter(|autres| *autres > 0) {
        lignes.push(format!(
            "et {}",
            francais::nombre(autres) + if autres > 1 { " autres" } else { " autre" }
        ));
    }
    lignes
}

/// Those of a démarche that an instructeur follows, or that nobody follows in their groupes, and when they expire.
async fn expirants(
    contexte: &Contexte,
    demarche: DemarcheNumero,
    compte: CompteId,
) -> Result<Vec<(DossierNumero, NaiveDate)>, EchecEnvoi> {
    let groupes = Query::select()
        .column(instructeur::Column::Groupe)
        .from(instructeur::Entity)
        .and_where(instructeur::Column::Compte.eq(compte))
        .and_where(
            instructeur::Column::Groupe.in_subquery(
                Query::select()
                    .column(groupe::Column::Id)
                    .from(groupe::Entity)
                    .and_where(groupe::Column::Demarche.eq(demarche))
                    .to_owned(),
            ),
        )
        .to_owned();
    let mut suivis = Query::select();
    suivis.expr(Expr::val(1)).from(suivi::Entity).and_where(
        Expr::col(suivi::Column::Dossier.as_column_ref())
            .equals((Alias::new("dossiers"), Alias::new("numero"))),
    );
    let par_lui = suivis.clone().and_where(suivi::Column::Compte.eq(compte)).to_owned();
    let lignes = dossier::visibles()
        .filter(dossier::Column::Groupe.in_subquery(groupes))
        .filter(dossier::Column::Etat.eq(EtatDossier::EnConstruction))
        .filter(dossier::Column::ExpirationAnnonceeLe.is_not_null())
        .filter(Condition::any().add(Expr::exists(par_lui)).add(Expr::not_exists(suivis)))
        .order_by_asc(dossier::Column::GardeJusquAu)
        .order_by_asc(dossier::Column::Numero)
        .all(contexte.base.lire())
        .await?;
    Ok(lignes.into_iter().filter_map(|d| Some((d.numero, d.garde_jusqu_au?))).collect())
}
