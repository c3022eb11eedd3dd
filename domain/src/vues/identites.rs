//! Who one is elsewhere.

use crate::identite::Fournisseur;
use crate::ids::IdentiteId;
use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

/// The platforms by which one may sign in, where they are set.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fournisseurs {
    /// Those that are.
    pub regles: Vec<Fournisseur>,
}

impl Fournisseurs {
    /// Whether one may sign in by that platform.
    #[must_use]
    pub fn a(&self, fournisseur: Fournisseur) -> bool {
        self.regles.contains(&fournisseur)
    }
}

/// An identity that was proven, and belongs to no account yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RattachementVue {
    /// Which platform says it.
    pub fournisseur: Fournisseur,
    /// The address that it told; empty when it told none that can receive mails.
    pub email: String,
    /// Whether an account uses that address.
    pub existe: bool,
}

/// What becomes of the link of a mail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum EtatLien {
    /// Its button may be used.
    Ouvert(LienRattachement),
    /// It is opened elsewhere than where signing in by that platform began.
    Ailleurs(Fournisseur),
    /// It serves no more.
    Perime,
}

/// What the link of a mail lets do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LienRattachement {
    /// Which platform.
    pub fournisseur: Fournisseur,
    /// The address that it was sent to.
    pub email: String,
    /// Whether it joins an account that exists, or opens one.
    pub existe: bool,
}

/// An identity of one's account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdentiteVue {
    /// Its row.
    pub id: IdentiteId,
    /// Which platform says it.
    pub fournisseur: Fournisseur,
    /// The address that it told last; empty when it told none.
    pub email: String,
    /// When it was attached, in Paris.
    pub cree_le: NaiveDateTime,
    /// When it was last used, in Paris.
    pub vue_le: NaiveDateTime,
    /// Whether another way in is left without it.
    pub detachable: bool,
}
