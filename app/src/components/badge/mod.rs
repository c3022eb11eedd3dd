//! The tags: of a dossier, of a démarche, the role of the person.

#[cfg(feature = "ssr")]
mod dossier;
mod virgule;

use domain::publication::Publication;
use domain::raccordement::EtatRaccordement;
use domain::role::Role;
#[cfg(feature = "ssr")]
pub use dossier::{BadgeAvis, BadgeCorrection, BadgeSituation, BadgeTag, Badges, Pastille};
use leptos::prelude::*;
pub use virgule::Virgule;

/// CONNEXION ACTIVE, CONNEXION ROMPUE, SYNCHRONISATION ARRÊTÉE.
#[component]
pub fn BadgeRaccordement(
    /// Where it stands.
    etat: EtatRaccordement,
) -> impl IntoView {
    let classe = match etat {
        EtatRaccordement::Actif => "fr-badge fr-badge--sm fr-badge--success",
        EtatRaccordement::Rompu => "fr-badge fr-badge--sm fr-badge--error",
        EtatRaccordement::Arrete => "fr-badge fr-badge--sm",
    };
    view! { <span class=classe>{etat.libelle()}</span> }
}

/// ACTIVÉ or DÉSACTIVÉ, on a tile.
#[component]
pub fn BadgeActivation(
    /// Whether it is switched on.
    active: bool,
) -> impl IntoView {
    view! { <BadgeTuile fait=active texte=if active { "activé" } else { "désactivé" }/> }
}

/// VALIDÉ, À CONFIGURER…, on a tile.
#[component]
pub fn BadgeTuile(
    /// Whether nothing is left to be done.
    fait: bool,
    /// What it says.
    texte: &'static str,
) -> impl IntoView {
    let classe = if fait {
        "fr-badge fr-badge--sm fr-badge--success fr-badge--no-icon"
    } else {
        "fr-badge fr-badge--sm"
    };
    view! { <span class=classe>{texte}</span> }
}

/// PUBLIÉE, CLOSE, NON PUBLIÉE.
#[component]
pub fn BadgePublication(
    /// Whether the démarche takes dossiers.
    publication: Publication,
) -> impl IntoView {
    let (classe, texte) = match publication {
        Publication::Publiee(_) => ("fr-badge fr-badge--sm fr-badge--success", "publiée"),
        Publication::Close(_) => ("fr-badge fr-badge--sm fr-badge--warning", "close"),
        Publication::Brouillon => ("fr-badge fr-badge--sm", "non publiée"),
    };
    view! { <span class=classe>{texte}</span> }
}

/// USAGER, INSTRUCTEUR, ADMINISTRATEUR.
#[component]
pub fn BadgeRole(
    /// The side of the product that is shown.
    role: Role,
) -> impl IntoView {
    view! { <span class="fr-badge fr-badge--sm fr-badge--blue-ecume">{nom_du_role(role)}</span> }
}

/// « instructeur ».
pub const fn nom_du_role(role: Role) -> &'static str {
    match role {
        Role::Usager => "usager",
        Role::Instructeur => "instructeur",
        Role::Administrateur => "administrateur",
    }
}
