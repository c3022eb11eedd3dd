//! « Résumé ».

use crate::acces::autorisations::{self, Qualite};
use crate::dossier::delais;
use crate::messagerie::fil;
use crate::rendez_vous::liens_personnels;
use crate::rendez_vous::tag;
use crate::socle::erreur::Echec;
use crate::socle::outils::Outils;
use crate::socle::temps;
use chrono::{DateTime, Utc};
use domain::ids::DossierNumero;
use domain::role::{Acteur, Role};
use domain::vues::Resume;
use sea_orm::ConnectionTrait;

/// « Résumé », with one's personal link when the dossier is one's own.
///
/// # Errors
/// [`domain::Erreur::Introuvable`].
pub async fn resume_avec_lien(
    db: &impl ConnectionTrait,
    outils: &Outils,
    acteur: &Acteur,
    numero: DossierNumero,
    maintenant: DateTime<Utc>,
) -> Result<Resume, Echec> {
    let mut resume = resume(db, acteur, numero, maintenant).await?;
    if resume.invite {
        return Ok(resume);
    }
    if let (Some(message), Some(lien)) =
        (&mut resume.dernier_message, liens_personnels::lien_de(db, outils, numero).await?)
    {
        liens_personnels::personnaliser(message, &lien);
    }
    Ok(resume)
}

/// « Résumé ».
///
/// # Errors
/// [`domain::Erreur::Introuvable`].
pub async fn resume(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DossierNumero,
    maintenant: DateTime<Utc>,
) -> Result<Resume, Echec> {
    let (dossier, qualite) = autorisations::dossier_partage(db, acteur, numero).await?;
    let invite = qualite == Qualite::Invite;
    let dernier = fil::dernier(db, acteur, &dossier, Role::Usager, maintenant).await?;
    let synthese = tag::synthese(db, numero, maintenant).await?;
    let attendue = dossier.etat.en_cours();
    let demarche = dossier.demarche;
    Ok(Resume {
        dernier_message: dernier.map(|message| fil::pour(qualite, message)),
        annee: temps::annee(maintenant),
        rendez_vous: synthese.a_montrer.filter(|_| !invite),
        delais: if attendue { delais::estimer(db, demarche, maintenant).await? } else { None },
        invite,
    })
}
