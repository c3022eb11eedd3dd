//! What a mail server's refusal means: whether it is the address, the mail, or the server.

use super::liaison::{Arret, Cause, Etape};
use super::serveur::Panne;
use crate::courriels::echec::EchecEnvoi;
use std::error::Error as _;

/// What the failure of a sending means. Keeps nothing of the server's words, which may repeat the address.
pub(super) fn classer(arret: &Arret) -> EchecEnvoi {
    let panne = arret.panne();
    let (Panne::Refus(code), Cause::Dite(erreur)) = (panne, &arret.cause) else {
        return match (arret.etape, panne) {
            // It was there, and had the mail in hand: another mail may fare better.
            (Etape::Contenu, Panne::Coupure | Panne::Silence) => EchecEnvoi::Interrompu,
            // Nobody answered; a login refused is for the operator to mend, and keeps every mail.
            _ => panne.into(),
        };
    };
    // A server that takes nothing from anybody, or nothing from us.
    if arret.etape == Etape::Ouverture {
        return panne.into();
    }
    let dit = erreur.source().map(ToString::to_string).unwrap_or_default();
    let (code, precis) = (code.to_string(), precis(&dit));
    let adresse = le_destinataire(arret.etape, &code, precis, &dit);
    let code = match precis {
        Some((sujet, detail)) => format!("{code} {}.{sujet}.{detail}", &code[..1]),
        None => code,
    };
    match (erreur.is_permanent(), adresse) {
        (true, true) => EchecEnvoi::Destinataire(code),
        (true, false) => EchecEnvoi::Refus(code),
        (false, adresse) => EchecEnvoi::Differe { code, adresse },
    }
}

/// Whether a refusal is about the address. The step tells first; then the precise code (RFC 3463), when the server gives
/// one; otherwise the first one does (RFC 5321), unless the words are those of a server that takes nothing from us.
fn le_destinataire(etape: Etape, code: &str, precis: Option<(u16, u16)>, dit: &str) -> bool {
    match (etape, precis) {
        (Etape::Ouverture | Etape::Expediteur, _) => false,
        // 5.1.7, 5.1.8: the sender's address.
        (_, Some((1, detail))) => !matches!(detail, 7 | 8),
        // The mailbox: closed, full…
        (_, Some((2, _))) => true,
        // No way to that domain.
        (_, Some((4, detail))) => matches!(detail, 1 | 4 | 310),
        (_, Some(_)) => false,
        // A mail of ours is never too large: it is the mailbox that is full.
        (Etape::Contenu, None) => code == "552",
        (Etape::Destinataire, None) => {
            let dit = dit.to_lowercase();
            let de_nous = ["relay", "sender", "authentication", "blocked", "spam", "policy"];
            let d_elle = ["550", "551", "552", "553", "521", "556", "450", "452"];
            d_elle.contains(&code) && !de_nous.iter().any(|mot| dit.contains(mot))
        }
    }
}

/// The last two numbers of a code « 5.1.1 » or « 4.2.2 » at the start of what the server says.
fn precis(dit: &str) -> Option<(u16, u16)> {
    let debut = dit.split(|c: char| c.is_whitespace() || c == '-').find(|mot| !mot.is_empty())?;
    let debut = debut.trim_start_matches('#');
    let suite = debut.strip_prefix("5.").or_else(|| debut.strip_prefix("4."))?;
    let mut nombres = suite.split('.');
    let sujet = nombres.next()?.parse().ok()?;
    let detail = nombres.next()?.parse().ok()?;
    nombres.next().is_none().then_some((sujet, detail))
}

#[cfg(test)]
mod tests {
    use super::{Etape, precis};

    fn le_destinataire(etape: Etape, code: &str, dit: &str) -> bool {
        super::le_destinataire(etape, code, precis(dit), dit)
    }

    #[test]
    fn an_address_that_takes_nothing_is_told_from_a_server_that_takes_nothing_from_us() {
        for (code, dit) in [
            ("550", "5.1.1 <jeanne@exemple.fr>: Recipient address rejected: User unknown"),
            ("550", "No such user here"),
            ("550", "5.4.1 Recipient address rejected: Access denied."),
            ("552", "5.2.2 Mailbox full"),
            ("553", "5.1.3 Bad recipient address syntax"),
            ("556", "5.1.10 Recipient address has null MX"),
            ("550", "#5.1.0 Address rejected."),
            ("550", ""),
            ("450", "Mailbox busy"),
            ("452", "4.2.2 The email account that you tried to reach is over quota"),
        ] {
            assert!(le_destinataire(Etape::Destinataire, code, dit), "{code} {dit}");
        }
        for (code, dit) in [
            ("554", "5.7.1 <jeanne@exemple.fr>: Relay access denied"),
            ("550", "relay not permitted"),
            ("550", "5.7.1 Unable to relay"),
            ("550", "5.1.8 Bad sender's system address"),
            ("550", "Sender verify failed"),
            ("535", "5.7.8 Error: authentication failed"),
            ("530", "5.7.0 Must issue a STARTTLS command first"),
            ("554", "Message refused"),
            ("552", "5.3.4 Message size exceeds fixed limit"),
            ("503", "5.5.1 Error: need RCPT command"),
            ("451", "4.7.1 Greylisting in effect, please come back later"),
            ("451", "Internal error"),
        ] {
            assert!(!le_destinataire(Etape::Destinataire, code, dit), "{code} {dit}");
        }
    }

    #[test]
    fn the_same_words_are_about_the_address_or_not_by_the_step_at_which_they_come() {
        for (etape, code, dit, elle) in [
            // Whoever writes is refused, in words that say nothing of it.
            (Etape::Expediteur, "550", "Access denied", false),
            (Etape::Expediteur, "553", "5.1.1 no such user", false),
            (Etape::Ouverture, "550", "Access denied", false),
            (Etape::Destinataire, "550", "Access denied", true),
            // Some know the mailbox only once they have the mail; most refuse what it says.
            (Etape::Contenu, "550", "5.1.1 User unknown", true),
            (Etape::Contenu, "552", "quota exceeded", true),
            (Etape::Contenu, "550", "we do not like it", false),
            (Etape::Contenu, "554", "5.6.0 malformed", false),
        ] {
            assert_eq!(le_destinataire(etape, code, dit), elle, "{etape:?} {code} {dit}");
        }
    }
}
