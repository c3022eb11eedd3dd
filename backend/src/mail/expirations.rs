//! The mails that say that a dossier will expire, or has.

use super::composition::{cadre_meme_supprime, email};
use super::textes::{Cadre, bouton, equipe, page, pied, signature};
use super::{Courriel, EchecEnvoi};
use crate::contexte::Contexte;
use crate::socle::temps;
use crate::tables::{demarche, dossier, groupe, instructeur, suivi};
use chrono::{DateTime, Duration, NaiveDate, Utc};
use domain::conservation::RESTAURABLE_JOURS;
use domain::dossier::EtatDossier;
use domain::francais;
use domain::ids::{CompteId, DemarcheNumero, DossierNumero};
use maud::html;
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder};

/// How many dossiers a mail names.
const NOMMES_MAX: usize = 20;

/// To the usager: it will expire. `None` once that is no longer so.
///
/// # Errors
/// The database failed, or what the task speaks of is gone.
pub(super) async fn annonce(
    contexte: &Contexte,
    numero: DossierNumero,
) -> Result<Option<Courriel>, EchecEnvoi> {
    let (cadre, dossier) = cadre_meme_supprime(contexte, numero.0).await?;
    let en_construction = dossier.etat == EtatDossier::EnConstruction.code();
    if dossier.expiration_annoncee_le.is_none() || dossier.supprime_le.is_some() || !en_construction
    {
        return Ok(None);
    }
    let Some(le) = dossier.garde_jusqu_au else { return Ok(None) };
    let a = email(contexte, dossier.usager).await?;
    let jour = francais::date(le);
    let Cadre { dossier, titre, .. } = &cadre;
    let sujet = format!("Votre dossier n°{dossier} expire le {jour} «\u{a0}{titre}\u{a0}»");
    let phrase = format!(
        "Votre dossier n°{dossier} concernant la démarche «\u{a0}{titre}\u{a0}» est encore en construction et arrive au terme de sa durée de conservation. Il sera supprimé le {jour}."
    );
    let suite = "Si vous en avez encore besoin, ouvrez-le et choisissez «\u{a0}Conserver un mois de plus\u{a0}». Si l'administration commence à l'examiner, il n'expirera pas.";
    let lien = cadre.lien(&format!("/dossiers/{dossier}/resume"));
    Ok(Some(rediger(&cadre, sujet, [&phrase, suite], (&lien, "Ouvrir mon dossier"), a)))
}

/// To the usager: it has expired. `None` once it was restored.
///
/// # Errors
/// The database failed, or what the task speaks of is gone.
pub(super) async fn faite(
    contexte: &Contexte,
    numero: DossierNumero,
) -> Result<Option<Courriel>, EchecEnvoi> {
    let (cadre, dossier) = cadre_meme_supprime(contexte, numero.0).await?;
    let Some(le) = dossier.supprime_le else { return Ok(None) };
    let a = email(contexte, dossier.usager).await?;
    let fin = francais::date(restaurable_jusqu_au(le));
    let Cadre { dossier, titre, .. } = &cadre;
    let sujet = format!("Votre dossier n°{dossier} a expiré «\u{a0}{titre}\u{a0}»");
    let phrase = format!(
        "Votre dossier n°{dossier} concernant la démarche «\u{a0}{titre}\u{a0}» est resté en construction jusqu'au terme de sa durée de conservation\u{a0}: il a été supprimé."
    );
    let suite = format!(
        "Vous pouvez le restaurer jusqu'au {fin}, dans vos dossiers supprimés récemment. Il sera ensuite effacé définitivement, avec ses messages et ses pièces jointes."
    );
    let lien = cadre.lien("/dossiers?onglet=supprimes");
    let bouton = (lien.as_str(), "Voir mes dossiers supprimés");
    Ok(Some(rediger(&cadre, sujet, [&phrase, &suite], bouton, a)))
}

/// The last day on which it can be restored for sure.
fn restaurable_jusqu_au(supprime_le: DateTime<Utc>) -> NaiveDate {
    temps::a_paris(supprime_le + Duration::days(RESTAURABLE_JOURS - 1)).date()
}

fn rediger(
    cadre: &Cadre,
    sujet: String,
    phrases: [&str; 2],
    (lien, intitule): (&str, &str),
    a: String,
) -> Courriel {
    let pied = pied(cadre, &cadre.messagerie_usager(), &a);
    let texte = format!(
        "Bonjour,\n\n{}\n\n{intitule}\u{a0}:\n{lien}\n\nCordialement,\n{}\n\n{}\n",
        phrases.join("\n\n"),
        cadre.service,
        pied.texte
    );
    let corps = html! {
        p { "Bonjour," }
        @for phrase in phrases { p { (phrase) } }
        (bouton(lien, intitule))
        (signature(&cadre.service))
        (pied.html)
    };
    Courriel { a, html: page(&cadre.site, &sujet, &corps), sujet, texte }
}

/// To an instructeur: dossiers of a démarche will expire. `None` once there are none.
///
/// # Errors
/// The database failed, or what the task speaks of is gone.
pub(super) async fn aux_instructeurs(
    contexte: &Contexte,
    numero: DemarcheNumero,
    compte: CompteId,
) -> Result<Option<Courriel>, EchecEnvoi> {
    let expirants = expirants(contexte, numero, compte).await?;
    if expirants.is_empty() {
        return Ok(None);
    }
    let demarche = demarche::Entity::find_by_id(numero.0).one(contexte.base.lire()).await?;
    let titre = demarche.ok_or(EchecEnvoi::Illisible)?.titre;
    let a = email(contexte, compte.0).await?;
    let reglages = &contexte.outils.reglages;
    let base = reglages.app_url.as_str().trim_end_matches('/');
    let lien = format!("{base}/instructeur/demarches/{numero}?onglet=expirants");
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
    let suite = "Passez-les en instruction, écrivez à l'usager, ou choisissez «\u{a0}Conserver un mois de plus\u{a0}» dans le dossier. Sans cela, ils seront supprimés.";
    let intitule = "Voir les dossiers expirants";
    let signataire = equipe(&reglages.nom);
    let texte = format!(
        "Bonjour,\n\n{phrase}\n\n- {}\n\n{suite}\n\n{intitule}\u{a0}:\n{lien}\n\nCordialement,\n{signataire}\n",
        lignes.join("\n- ")
    );
    let corps = html! {
        p { "Bonjour," }
        p { (phrase) }
        ul { @for ligne in &lignes { li { (ligne) } } }
        p { (suite) }
        (bouton(&lien, intitule))
        (signature(&signataire))
    };
    Ok(Some(Courriel { a, html: page(&reglages.nom, &sujet, &corps), sujet, texte }))
}

/// Those of a démarche that an instructeur follows, or that nobody follows in their groupes, and when they expire.
async fn expirants(
    contexte: &Contexte,
    demarche: DemarcheNumero,
    compte: CompteId,
) -> Result<Vec<(i64, NaiveDate)>, EchecEnvoi> {
    let groupes = Query::select()
        .column(instructeur::Column::Groupe)
        .from(instructeur::Entity)
        .and_where(instructeur::Column::Compte.eq(compte.0))
        .and_where(
            instructeur::Column::Groupe.in_subquery(
                Query::select()
                    .column(groupe::Column::Id)
                    .from(groupe::Entity)
                    .and_where(groupe::Column::Demarche.eq(demarche.0))
                    .to_owned(),
            ),
        )
        .to_owned();
    let mut suivis = Query::select();
    suivis.expr(Expr::val(1)).from(suivi::Entity).and_where(
        Expr::col(suivi::Column::Dossier.as_column_ref())
            .equals((Alias::new("dossiers"), Alias::new("numero"))),
    );
    let par_lui = suivis.clone().and_where(suivi::Column::Compte.eq(compte.0)).to_owned();
    let lignes = dossier::Entity::find()
        .filter(dossier::Column::Groupe.in_subquery(groupes))
        .filter(dossier::Column::Etat.eq(EtatDossier::EnConstruction.code()))
        .filter(dossier::visible())
        .filter(dossier::Column::ExpirationAnnonceeLe.is_not_null())
        .filter(Condition::any().add(Expr::exists(par_lui)).add(Expr::not_exists(suivis)))
        .order_by_asc(dossier::Column::GardeJusquAu)
        .order_by_asc(dossier::Column::Numero)
        .all(contexte.base.lire())
        .await?;
    Ok(lignes.into_iter().filter_map(|d| Some((d.numero, d.garde_jusqu_au?))).collect())
}
