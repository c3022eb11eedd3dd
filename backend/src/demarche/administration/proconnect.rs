//! « ProConnect »: of whom a démarche demands it.

use super::{conclure, verrouiller};
use crate::acces::autorisations;
use crate::socle::changement::Changement;
use crate::socle::erreur::Echec;
use crate::socle::outils::Reglages;
use domain::Erreur;
use domain::identite::Exigence;
use domain::ids::DemarcheNumero;
use domain::journal::Action;
use domain::role::Acteur;
use domain::vues::ReglageProConnect;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ConnectionTrait, IntoActiveModel};

/// The screen.
///
/// # Errors
/// [`Erreur::Introuvable`].
pub async fn lire(
    db: &impl ConnectionTrait,
    reglages: &Reglages,
    acteur: &Acteur,
    numero: DemarcheNumero,
) -> Result<ReglageProConnect, Echec> {
    let demarche = autorisations::demarche_de_l_administrateur(db, acteur, numero).await?;
    Ok(ReglageProConnect {
        numero,
        titre: demarche.titre,
        exigence: demarche.proconnect,
        possible: reglages.proconnect,
        permis: acteur.assurance.proconnect,
    })
}

/// « Enregistrer ». Whoever did not come in by ProConnect changes nothing: a weaker door would open the stronger one.
///
/// # Errors
/// [`Erreur::Introuvable`], [`Erreur::ProConnectExige`]; [`Erreur::ProConnectAbsent`] when nobody could come in by it.
pub async fn enregistrer(
    c: &Changement<'_>,
    numero: DemarcheNumero,
    exigence: Exigence,
) -> Result<(), Echec> {
    autorisations::demarche_de_l_administrateur(&c.tx, c.acteur, numero).await?;
    verrouiller(&c.tx, numero).await?;
    let demarche = autorisations::demarche_de_l_administrateur(&c.tx, c.acteur, numero).await?;
    if demarche.proconnect == exigence {
        return Ok(());
    }
    if exigence != Exigence::Aucune && !c.outils.reglages.proconnect {
        return Err(Erreur::ProConnectAbsent.into());
    }
    if !c.acteur.assurance.proconnect {
        return Err(Erreur::ProConnectExige.into());
    }
    let mut change = demarche.into_active_model();
    change.proconnect = Set(exigence);
    change.update(&c.tx).await?;
    let detail = Some(exigence.libelle().to_owned());
    conclure(c, numero, Action::ProConnectRegle, detail).await
}
