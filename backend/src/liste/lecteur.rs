//! Who looks at a list.

use chrono::{DateTime, Utc};
use domain::ids::GroupeId;
use domain::role::Acteur;

/// An instructeur, and the démarche whose dossiers they look at.
pub(crate) struct Lecteur<'a> {
    pub(crate) acteur: &'a Acteur,
    /// The groupes of the démarche that they belong to.
    pub(crate) groupes: &'a [GroupeId],
    /// How long the démarche keeps its dossiers.
    pub(crate) conservation_mois: i32,
    pub(crate) maintenant: DateTime<Utc>,
}
