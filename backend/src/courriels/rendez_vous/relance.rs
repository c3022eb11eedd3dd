//! To the usager: « Rappel : vous devez prendre un rendez-vous ».

use super::proposition::lire;
use crate::contexte::Contexte;
use crate::courriels::cadre::{Cadre, email};
use crate::courriels::echec::EchecEnvoi;
use crate::courriels::gabarit::{Gabarit, Lettre};
use crate::courriels::pied::{Pied, Pourquoi};
use crate::rendez_vous::relances::attente;
use crate::socle::temps;
use crate::tables::{demarche, dossier, proposition};
use chrono::NaiveDate;
use domain::chemin::au_message;
use domain::francais;
use domain::ids::{MessageId, PropositionId};
use domain::proposition::EtatProposition;

/// Composes the mail. `None` as soon as there is nothing to book any more, or once a later reminder was made.
///
/// # Errors
/// The database failed, or what the task speaks of is gone.
pub(in crate::courriels) async fn composer(
    contexte: &Contexte,
    id: PropositionId,
    relance: i32,
) -> Result<Option<Lettre>, EchecEnvoi> {
    let Some((proposition, cadre, dossier)) = lire(contexte, id).await? else { return Ok(None) };
    let attend = proposition.etat == EtatProposition::Proposee && dossier.etat.en_cours();
    if !attend || proposition.relances != relance {
        return Ok(None);
    }
    let db = contexte.base.lire();
    let demarche = dossier::demarche(db, &dossier).await?;
    if demarche::agenda(&demarche).is_none() {
        return Ok(None);
    }
    let expire_le = demarche::relances(&demarche)?.expire_le(&attente(&proposition)).date();
    let faite_le = temps::a_paris(proposition.proposee_le).date();
    let message = proposition::message(db, &proposition).await?;
    let a = email(contexte, dossier.usager).await?;
    Ok(Some(rediger(&cadre, (faite_le, expire_le), message, a)))
}

/// `faite_le`: when the rendez-vous was proposed; `expire_le`: when that expires; `message`: the one that proposes it,
/// which the link leads to.
pub(in crate::courriels) fn rediger(
    cadre: &Cadre,
    (faite_le, expire_le): (NaiveDate, NaiveDate),
    message: Option<MessageId>,
    a: String,
) -> Lettre {
    let Cadre { dossier, titre, service, .. } = cadre;
    let messagerie = cadre.messagerie_usager();
    let adresse = message.map_or(messagerie.clone(), |id| au_message(&messagerie, id));
    Gabarit::new(format!(
        "Rappel\u{a0}: vous devez prendre un rendez-vous pour votre dossier n°{dossier} «\u{a0}{titre}\u{a0}»"
    ))
    .du_dossier(
        cadre,
        &format!(
            "Le {}, l'administration vous a proposé un rendez-vous pour votre dossier",
            francais::date(faite_le)
        ),
        ". Vous n'avez pas encore choisi de créneau.",
    )
    .dit(format!(
        "Ouvrez la messagerie de votre dossier et suivez le lien de la proposition pour choisir le jour et l'heure. Sans réponse de votre part, cette proposition expirera le {}.",
        francais::date(expire_le)
    ))
    .bouton(&adresse, "Choisir un créneau")
    .dit("Si vous venez de prendre rendez-vous, ne tenez pas compte de ce rappel.")
    .signe(service)
    .pied(Pied::de(cadre, &a))
    .pour(a, &cadre.site, &Pourquoi::ADepose(*dossier))
}
