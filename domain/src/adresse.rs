//! A postal address on the lines of an envelope.

/// Splits the platform's « Rue de la Mairie, Saint-Péray, 07130 » into « Rue de la Mairie » and
/// « 07130 Saint-Péray ». An address of another shape is kept, split at its commas.
#[must_use]
pub fn lignes(adresse: &str) -> Vec<String> {
    let mut parties: Vec<String> = adresse
        .split([',', '\n'])
        .map(|partie| partie.trim().to_owned())
        .filter(|partie| !partie.is_empty())
        .collect();
    if parties.len() >= 2 && parties.last().is_some_and(|fin| code_postal(fin)) {
        let code = parties.pop().unwrap_or_default();
        if let Some(ville) = parties.last_mut() {
            *ville = format!("{code} {ville}");
        }
    }
    parties
}

fn code_postal(texte: &str) -> bool {
    texte.len() == 5 && texte.bytes().all(|c| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_postcode_stands_before_the_town() {
        assert_eq!(
            lignes("Rue de la Mairie, Saint-Péray, 07130"),
            ["Rue de la Mairie", "07130 Saint-Péray"]
        );
        assert_eq!(
            lignes("21 rue des Ardennes, 75019 Paris"),
            ["21 rue des Ardennes", "75019 Paris"]
        );
        assert_eq!(lignes("07130"), ["07130"]);
        assert!(lignes(" , ").is_empty());
    }
}
