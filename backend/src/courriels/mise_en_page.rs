//! How mails look: a page that mail programs lay out with tables and inline styles only.
//!
//! Colours are those of the design system. Programs that read `<style>` also get its dark ones, and one column where
//! there is no room for two; the others show the rest all the same.

use maud::{DOCTYPE, Markup, PreEscaped, html};

/// For the programs that read it.
const STYLE: &str = "\
:root{color-scheme:light dark;supported-color-schemes:light dark}\
@media (max-width:480px){\
.fond{padding:0!important}\
.feuille{padding:16px!important}\
.colonne{display:block!important;width:100%!important;padding:0 0 16px!important}\
}\
@media (prefers-color-scheme:dark){\
.fond{background:#161616!important;color:#ffffff!important}\
.feuille{background:#1e1e1e!important}\
.pied{color:#cecece!important;border-color:#353535!important}\
.citation{border-color:#6a6af4!important}\
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

/// A link.
pub(super) fn lien(adresse: &str, texte: &str) -> Markup {
    html! { a class="lien" href=(adresse) style="color:#000091" { (texte) } }
}

/// A heading within a mail.
pub(super) fn titre(mots: &str) -> Markup {
    html! { h2 style="margin:24px 0 8px;font-size:18px;line-height:1.3" { (mots) } }
}

/// The words of somebody else.
pub(super) fn citation(mots: &str) -> Markup {
    html! {
        blockquote class="citation" style="margin:0 0 16px;padding-left:16px;border-left:4px solid #6a6af4;white-space:pre-line" {
            (mots)
        }
    }
}

/// A text whose line ends are kept.
pub(super) fn lignes(texte: &str) -> Markup {
    html! {
        @for (rang, ligne) in texte.split('\n').enumerate() {
            @if rang > 0 { br; }
            (ligne)
        }
    }
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
                div class="feuille" lang="fr" style="max-width:600px;margin:0 auto;background:#ffffff;padding:24px;overflow-wrap:anywhere" {
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
                td valign="middle" style="padding:0 24px 0 0;font-weight:bold;font-size:18px;line-height:1.1;white-space:nowrap" {
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
                td valign="middle" style="font-weight:bold;font-size:18px;line-height:1.2" { (site) }
            }
        }
    }
}
