//! What is under a mail that an instructeur may stop: why they have it, where to change that, and how to stop it at once.

use super::pourquoi::MUET;
use crate::courriels::mise_en_page::lien;
use maud::{Markup, html};

const ARRETER: &str = "Ne plus recevoir ces emails";

/// What it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::courriels) struct Gestion {
    /// Why the mail is sent.
    pub(in crate::courriels) raison: String,
    /// Where that is changed: what each page is called, its address.
    pub(in crate::courriels) pages: Vec<(String, String)>,
    /// The address that stops these mails, with a button, or by itself for a mail program (RFC 8058).
    pub(in crate::courriels) arreter: String,
}

impl Gestion {
    pub(in crate::courriels) fn en_texte(&self) -> String {
        let pages: String =
            self.pages.iter().map(|(nom, adresse)| format!("{nom}\u{a0}:\n{adresse}\n")).collect();
        format!("{}\n{pages}{ARRETER}\u{a0}:\n{}", self.raison, self.arreter)
    }

    pub(in crate::courriels) fn en_html(&self, muet: bool) -> Markup {
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
