//! Whether a message that was read on the platform is one that was sent from here, and of whose sending no answer came.
//!
//! The platform has no key by which a message sent twice would be one: an answer lost on the way is looked for among the
//! messages of the dossier before anything is sent again.

use crate::ids::MessageId;
use chrono::{DateTime, Duration, Utc};

/// By how much the clock of the platform may be behind ours, in minutes.
const ECART_MINUTES: i64 = 5;

/// A message that was sent, and of which nothing is known since.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SansNouvelle {
    /// Which one.
    pub id: MessageId,
    /// The digest of the [`essentiel`] of what was sent.
    pub empreinte: String,
    /// When it was first sent.
    pub tente_le: DateTime<Utc>,
}

/// Which of `attendus`, in the order in which they were sent, the message is whose [`essentiel`] has this digest and which
/// the platform says to be there since `cree_le`.
#[must_use]
pub fn reconnaitre(
    attendus: &[SansNouvelle],
    empreinte: &str,
    cree_le: DateTime<Utc>,
) -> Option<MessageId> {
    let le_sien = |attendu: &&SansNouvelle| {
        cree_le >= attendu.tente_le - Duration::minutes(ECART_MINUTES)
            && attendu.empreinte == empreinte
    };
    attendus.iter().find(le_sien).map(|attendu| attendu.id)
}

/// What is left of a text whatever the platform does to it: it takes away control characters, and has other spaces and ends
/// of lines.
#[must_use]
pub fn essentiel(corps: &str) -> String {
    corps.chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn le(secondes: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_700_000_000 + secondes, 0).unwrap()
    }

    fn attendu(id: i64, corps: &str, secondes: i64) -> SansNouvelle {
        SansNouvelle { id: MessageId(id), empreinte: essentiel(corps), tente_le: le(secondes) }
    }

    #[test]
    fn a_message_written_before_ours_was_sent_is_not_ours() {
        let attendus = [attendu(1, "Bonjour", 0)];
        let ecart = ECART_MINUTES * 60;
        assert_eq!(reconnaitre(&attendus, "Bonjour", le(-ecart - 1)), None);
        assert_eq!(reconnaitre(&attendus, "Bonjour", le(-ecart)), Some(MessageId(1)));
        assert_eq!(reconnaitre(&attendus, "Bonsoir", le(1)), None);
        assert_eq!(reconnaitre(&[], "Bonjour", le(1)), None);
    }

    #[test]
    fn of_two_that_say_the_same_the_first_one_is_found_first() {
        let mut attendus = vec![attendu(1, "Bonjour", 0), attendu(2, "Bonjour", 10)];
        assert_eq!(reconnaitre(&attendus, "Bonjour", le(11)), Some(MessageId(1)));
        attendus.remove(0);
        assert_eq!(reconnaitre(&attendus, "Bonjour", le(12)), Some(MessageId(2)));
    }

    /// What the platform may do to a text: lines of its own, no control characters, nothing around.
    fn comme_la_plateforme(corps: &str) -> String {
        let lignes: Vec<&str> = corps.lines().map(str::trim_end).collect();
        let entier = lignes.join("\r\n");
        entier.trim().chars().filter(|c| !c.is_control() || matches!(c, '\r' | '\n')).collect()
    }

    proptest! {
        #[test]
        fn what_we_sent_is_found_however_it_is_kept(corps in "(?s).{1,60}", apres in 0_i64..10_000) {
            let attendus = [attendu(1, "autre chose, écrite avant", 0), attendu(2, &corps, 0)];
            let garde = essentiel(&comme_la_plateforme(&corps));
            prop_assert_eq!(reconnaitre(&attendus, &garde, le(apres)), Some(MessageId(2)));
        }

        #[test]
        fn a_text_with_a_word_more_is_another_one(corps in "[a-z ]{1,40}", mot in "[a-z]{1,8}") {
            let attendus = [attendu(1, &corps, 0)];
            let autre = essentiel(&format!("{corps} {mot}"));
            prop_assert_eq!(reconnaitre(&attendus, &autre, le(1)), None);
        }
    }
}
