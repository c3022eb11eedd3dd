//! The personal link of a proposition that is made to somebody who has no account here: `/p/` and a secret. Whoever holds it
//! sees the proposition and its rendez-vous; opening it changes nothing.

mod page;

pub use page::{fichier, page};

use crate::socle::changement::Changement;
use crate::socle::erreur::Echec;
use crate::socle::outils::{Outils, Reglages};
use crate::socle::secrets::coffre;
use crate::tables::{dossier, lien_proposition};
use domain::chemin::Chemin;
use domain::dossier::Origine;
use domain::ids::PropositionId;
use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait};

/// Makes the link of a proposition that was just made, when its dossier belongs to another platform.
pub(crate) async fn creer(
    c: &Changement<'_>,
    dossier: &dossier::Model,
    proposition: PropositionId,
) -> Result<(), Echec> {
    if dossier.origine != Origine::DemarchesSimplifiees {
        return Ok(());
    }
    let Outils { coffre, hasard, .. } = c.outils;
    let secret = hasard.cle();
    let ligne = lien_proposition::ActiveModel {
        proposition: Set(proposition),
        empreinte: Set(coffre::empreinte(&secret)),
        secret_scelle: Set(coffre.sceller(secret.as_bytes(), hasard)),
        cree_le: Set(c.maintenant),
        ouvert_le: Set(None),
    };
    lien_proposition::Entity::insert(ligne).exec_without_returning(&c.tx).await?;
    Ok(())
}

/// The whole address of the page of a proposition, when it has a link.
pub(crate) async fn adresse(
    db: &impl ConnectionTrait,
    outils: &Outils,
    proposition: PropositionId,
) -> Result<Option<String>, Echec> {
    let Some(lien) = lien_proposition::Entity::find_by_id(proposition).one(db).await? else {
        return Ok(None);
    };
    let secret = outils.coffre.ouvrir_texte(&lien.secret_scelle)?;
    Ok(Some(absolue(&outils.reglages, &secret)))
}

fn absolue(reglages: &Reglages, secret: &str) -> String {
    format!("{}{}", reglages.app_url.as_str().trim_end_matches('/'), Chemin::Proposition(secret))
}
