//! The pages that the header and the footer of every page lead to: their addresses, and what they are called.

use crate::components::badge::nom_du_role;
use domain::chemin::Chemin;
use domain::role::Role;

/// A page: its address and its title.
pub type Rubrique = (&'static str, &'static str);

/// Light or dark.
pub const AFFICHAGE: Rubrique = (Chemin::Affichage.patron(), "Paramètres d'affichage");

/// Where everything begins.
pub const PLAN_DU_SITE: Rubrique = (Chemin::PlanDuSite.patron(), "Plan du site");

/// The help of the side of the reader.
pub const AIDE: Rubrique = (Chemin::Aide.patron(), "Aide");

/// The legal pages.
pub const LEGALES: [Rubrique; 3] = [
    (Chemin::Accessibilite.patron(), "Accessibilité\u{a0}: partiellement conforme"),
    (Chemin::MentionsLegales.patron(), "Mentions légales"),
    (Chemin::DonneesPersonnelles.patron(), "Données personnelles"),
];

/// The sides that have a page of help, in the order of its tabs.
pub const ROLES_AIDES: [Role; 3] = [Role::Usager, Role::Instructeur, Role::Administrateur];

/// The help of a side; for those whose side is not known, the one that they see first.
pub fn aide(role: Option<Role>) -> String {
    let (adresse, _) = AIDE;
    role.map_or_else(|| adresse.to_owned(), |role| format!("{adresse}/{}", nom_du_role(role)))
}

/// The side that the address of a page of help names.
pub fn role_aide(nom: &str) -> Option<Role> {
    ROLES_AIDES.into_iter().find(|role| nom_du_role(*role) == nom)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_side_has_its_help_and_any_other_address_is_that_of_the_reader() {
        for role in ROLES_AIDES {
            let adresse = aide(Some(role));
            let nom = adresse.strip_prefix("/aide/").unwrap();
            assert_eq!(role_aide(nom), Some(role));
        }
        assert_eq!(aide(None), "/aide");
        assert_eq!(role_aide("expert"), None);
    }
}
