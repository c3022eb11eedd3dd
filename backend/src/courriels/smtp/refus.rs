//! What a mail server's refusal means: whether it is the address, the mail, or the server.

use super::serveur::Panne;
use crate::courriels::echec::EchecEnvoi;
use lettre::transport::smtp::Error;
use std::error::Error as _;

/// What the failure of a sending means. Keeps nothing of the server's words, which may repeat the address.
pub(super) fn classer(erreur: &Error) -> EchecEnvoi {
    let panne = Panne::de(erreur);
    // Without a code nobody answered; a login refused is for the operator to mend, and keeps every mail.
    let Panne::Refus(code) = panne else { return panne.into() };
    let code = code.to_string();
    if !erreur.is_permanent() {
        return EchecEnvoi::Differe(code);
    }
    let dit = erreur.source().map(ToString::to_string).unwrap_or_default();
    if le_destinataire(&code, &dit) {
        EchecEnvoi::Destinataire(code)
    } else {
        EchecEnvoi::Refus(code)
    }
}

/// Whether a refusal for ever is about the address. The precise code (RFC 3463) tells, when the server gives one;
/// otherwise the first one does (RFC 5321), unless the words are those of a server that takes nothing from us.
fn le_destinataire(code: &str, dit: &str) -> bool {
    match precis(dit) {
        // 5.1.7, 5.1.8: the sender's address.
        Some((1, detail)) => !matches!(detail, 7 | 8),
        // The mailbox: closed, full…
        Some((2, _)) => true,
        // No way to that domain.
        Some((4, detail)) => matches!(detail, 1 | 4 | 310),
        Some(_) => false,
        None => {
            let dit = dit.to_lowercase();
            let de_nous = ["relay", "sender", "authentication", "blocked", "spam", "policy"];
            matches!(code, "550" | "551" | "552" | "553" | "521" | "556")
                && !de_nous.iter().any(|mot| dit.contains(mot))
        }
    }
}

/// The last two numbers of a code « 5.1.1 » at the start of what the server says.
fn precis(dit: &str) -> Option<(u16, u16)> {
    let debut = dit.split(|c: char| c.is_whitespace() || c == '-').find(|mot| !mot.is_empty())?;
    let debut = debut.trim_start_matches('#');
    let mut nombres = debut.strip_prefix("5.")?.split('.');
    let sujet = nombres.next()?.parse().ok()?;
    let detail = nombres.next()?.parse().ok()?;
    nombres.next().is_none().then_some((sujet, detail))
}

#[cfg(test)]
mod tests {
    use super::le_destinataire;

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
        ] {
            assert!(le_destinataire(code, dit), "{code} {dit}");
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
        ] {
            assert!(!le_destinataire(code, dit), "{code} {dit}");
        }
    }
}
