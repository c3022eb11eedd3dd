//! The names of one platform.

/// Those of the national one: that of today, and those that it had before it was renamed, to which addresses written then still
/// lead.
const NATIONALE: [&str; 3] = [
    "https://demarche.numerique.gouv.fr",
    "https://www.demarches-simplifiees.fr",
    "https://demarches-simplifiees.fr",
];

/// All the names of the platform that has the site `site` (« https://hôte »), this one among them.
#[must_use]
pub fn noms(site: &str) -> Vec<&str> {
    if NATIONALE.contains(&site) { NATIONALE.to_vec() } else { vec![site] }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_national_platform_is_one_whatever_its_name_and_others_are_not_it() {
        for nom in NATIONALE {
            assert_eq!(noms(nom), NATIONALE);
        }
        assert_eq!(
            noms("https://demarches.adullact.example"),
            ["https://demarches.adullact.example"]
        );
    }
}
