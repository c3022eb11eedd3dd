//! What is under a mail that an instructeur may stop: why they have it, where to change that, and how to stop it at once.

use super::cadre::{Cadre, absolue};
use super::echec::EchecEnvoi;
use super::mise_en_page::lien;
use super::pied::MUET;
use crate::contexte::Contexte;
use crate::demarche::avertissements::{desabonnement, reglages};
use domain::avertissement::{Avertissement, Rythme};
use domain::chemin::Chemin;
use domain::ids::{CompteId, DemarcheNumero};
use domain::vues::Portee;
use maud::{Markup, html};

const GERER: &str = "Gérer mes notifications";
const ARRETER: &str = "Ne plus recevoir ces emails";

/// What it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::courriels) struct Gestion {
    /// Why the mail is sent.
    pub(super) raison: String,
    /// Where that is changed: what each page is called, its address.
    pub(super) pages: Vec<(String, String)>,
    /// The address that stops these mails, with a button, or by itself for a mail program (RFC 8058).
    pub(super) arreter: String,
}

impl Gestion {
    pub(super) fn en_texte(&self) -> String {
        let pages: String =
            self.pages.iter().map(|(nom, adresse)| format!("{nom}\u{a0}:\n{adresse}\n")).collect();
        format!("{}\n{pages}{ARRETER}\u{a0}:\n{}", self.raison, self.arreter)
    }

    pub(super) fn en_html(&self, muet: bool) -> Markup {
        html! {
            table class="pied" role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin-top:24px;border-top:1px solid #dddddd;color:#3a3a3a;font-family:Arial,sans-serif" {
                tr {
                    td style="padding:16px 0 0;font-size:14px;line-height:1.5" {
                        @if muet { (MUET) br; }
                        (self.raison)
                        @for (nom, adresse) in &self.pages { br; (lien(adresse, nom)) }
                        br; (lien(&self.arreter, ARRETER))
                    }
                }
            }
        }
    }
}

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
