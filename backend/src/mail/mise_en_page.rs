//! How mails look: a page that mail programs lay out with tables and inline styles only, and what is under a mail.
//!
//! Colours are those of the design system. Programs that read `<style>` also get its dark ones, and one column where
//! there is no room for two; the others show the rest all the same.

use super::modele::Pied;
use super::textes::{Cadre, Coordonnees};
use maud::{DOCTYPE, Markup, PreEscaped, html};

/// For the programs that read it.
const STYLE: &str = "\
:root{color-scheme:light dark;supported-color-schemes:light dark}\
@media (max-width:480px){.colonne{display:block!important;width:100%!important;padding:0 0 16px!important}}\
@media (prefers-color-scheme:dark){\
.fond{background:#161616!important;color:#ffffff!important}\
.feuille{background:#1e1e1e!important}\
.pied{color:#cecece!important;border-color:#353535!important}\
.lien{color:#8585f6!important}\
.bouton{background:#8585f6!important;color:#000091!important}\
}";

/// A link that stands out.
pub(super) fn bouton(lien: &str, intitule: &str) -> Markup {
    html! {
        p style="margin:24px 0" {
            a class="bouton" href=(lien) style="background:#000091;color:#ffffff;padding:8px 16px;text-decoration:none;display:inline-block" {
                (intitule)
            }
        }
    }
}

pub(super) fn signature(signataire: &str) -> Markup {
    html! { p { "Cordialement," br; (lignes(signataire)) } }
}

/// A text whose line ends are kept.
fn lignes(texte: &str) -> Markup {
    html! {
        @for (rang, ligne) in texte.lines().enumerate() {
            @if rang > 0 { br; }
            (ligne)
        }
    }
}

/// Under a mail to an usager: who manages the démarche, and how to ask something about the dossier.
pub(super) fn pied(cadre: &Cadre, messagerie: &str, a: &str) -> Pied {
    let gestion =
        [cadre.service.as_str(), cadre.coordonnees.adresse.as_str()].join("\n").trim().to_owned();
    let joindre = joindre(&cadre.coordonnees);
    let colonne = "padding:0 16px 0 0;font-size:14px;line-height:1.5";
    let html = html! {
        table class="pied" role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin-top:24px;border-top:1px solid #dddddd;color:#3a3a3a;font-family:Arial,sans-serif" {
            tr {
                td colspan="2" style="padding:16px 0;font-size:14px;line-height:1.5" {
                    "Merci de ne pas répondre à cet email. Pour vous adresser à votre administration, passez directement par la "
                    (lien(messagerie, "messagerie du dossier")) "."
                }
            }
            tr {
                td class="colonne" width="50%" valign="top" style=(colonne) {
                    @if !gestion.is_empty() {
                        strong { "Cette démarche est gérée par\u{a0}:" } br; (lignes(&gestion)) br; br;
                    }
                    "Cet email a été envoyé à l'adresse\u{a0}:" br; (a)
                }
                td class="colonne" width="50%" valign="top" style=(colonne) {
                    strong { "Poser une question sur votre dossier\u{a0}:" } br;
                    (lien(messagerie, "Par la messagerie"))
                    @for Moyen { nom, valeur, adresse } in &joindre {
                        br; (nom) "\u{a0}: "
                        @match adresse {
                            Some(adresse) => (lien(adresse, valeur)),
                            None => (lignes(valeur)),
                        }
                    }
                }
            }
        }
    };
    Pied { texte: en_texte(&gestion, &joindre, messagerie, a), html }
}

fn en_texte(gestion: &str, joindre: &[Moyen], messagerie: &str, a: &str) -> String {
    let gestion = match gestion {
        "" => String::new(),
        gestion => {
            format!("Cette démarche est gérée par\u{a0}: {}\n\n", gestion.replace('\n', ", "))
        }
    };
    let moyens: String = joindre
        .iter()
        .map(|moyen| format!("{}\u{a0}: {}\n", moyen.nom, moyen.valeur.replace('\n', ", ")))
        .collect();
    format!(
        "Merci de ne pas répondre à cet email. Pour vous adresser à votre administration, passez directement par la messagerie du dossier.\n\n{gestion}Poser une question sur votre dossier\u{a0}:\nPar la messagerie\u{a0}:\n{messagerie}\n{moyens}\nCet email a été envoyé à l'adresse\u{a0}: {a}"
    )
}

fn lien(adresse: &str, texte: &str) -> Markup {
    html! { a class="lien" href=(adresse) style="color:#000091" { (texte) } }
}

/// A way to reach the service.
struct Moyen {
    nom: &'static str,
    valeur: String,
    /// What it opens, if it opens something.
    adresse: Option<String>,
}

fn joindre(coordonnees: &Coordonnees) -> Vec<Moyen> {
    let Coordonnees { telephone, email, horaires, .. } = coordonnees;
    let chiffres: String = telephone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    let appel = (chiffres.len() > 3).then(|| format!("tel:{chiffres}"));
    let courriel = Some(format!("mailto:{email}"));
    [
        ("Par téléphone", telephone, appel),
        ("Par email", email, courriel),
        ("Horaires", horaires, None),
    ]
    .into_iter()
    .filter(|(_, valeur, _)| !valeur.is_empty())
    .map(|(nom, valeur, adresse)| Moyen { nom, valeur: valeur.clone(), adresse })
    .collect()
}

/// The page around a mail of the application called `site`.
pub(super) fn page(site: &str, titre: &str, corps: &Markup) -> String {
    html! {
        (DOCTYPE)
        html lang="fr" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="supported-color-schemes" content="light dark";
                title { (titre) }
                style { (PreEscaped(STYLE)) }
            }
            body class="fond" style="margin:0;padding:24px;background:#f6f6f6;color:#161616;font-family:Arial,sans-serif;font-size:16px;line-height:1.5" {
                div class="feuille" style="max-width:600px;margin:0 auto;background:#ffffff;padding:24px" {
                    (marque(site))
                    h1 style="font-size:20px;line-height:1.3" { (titre) }
                    (corps)
                }
            }
        }
    }
    .into_string()
}

/// « République Française » and the name of the service, as text: mail programs hide images.
fn marque(site: &str) -> Markup {
    html! {
        table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin-bottom:24px" {
            tr {
                td valign="middle" style="padding:0 24px 0 0;font-weight:bold;font-size:18px;line-height:1.1" {
                    table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin-bottom:4px" {
                        tr {
                            @for couleur in ["#000091", "#ffffff", "#e1000f"] {
                                td width="14" height="6" style={ "font-size:0;line-height:0;background:" (couleur) } {
                                    "\u{a0}"
                                }
                            }
                        }
                    }
                    "République" br; "Française"
                }
                td valign="middle" style="font-weight:bold;font-size:18px" { (site) }
            }
        }
    }
}
