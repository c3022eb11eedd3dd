//! To the usager: « Vous devez prendre un rendez-vous ».

use crate::contexte::Contexte;
use crate::courriels::cadre::{Cadre, cadre, email, texte};
use crate::courriels::echec::EchecEnvoi;
use crate::courriels::gabarit::Lettre;
use crate::courriels::modele::{self, Lien};
use crate::courriels::pied::{Pied, Pourquoi};
use crate::tables::{dossier, proposition};
use domain::chemin::au_message;
use domain::ids::{MessageId, PropositionId};
use domain::modele::{Modele, Texte};
use domain::proposition::EtatProposition;
use sea_orm::EntityTrait;

/// Composes the mail. `None` as soon as it is no longer so: booked, withdrawn, the dossier deleted.
///
/// # Errors
/// The database failed, or what the task speaks of is gone.
pub(in crate::courriels) async fn composer(
    contexte: &Contexte,
    id: PropositionId,
) -> Result<Option<Lettre>, EchecEnvoi> {
    let Some((proposition, cadre, dossier)) = lire(contexte, id).await? else { return Ok(None) };
    if proposition.etat != EtatProposition::Proposee {
        return Ok(None);
    }
    let a = email(contexte, dossier.usager).await?;
    let texte = texte(contexte, &dossier, Modele::PropositionRdv).await?;
    let message = proposition::message(contexte.base.lire(), &proposition).await?;
    Ok(Some(rediger(&cadre, &texte, message, a)))
}

/// A proposition and its dossier, unless the usager deleted it.
pub(super) async fn lire(
    contexte: &Contexte,
    id: PropositionId,
) -> Result<Option<(proposition::Model, Cadre, dossier::Model)>, EchecEnvoi> {
    let proposition = proposition::Entity::find_by_id(id).one(contexte.base.lire()).await?;
    let proposition = proposition.ok_or(EchecEnvoi::Illisible)?;
    let cadre = cadre(contexte, proposition.dossier).await?;
    Ok(cadre.map(|(cadre, dossier)| (proposition, cadre, dossier)))
}

/// `texte`: what the administrateur has it say; `message`: the one that proposes the rendez-vous, which the link leads to.
pub(in crate::courriels) fn rediger(
    cadre: &Cadre,
    texte: &Texte,
    message: Option<MessageId>,
    a: String,
) -> Lettre {
    let messagerie = cadre.messagerie_usager();
    let adresse = message.map_or(messagerie.clone(), |id| au_message(&messagerie, id));
    let lien = Lien { adresse, intitule: "Ouvrir la messagerie".to_owned() };
    modele::composer(Modele::PropositionRdv, texte, cadre, None, &lien)
        .pied(Pied::de(cadre, &a))
        .pour(a, &cadre.site, &Pourquoi::ADepose(cadre.dossier))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::courriels::apercus::cadre;

    #[test]
    fn words_of_an_administrateur_are_text_and_never_html() {
        let texte = Texte {
            objet: "Dossier --numéro du dossier--".to_owned(),
            corps: "Bonjour <b>vous</b>,\nligne 2\n\nLien\u{a0}: --lien messagerie--".to_owned(),
        };
        let lettre = rediger(&cadre(), &texte, None, "a@b.fr".to_owned());
        assert_eq!(lettre.sujet, "Dossier 17606854");
        assert!(lettre.html.contains("<p>Bonjour &lt;b&gt;vous&lt;/b&gt;,<br>ligne 2</p>"));
        let adresse = "http://localhost:3000/dossiers/17606854/messagerie";
        assert!(lettre.html.contains(&format!("Lien\u{a0}: <a class=\"lien\" href=\"{adresse}\"")));
        assert!(lettre.texte.contains(&format!("Lien\u{a0}: {adresse}")));
    }
}
