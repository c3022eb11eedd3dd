//! To whoever joined a file: the antivirus found something in it.

use crate::contexte::Contexte;
use crate::courriels::cadre::{Cadre, email};
use crate::courriels::echec::EchecEnvoi;
use crate::courriels::gabarit::{Gabarit, Lettre};
use crate::courriels::pied::Pourquoi;
use crate::tables::{avis, brouillon, demarche, dossier, piece_jointe};
use domain::fichier::Analyse;
use domain::ids::{DemarcheNumero, DossierNumero, PieceId};
use sea_orm::EntityTrait;

/// Composes the mail. `None` once the file, or what it was joined to, is gone.
///
/// # Errors
/// The database failed, or what the task speaks of is gone.
pub(in crate::courriels) async fn composer(
    contexte: &Contexte,
    id: PieceId,
) -> Result<Option<Lettre>, EchecEnvoi> {
    let db = contexte.base.lire();
    let piece = piece_jointe::Entity::find_by_id(id).one(db).await?;
    let Some(piece) = piece.filter(|piece| piece.analyse == Analyse::Infectee) else {
        return Ok(None);
    };
    let Some(demarche) = demarche_de(contexte, piece.dossier).await? else { return Ok(None) };
    let demarche = demarche::Entity::find_by_id(demarche).one(db).await?;
    let demarche = demarche.ok_or(EchecEnvoi::Illisible)?;
    let a = match (piece.compte, piece.avis) {
        (Some(compte), _) => email(contexte, compte).await?,
        (None, Some(avis)) => {
            let avis = avis::Entity::find_by_id(avis).one(db).await?;
            avis.ok_or(EchecEnvoi::Illisible)?.email
        }
        (None, None) => return Ok(None),
    };
    let cadre = Cadre::de(piece.dossier, demarche, &contexte.outils.reglages);
    Ok(Some(rediger(&cadre, &piece.nom, a)))
}

/// Of the dossier, or of the draft that has its number.
async fn demarche_de(
    contexte: &Contexte,
    numero: DossierNumero,
) -> Result<Option<DemarcheNumero>, EchecEnvoi> {
    let db = contexte.base.lire();
    if let Some(dossier) = dossier::Entity::find_by_id(numero).one(db).await? {
        return Ok(Some(dossier.demarche));
    }
    let brouillon = brouillon::Entity::find_by_id(numero).one(db).await?;
    Ok(brouillon.map(|brouillon| brouillon.demarche))
}

/// `nom`: that of the file.
pub(in crate::courriels) fn rediger(cadre: &Cadre, nom: &str, a: String) -> Lettre {
    let Cadre { dossier, titre, .. } = cadre;
    Gabarit::new(format!(
        "Un fichier que vous avez joint contient un virus (dossier n°{dossier}, «\u{a0}{titre}\u{a0}»)"
    ))
    .du_dossier(
        cadre,
        &format!("L'antivirus a trouvé un virus dans le fichier «\u{a0}{nom}\u{a0}» que vous avez joint au dossier"),
        ".",
    )
    .dit("Personne ne peut télécharger ce fichier, pas même vous. Le reste du dossier n'est pas touché.")
    .dit("Faites vérifier votre appareil par un antivirus, puis joignez une autre version du fichier si elle est demandée.")
    .signe(&cadre.equipe())
    .pour(a, &cadre.site, &Pourquoi::AJoint(*dossier))
}
