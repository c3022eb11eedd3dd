//! « Vous avez un nouveau message ».

use crate::contexte::Contexte;
use crate::courriels::cadre::{Cadre, cadre, email, membre};
use crate::courriels::echec::EchecEnvoi;
use crate::courriels::gabarit::{Gabarit, Lettre};
use crate::courriels::gestion;
use crate::courriels::pied::{Pied, Pourquoi};
use crate::messagerie::avertir;
use domain::avertissement::Avertissement;
use domain::ids::{CompteId, DossierNumero, TacheId};

/// Composes the mail of the task whose row is `id`. `None` once everything was read. What the messages say is personal,
/// and read in the dossier.
///
/// # Errors
/// The database failed, or what the task speaks of is gone.
pub(in crate::courriels) async fn composer(
    contexte: &Contexte,
    numero: DossierNumero,
    instructeur: Option<CompteId>,
    id: TacheId,
) -> Result<Option<Lettre>, EchecEnvoi> {
    let Some((cadre, dossier)) = cadre(contexte, numero).await? else { return Ok(None) };
    let combien = avertir::a_dire(contexte.base.lire(), &dossier, instructeur, id).await?;
    if combien == 0 {
        return Ok(None);
    }
    let Some(compte) = instructeur else {
        return Ok(Some(a_l_usager(&cadre, combien, email(contexte, dossier.usager).await?)));
    };
    let Some(a) = membre(contexte, &dossier, compte).await? else { return Ok(None) };
    let quoi = Avertissement::Message;
    let cadre = gestion::choisi(contexte, cadre, dossier.demarche, compte, quoi).await?;
    Ok(cadre.map(|cadre| a_l_instructeur(&cadre, combien, a)))
}

/// « un nouveau message », « 3 nouveaux messages ».
fn messages(combien: u64) -> String {
    match combien {
        1 => "un nouveau message".to_owned(),
        n => format!("{n} nouveaux messages"),
    }
}

pub(in crate::courriels) fn a_l_usager(cadre: &Cadre, combien: u64, a: String) -> Lettre {
    let Cadre { dossier, titre, service, .. } = cadre;
    let quoi = messages(combien);
    Gabarit::new(format!("Vous avez {quoi} pour votre dossier n°{dossier} «\u{a0}{titre}\u{a0}»"))
        .du_dossier(
            cadre,
            &format!("L'administration vous a écrit\u{a0}: vous avez {quoi} pour votre dossier"),
            ".",
        )
        .bouton(&cadre.messagerie_usager(), "Ouvrir la messagerie")
        .signe(service)
        .pied(Pied::de(cadre, &a))
        .pour(a, &cadre.site, &Pourquoi::ADepose(*dossier))
}

pub(in crate::courriels) fn a_l_instructeur(cadre: &Cadre, combien: u64, a: String) -> Lettre {
    let Cadre { dossier, titre, .. } = cadre;
    let quoi = messages(combien);
    Gabarit::new(format!("Vous avez {quoi} sur le dossier n°{dossier} «\u{a0}{titre}\u{a0}»"))
        .du_dossier(cadre, &format!("L'usager a écrit\u{a0}: vous avez {quoi} sur le dossier"), ".")
        .bouton(&cadre.messagerie_instructeur(), &format!("Messagerie du dossier n°{dossier}"))
        .signe(&cadre.equipe())
        .pour(a, &cadre.site, &cadre.instruit())
}
