//! The mails that an instructeur may stop: whether they chose to have them, and what is then under them.

use super::cadre::{Cadre, absolue, cadre, membre};
use super::echec::EchecEnvoi;
use super::pied::Gestion;
use crate::contexte::Contexte;
use crate::demarche::avertissements::{desabonnement, reglages};
use domain::avertissement::{Avertissement, Rythme};
use domain::chemin::Chemin;
use domain::ids::{CompteId, DemarcheNumero, DossierNumero};
use domain::vues::Portee;

const GERER: &str = "Gérer mes notifications";

/// What a mail about `cadre`, a dossier of `demarche`, knows once it is for `compte`, told of `quoi`. `None` when they
/// chose meanwhile never to be.
pub(super) async fn choisi(
    contexte: &Contexte,
    cadre: Cadre,
    demarche: DemarcheNumero,
    compte: CompteId,
    quoi: Avertissement,
) -> Result<Option<Cadre>, EchecEnvoi> {
    let reglage = reglages::de(contexte.base.lire(), demarche, quoi, compte).await?;
    if reglage.rythme() == Rythme::Jamais {
        return Ok(None);
    }
    let portee = Portee::Avertissement(quoi, demarche);
    let page = absolue(&cadre.base, &Chemin::NotificationsDemarche(demarche).to_string());
    let gestion = Gestion {
        raison: raison(quoi),
        pages: vec![(GERER.to_owned(), page)],
        arreter: desabonnement::adresse(&contexte.outils, compte, portee)?,
    };
    Ok(Some(Cadre { gestion: Some(gestion), ..cadre }))
}

/// What a mail of the kind `quoi` about a dossier needs for `vers`, and their address. `None` once they may no longer see
/// the dossier, or chose not to be told.
pub(super) async fn a_un_instructeur(
    contexte: &Contexte,
    numero: DossierNumero,
    vers: CompteId,
    quoi: Avertissement,
) -> Result<Option<(Cadre, String)>, EchecEnvoi> {
    let Some((cadre, dossier)) = cadre(contexte, numero).await? else { return Ok(None) };
    let Some(a) = membre(contexte, &dossier, vers).await? else { return Ok(None) };
    let cadre = choisi(contexte, cadre, dossier.demarche, vers, quoi).await?;
    Ok(cadre.map(|cadre| (cadre, a)))
}

/// Why a mail of its own is sent.
pub(super) fn raison(quoi: Avertissement) -> String {
    format!(
        "Vous recevez cet email car vous êtes instructeur de cette démarche et la notification «\u{a0}{}\u{a0}» vous est envoyée tout de suite.",
        quoi.libelle()
    )
}

/// Under a summary of these démarches, each with its title.
pub(super) fn des_recapitulatifs<'a>(
    contexte: &Contexte,
    compte: CompteId,
    demarches: impl IntoIterator<Item = (DemarcheNumero, &'a str)>,
) -> Result<Gestion, EchecEnvoi> {
    let base = &contexte.outils.reglages.app_url;
    let pages = demarches.into_iter().map(|(numero, titre)| {
        let nom = format!("{GERER} de la démarche «\u{a0}{titre}\u{a0}»");
        (nom, absolue(base, &Chemin::NotificationsDemarche(numero).to_string()))
    });
    Ok(Gestion {
        raison: RAISON_RECAPITULATIF.to_owned(),
        pages: pages.collect(),
        arreter: desabonnement::adresse(&contexte.outils, compte, Portee::Recapitulatifs)?,
    })
}

/// Why a summary is sent.
pub(super) const RAISON_RECAPITULATIF: &str = "Vous recevez cet email car vous êtes instructeur et des notifications vous sont envoyées dans un résumé du jour ou de la semaine.";
