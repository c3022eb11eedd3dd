//! What a form showed when it was opened, in a few characters: it is sent back with what was typed, so that what
//! somebody else saved meanwhile is not overwritten unseen.

/// The version of what these texts say, in this order: FNV-1a, which both sides compute alike. It protects from
/// mistakes, not from malice: whoever may save the form may save anything.
#[must_use]
pub fn de(textes: &[&str]) -> String {
    let mut empreinte: u64 = 0xcbf2_9ce4_8422_2325;
    for texte in textes {
        // A byte that no text holds keeps « a », « b » apart from « ab », « ».
        for octet in texte.replace("\r\n", "\n").bytes().chain(std::iter::once(0xff)) {
            empreinte = (empreinte ^ u64::from(octet)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    format!("{empreinte:016x}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn texts_that_differ_have_versions_that_differ(
            a in proptest::collection::vec("[a-c\n]{0,3}", 0..4),
            b in proptest::collection::vec("[a-c\n]{0,3}", 0..4),
        ) {
            let version = |textes: &[String]| {
                de(&textes.iter().map(String::as_str).collect::<Vec<_>>())
            };
            prop_assert_eq!(version(&a) == version(&b), a == b);
        }
    }

    #[test]
    fn line_ends_of_a_browser_change_nothing() {
        assert_eq!(de(&["un\r\ndeux"]), de(&["un\ndeux"]));
        assert_ne!(de(&["a", "b"]), de(&["ab", ""]));
    }
}
