//! « Mon compte », and confirming who one is.

use crate::identite::Moyen;
use crate::ids::NavigateurId;
use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

/// « Mon compte ».
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MonCompte {
    /// Its address.
    pub email: String,
    /// Whether it examines dossiers or manages démarches.
    pub agent: bool,
    /// Whether it must prove a second factor.
    pub second_facteur: bool,
    /// Whether the reader proved a moment ago who they are: what changes how it is opened, or erases it, is open to them.
    pub prouvee: bool,
    /// Where it is signed in, that of the reader first.
    pub sessions: Vec<SessionVue>,
    /// The browsers that are trusted.
    pub navigateurs: Vec<NavigateurVu>,
}

/// A session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionVue {
    /// What its form names it by.
    pub reference: String,
    /// Whether it is that of the reader.
    pub presente: bool,
    /// « Firefox sous Windows »; empty when it is not known.
    pub navigateur: String,
    /// By which way it was opened.
    pub moyen: Moyen,
    /// When.
    pub ouverte_le: NaiveDateTime,
    /// When it was last seen, to some minutes.
    pub vue_le: Option<NaiveDateTime>,
    /// When it ends, unless it is used meanwhile.
    pub fin: NaiveDateTime,
}

/// A browser that is trusted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NavigateurVu {
    /// Its number.
    pub id: NavigateurId,
    /// « Firefox sous Windows »; empty when it is not known.
    pub navigateur: String,
    /// Since when.
    pub depuis: NaiveDateTime,
    /// When a session was last confirmed by it.
    pub vu_le: Option<NaiveDateTime>,
    /// Until when.
    pub fin: NaiveDateTime,
}

/// « Confirmez que c'est bien vous », where one waits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttenteDeConfirmation {
    /// Whose account.
    pub email: String,
    /// Whether nothing is to be confirmed any more.
    pub confirmee: bool,
    /// Whether the link was opened elsewhere, so that this browser only has to go on.
    pub a_prendre: bool,
    /// The link that was sent, as long as it serves.
    pub envoye: Option<LienEnvoye>,
}

/// « Confirmez que c'est bien vous », before what changes how an account is opened, or erases it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttenteDePreuve {
    /// Whose account.
    pub email: String,
    /// Whether it has a password, by which it is proven; otherwise it is by a link.
    pub mot_de_passe: bool,
    /// Whether it is proven, for some minutes.
    pub prouvee: bool,
    /// The link that was sent, as long as it serves.
    pub envoye: Option<LienEnvoye>,
}

/// A link that was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LienEnvoye {
    /// When.
    pub le: NaiveDateTime,
    /// What is to be typed where it is opened, if that is another browser.
    pub code: String,
}

/// What the link of a mail would confirm.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LienDeConfirmation {
    /// Whose account.
    pub email: String,
    /// The browser that waits; empty when it is not known.
    pub navigateur: String,
    /// Since when.
    pub ouverte_le: NaiveDateTime,
    /// Whether it is the one that shows the page.
    pub ici: bool,
    /// Whether it proves who they are, for some minutes; otherwise it has their browser trusted.
    pub preuve: bool,
}
