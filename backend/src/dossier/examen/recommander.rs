//! « Envoyer le dossier à … »: an instructeur recommends a dossier to another one of its groupe.

use crate::acces::autorisations;
use crate::socle::changement::Changement;
use crate::socle::erreur::Echec;
use crate::tables::{instructeur, recommandation, suivi};
use crate::taches::Courriel;
use domain::cle::CleDeFormulaire;
use domain::ids::{CompteId, DossierNumero};
use domain::journal::Action;
use domain::sujet::Sujet;
use domain::{Champ, Erreur, Saisie};
use sea_orm::{ActiveValue::Set, EntityTrait};

/// Sends the link of a dossier by mail; who gets it follows the dossier from then on. `cle` is unique to the form
/// shown: the same form sent twice to the same person is one sending.
///
/// # Errors
/// [`Erreur::Introuvable`], or an error about [`Champ::Destinataire`].
pub async fn envoyer(
    c: &Changement<'_>,
    numero: DossierNumero,
    destinataire: Option<CompteId>,
    cle: &CleDeFormulaire,
) -> Result<(), Echec> {
    let dossier = autorisations::dossier_de_l_instructeur(&c.tx, c.acteur, numero).await?;
    let refus = |probleme| Erreur::champ(Champ::Destinataire, probleme);
    let destinataire = destinataire.ok_or(refus(Saisie::Vide))?;
    let du_groupe =
        instructeur::Entity::find_by_id((dossier.groupe, destinataire)).one(&c.tx).await?;
    if du_groupe.is_none() || destinataire == c.acteur.compte {
        return Err(refus(Saisie::HorsChoix).into());
    }
    let cle = c.cle(numero, cle).pour(destinataire);
    if cle.deja::<recommandation::Entity>(&c.tx, recommandation::Column::Cle).await?.is_some() {
        return Ok(());
    }
    let ligne = recommandation::ActiveModel {
        dossier: Set(numero),
        expediteur: Set(c.acteur.compte),
        destinataire: Set(destinataire),
        cle: Set(cle.ecrite()),
        le: Set(c.maintenant),
        ..Default::default()
    };
    let id = match recommandation::Entity::insert(ligne).exec(&c.tx).await.map_err(Echec::from) {
        Ok(insere) => insere.last_insert_id,
        // Sent at the same moment by the other of two clicks: that is all that was asked.
        Err(echec) if echec.doublon() => return Ok(()),
        Err(echec) => return Err(echec),
    };
    suivi::commencer(&c.tx, destinataire, &dossier, c.maintenant).await?;
    c.prevoir(&Courriel::Recommandation { envoi: id }).await?;
    c.noter(Action::DossierEnvoye, numero).await?;
    let demarche = Sujet::Demarche(dossier.demarche);
    c.annoncer(&[Sujet::Dossier(numero), demarche]).await
}
