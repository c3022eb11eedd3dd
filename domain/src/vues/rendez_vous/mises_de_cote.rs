//! The notifications that could not be applied, for the administrateur. No personal data.

use crate::ids::{DemarcheNumero, NotificationId};
use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

/// The page of the notifications set aside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MisesDeCote {
    /// The démarche.
    pub numero: DemarcheNumero,
    /// Its title.
    pub titre: String,
    /// The latest first, as many as a page holds.
    pub notifications: Vec<MiseDeCoteVue>,
    /// How many there are in all.
    pub total: u64,
    /// How many wait for another try.
    pub en_attente: u64,
}

/// A notification set aside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MiseDeCoteVue {
    /// Its id here.
    pub id: NotificationId,
    /// When it came.
    pub recue_le: NaiveDateTime,
    /// « Rendez-vous modifié ».
    pub quoi: String,
    /// Number of the rendez-vous on the platform, when it could be read.
    pub rdv: Option<i64>,
    /// Why it was set aside.
    pub raison: String,
    /// How many times it was tried.
    pub essais: i32,
}
