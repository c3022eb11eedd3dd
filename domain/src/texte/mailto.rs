//! Links that open a mail to people in the reader's own program.

use super::email;
use std::fmt::Write;

/// The longest link that programs take for sure, in octets: Windows gives them no more.
pub const LONGUEUR_MAX: usize = 2_000;

/// The link that writes to all of them (RFC 6068). `None` for nobody, and when they are too many for one link.
#[must_use]
pub fn lien<'a>(adresses: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let mut lien = String::from("mailto:");
    for (rang, adresse) in adresses.into_iter().enumerate() {
        if rang > 0 {
            lien.push(',');
        }
        encoder(&email::pour_envoi(adresse).unwrap_or_else(|| adresse.to_owned()), &mut lien);
    }
    (lien.len() > "mailto:".len() && lien.len() <= LONGUEUR_MAX).then_some(lien)
}

/// Whatever could end the address, or begin the subject, is written by its number.
fn encoder(adresse: &str, lien: &mut String) {
    for octet in adresse.bytes() {
        if octet.is_ascii_alphanumeric() || b"-._~@".contains(&octet) {
            lien.push(char::from(octet));
        } else {
            let _ = write!(lien, "%{octet:02X}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use url::Url;

    #[test]
    fn all_are_written_to_by_one_link() {
        assert_eq!(lien([]), None);
        assert_eq!(lien(["a@b.fr"]).as_deref(), Some("mailto:a@b.fr"));
        assert_eq!(lien(["a@b.fr", "c@d.fr"]).as_deref(), Some("mailto:a@b.fr,c@d.fr"));
        assert_eq!(
            lien(["a+rdv@b.fr", "o'hara&co?subject=x@b.fr"]).as_deref(),
            Some("mailto:a%2Brdv@b.fr,o%27hara%26co%3Fsubject%3Dx@b.fr")
        );
    }

    #[test]
    fn a_link_that_programs_would_cut_is_none() {
        let adresse = format!("{}@exemple.gouv.fr", "a".repeat(40));
        assert!(lien(std::iter::repeat_n(adresse.as_str(), 30)).is_some());
        assert_eq!(lien(std::iter::repeat_n(adresse.as_str(), 40)), None);
    }

    proptest! {
        /// A browser reads back the addresses, and nothing else: no subject, no body, no copy.
        #[test]
        fn no_address_says_more_than_itself(locaux in prop::collection::vec("[a-z0-9!#$%&'*+/=?^_`{|}~-]{1,12}", 1..5)) {
            let adresses: Vec<String> = locaux.iter().map(|l| format!("{l}@exemple.fr")).collect();
            let lu = Url::parse(&lien(adresses.iter().map(String::as_str)).unwrap()).unwrap();
            prop_assert_eq!((lu.query(), lu.fragment()), (None, None));
            let lues: Vec<String> = lu
                .path()
                .split(',')
                .map(|adresse| {
                    let seule = format!("a={}", adresse.replace('+', "%2B"));
                    url::form_urlencoded::parse(seule.as_bytes()).next().unwrap().1.into_owned()
                })
                .collect();
            prop_assert_eq!(lues, adresses);
        }
    }
}
