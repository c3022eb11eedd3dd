//! To the administrateurs of a démarche that is joined to Démarches Simplifiées: its token will end, or is not accepted any
//! more.

use super::cadre::{absolue, email, equipe};
use super::echec::EchecEnvoi;
use super::gabarit::{Gabarit, Lettre};
use super::pied::Pourquoi;
use crate::contexte::Contexte;
use crate::demarches_simplifiees::raccordement::nom_du_site;
use crate::socle::outils::Reglages;
use crate::tables::{administrateur, demarche, raccordement};
use chrono::NaiveDate;
use domain::chemin::{Chemin, Ecran};
use domain::francais;
use domain::ids::{CompteId, DemarcheNumero, RaccordementId};
use domain::raccordement::{ErreurDistante, EtatRaccordement};
use sea_orm::EntityTrait;

/// The démarche that such a mail is about.
pub(super) struct Joint<'a> {
    /// Its number, here.
    pub(super) numero: DemarcheNumero,
    /// Its title.
    pub(super) titre: &'a str,
    /// The name of its platform.
    pub(super) plateforme: &'a str,
}

/// Composes « Votre jeton expire bientôt ». `None` once it was replaced, or its reminder is no longer the last one, or
/// whoever would be told manages the démarche no more.
///
/// # Errors
/// The database failed, or what the task speaks of is gone.
pub(super) async fn jeton_expire(
    contexte: &Contexte,
    id: RaccordementId,
    compte: CompteId,
    jours: i32,
) -> Result<Option<Lettre>, EchecEnvoi> {
    let Some((raccordement, titre, a)) = lire(contexte, id, compte).await? else {
        return Ok(None);
    };
    let annonce = raccordement.expiration_annoncee == Some(jours)
        && raccordement.etat != EtatRaccordement::Arrete;
    let Some(fin) = raccordement.jeton_expire_le.filter(|_| annonce) else { return Ok(None) };
    let plateforme = nom_du_site(&raccordement.site);
    let joint = Joint { numero: raccordement.demarche, titre: &titre, plateforme: &plateforme };
    Ok(Some(rediger_l_expiration(&contexte.outils.reglages, &joint, fin, a)))
}

/// Composes « Connexion rompue ». `None` once it is not any more, or whoever would be told manages the démarche no more.
///
/// # Errors
/// The database failed, or what the task speaks of is gone.
pub(super) async fn rompu(
    contexte: &Contexte,
    id: RaccordementId,
    compte: CompteId,
) -> Result<Option<Lettre>, EchecEnvoi> {
    let Some((raccordement, titre, a)) = lire(contexte, id, compte).await? else {
        return Ok(None);
    };
    if raccordement.etat != EtatRaccordement::Rompu {
        return Ok(None);
    }
    let raison = raccordement.raison.as_deref().and_then(ErreurDistante::from_code);
    let raison = raison.ok_or(EchecEnvoi::Illisible)?;
    let plateforme = nom_du_site(&raccordement.site);
    let joint = Joint { numero: raccordement.demarche, titre: &titre, plateforme: &plateforme };
    Ok(Some(rediger_la_rupture(&contexte.outils.reglages, &joint, &raison, a)))
}

/// The raccordement, the title of its démarche, and the address of one of its administrateurs.
async fn lire(
    contexte: &Contexte,
    id: RaccordementId,
    compte: CompteId,
) -> Result<Option<(raccordement::Model, String, String)>, EchecEnvoi> {
    let db = contexte.base.lire();
    let Some(lu) = raccordement::Entity::find_by_id(id).one(db).await? else { return Ok(None) };
    let gere = administrateur::Entity::find_by_id((lu.demarche, compte)).one(db).await?;
    if gere.is_none() {
        return Ok(None);
    }
    let demarche = demarche::Entity::find_by_id(lu.demarche).one(db).await?;
    let titre = demarche.ok_or(EchecEnvoi::Illisible)?.titre;
    Ok(Some((lu, titre, email(contexte, compte).await?)))
}

pub(super) fn rediger_l_expiration(
    reglages: &Reglages,
    joint: &Joint<'_>,
    fin: NaiveDate,
    a: String,
) -> Lettre {
    let Joint { titre, plateforme, .. } = joint;
    let gabarit = Gabarit::new(format!(
        "Le jeton de Démarches Simplifiées expire le {} «\u{a0}{titre}\u{a0}»",
        francais::date(fin)
    ))
    .dit(format!(
        "Le jeton par lequel la démarche «\u{a0}{titre}\u{a0}» est raccordée à {plateforme} expire le {}.",
        francais::date(fin)
    ))
    .dit("Passé ce jour, les dossiers ne seront plus synchronisés, et les propositions de rendez-vous ne partiront plus.")
    .dit("Créez un nouveau jeton dans Démarches Simplifiées, en lecture et en écriture, puis enregistrez-le ici\u{a0}:");
    finir(gabarit, reglages, joint, a)
}

pub(super) fn rediger_la_rupture(
    reglages: &Reglages,
    joint: &Joint<'_>,
    raison: &ErreurDistante,
    a: String,
) -> Lettre {
    let Joint { titre, plateforme, .. } = joint;
    let gabarit = Gabarit::new(format!(
        "La connexion à Démarches Simplifiées est rompue «\u{a0}{titre}\u{a0}»"
    ))
    .dit(format!(
        "La démarche «\u{a0}{titre}\u{a0}» n'est plus synchronisée avec {plateforme}."
    ))
    .dit(raison.to_string())
    .dit("Ce qui a été lu reste consultable, et ce qui devait être envoyé partira quand la connexion sera rétablie. Pour la rétablir\u{a0}:");
    finir(gabarit, reglages, joint, a)
}

fn finir(gabarit: Gabarit, reglages: &Reglages, joint: &Joint<'_>, a: String) -> Lettre {
    let page = Chemin::Ecran(joint.numero, Ecran::Raccordement).to_string();
    gabarit
        .bouton(&absolue(&reglages.app_url, &page), "Voir le raccordement")
        .signe(&equipe(&reglages.nom))
        .pour(a, &reglages.nom, &Pourquoi::Administre { titre: joint.titre })
}
