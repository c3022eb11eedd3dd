//! What a password must be: long, as the CNIL asks of one that stands alone, and not what everybody would try.

use crate::erreur::Saisie;

/// The shortest password, in characters.
pub const LONGUEUR_MIN: usize = 12;

/// The longest one, in bytes: more is not worth the work of hashing it.
pub const OCTETS_MAX: usize = 1_024;

/// Checks a password for the account of `email`. Spaces count; nothing is trimmed.
///
/// # Errors
/// [`Saisie::Vide`], [`Saisie::MotDePasseCourt`], [`Saisie::MotDePasseLong`], [`Saisie::MotDePasseDevinable`].
pub fn verifier(mot_de_passe: &str, email: &str) -> Result<(), Saisie> {
    let longueur = mot_de_passe.chars().count();
    if longueur == 0 {
        return Err(Saisie::Vide);
    }
    if longueur < LONGUEUR_MIN {
        return Err(Saisie::MotDePasseCourt(longueur));
    }
    if mot_de_passe.len() > OCTETS_MAX {
        return Err(Saisie::MotDePasseLong);
    }
    if devinable(&mot_de_passe.to_lowercase(), &email.to_lowercase()) {
        return Err(Saisie::MotDePasseDevinable);
    }
    Ok(())
}

/// The address itself, or very few different characters.
fn devinable(mot_de_passe: &str, email: &str) -> bool {
    let differents: std::collections::BTreeSet<char> = mot_de_passe.chars().collect();
    mot_de_passe.trim() == email || differents.len() < 4
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const EMAIL: &str = "camille.martin@exemple.fr";

    #[test]
    fn a_password_is_refused_with_its_reason() {
        for (mot_de_passe, attendu) in [
            ("", Err(Saisie::Vide)),
            ("onze signes", Err(Saisie::MotDePasseCourt(11))),
            ("ééééééééééé", Err(Saisie::MotDePasseCourt(11))),
            ("douze signes", Ok(())),
            ("cheval agrafe pile", Ok(())),
            ("Camille.Martin@exemple.fr", Err(Saisie::MotDePasseDevinable)),
            ("aaaaaaaaaaaaaaa", Err(Saisie::MotDePasseDevinable)),
            ("121212121212", Err(Saisie::MotDePasseDevinable)),
        ] {
            assert_eq!(verifier(mot_de_passe, EMAIL), attendu, "{mot_de_passe}");
        }
        let long = "abcd".repeat(300);
        assert_eq!(verifier(&long, EMAIL), Err(Saisie::MotDePasseLong));
    }

    proptest! {
        #[test]
        fn what_is_taken_is_never_short(mot_de_passe in "\\PC{0,40}") {
            if verifier(&mot_de_passe, EMAIL).is_ok() {
                prop_assert!(mot_de_passe.chars().count() >= LONGUEUR_MIN);
            }
        }
    }
}
