//! The message of a service to those who have only a draft.

use crate::contexte::Contexte;
use crate::courriels::cadre::{Cadre, email};
use crate::courriels::echec::EchecEnvoi;
use crate::courriels::gabarit::{Bout, Gabarit, Lettre};
use crate::courriels::pied::Pourquoi;
use crate::demarche::contacts;
use crate::tables::{contact, demarche};
use domain::chemin::Chemin;
use domain::ids::{CompteId, ContactId};
use sea_orm::EntityTrait;

/// Composes the mail. `None` once they have filed their dossier or deleted their draft.
///
/// # Errors
/// The database failed, or what the task speaks of is gone.
pub(in crate::courriels) async fn composer(
    contexte: &Contexte,
    contact: ContactId,
    compte: CompteId,
) -> Result<Option<Lettre>, EchecEnvoi> {
    let db = contexte.base.lire();
    let Some(contact) = contact::Entity::find_by_id(contact).one(db).await? else {
        return Ok(None);
    };
    let numero = contact.demarche;
    let Some(brouillon) = contacts::brouillon_seul(db, numero, compte).await? else {
        return Ok(None);
    };
    let demarche = demarche::Entity::find_by_id(numero).one(db).await?;
    let demarche = demarche.ok_or(EchecEnvoi::Illisible)?;
    let cadre = Cadre::de(brouillon.numero, demarche, &contexte.outils.reglages);
    Ok(Some(rediger(&cadre, &contact.texte, email(contexte, compte).await?)))
}

/// `texte`: what the instructeur wrote.
pub(in crate::courriels) fn rediger(cadre: &Cadre, texte: &str, a: String) -> Lettre {
    let Cadre { dossier, titre, coordonnees, .. } = cadre;
    let entre = |avant: &str, apres: &str| {
        vec![
            Bout::Dit(format!("{avant} «\u{a0}")),
            Bout::Fort(titre.clone()),
            Bout::Dit(format!("\u{a0}»{apres}")),
        ]
    };
    let commence = "Vous avez commencé à remplir un dossier pour la démarche";
    Gabarit::new(format!("Votre brouillon pour «\u{a0}{titre}\u{a0}»"))
        .paragraphe(entre(
            commence,
            ", sans l'avoir déposé. Le service qui en est chargé vous écrit\u{a0}:",
        ))
        .citation(texte)
        .bouton(&cadre.lien(&Chemin::Brouillon(*dossier).to_string()), "Reprendre mon brouillon")
        .dit(reponses(&coordonnees.email, &coordonnees.telephone))
        .dit("Ce message est envoyé à toutes les personnes qui ont un brouillon sans avoir déposé de dossier. Le service ne sait pas qui elles sont. Si vous supprimez ce brouillon, vous n'en recevrez plus.")
        .signe(&signataire(cadre))
        .reponses_a(&coordonnees.email)
        .pour(a, &cadre.site, &Pourquoi::AUnBrouillon { titre })
}

/// Where answers go.
fn reponses(email: &str, telephone: &str) -> String {
    match (email, telephone) {
        ("", "") => {
            "Merci de ne pas répondre à ce courriel\u{a0}: personne ne lirait votre réponse."
                .to_owned()
        }
        ("", telephone) => format!(
            "Merci de ne pas répondre à ce courriel\u{a0}: personne ne lirait votre réponse. Le service répond au {telephone}."
        ),
        (email, _) => format!(
            "Une question\u{a0}? Répondez à ce courriel\u{a0}: votre réponse va au service, à l'adresse {email}. Il saura alors qui vous êtes."
        ),
    }
}

fn signataire(cadre: &Cadre) -> String {
    if cadre.service.is_empty() { cadre.equipe() } else { cadre.service.clone() }
}
