//! « Envoyer le dossier à … »: an instructeur recommends a dossier to another one of its groupe.

use crate::acces::autorisations;
use crate::socle::cle::Cle;
use crate::socle::direct;
use crate::socle::erreur::Echec;
use crate::socle::journal;
use crate::tables::{instructeur, recommandation, suivi};
use crate::taches::{self, Courriel};
use chrono::{DateTime, Utc};
use domain::cle::CleDeFormulaire;
use domain::ids::{CompteId, DossierNumero};
use domain::journal::Action;
use domain::role::Acteur;
use domain::sujet::Sujet;
use domain::{Champ, Erreur, Saisie};
use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait};

/// Sends the link of a dossier by mail; who gets it follows the dossier from then on. `cle` is unique to the form
/// shown: the same form sent twice to the same person is one sending.
///
/// # Errors
/// [`Erreur::Introuvable`], or an error about [`Champ::Destinataire`].
pub async fn envoyer(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DossierNumero,
    destinataire: Option<CompteId>,
    cle: &CleDeFormulaire,
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    let dossier = autorisations::dossier_de_l_instructeur(db, acteur, numero).await?;
    let refus = |probleme| Erreur::champ(Champ::Destinataire, probleme);
    let destinataire = destinataire.ok_or(refus(Saisie::Vide))?;
    let du_groupe = instructeur::Entity::find_by_id((dossier.groupe, destinataire)).one(db).await?;
    if du_groupe.is_none() || destinataire == acteur.compte {
        return Err(refus(Saisie::HorsChoix).into());
    }
    let cle = Cle::de(acteur, numero, cle, maintenant).pour(destinataire);
    if cle.deja::<recommandation::Entity>(db, recommandation::Column::Cle).await?.is_some() {
        return Ok(());
    }
    let ligne = recommandation::ActiveModel {
        dossier: Set(numero),
        expediteur: Set(acteur.compte),
        destinataire: Set(destinataire),
        cle: Set(cle.ecrite()),
        le: Set(maintenant),
        ..Default::default()
    };
    let id = match recommandation::Entity::insert(ligne).exec(db).await.map_err(Echec::from) {
        Ok(insere) => insere.last_insert_id,
        // Sent at the same moment by the other of two clicks: that is all that was asked.
        Err(echec) if echec.doublon() => return Ok(()),
        Err(echec) => return Err(echec),
    };
    suivi::commencer(db, destinataire, &dossier, maintenant).await?;
    taches::ajouter(db, &Courriel::Recommandation { envoi: id }, maintenant).await?;
    journal::noter(db, Some(acteur.compte), Action::DossierEnvoye, numero, None, maintenant)
        .await?;
    let demarche = Sujet::Demarche(dossier.demarche);
    Ok(direct::annoncer(db, &[Sujet::Dossier(numero), demarche], maintenant).await?)
}
