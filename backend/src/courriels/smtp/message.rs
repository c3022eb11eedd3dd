//! A mail as it goes to the mail server.

use super::serveur::ServeurCourriel;
use crate::courriels::echec::EchecEnvoi;
use crate::courriels::gabarit::Lettre;
use crate::rendez_vous::calendriers::fichier::Fichier;
use chrono::{DateTime, Utc};
use domain::email;
use domain::ids::TacheId;
use lettre::message::header::{ContentType, Header, HeaderName, HeaderValue};
use lettre::message::{Attachment, Mailbox, MultiPart};
use lettre::{Address, Message};

/// A mail ready to be given.
pub(super) struct Pli {
    /// To whom.
    pub(super) a: Address,
    /// All of it.
    pub(super) octets: Vec<u8>,
}

/// Makes the mail of `lettre`, signed if the settings say so. `le`: when it leaves.
pub(super) fn plier(
    serveur: &ServeurCourriel,
    lettre: &Lettre,
    tache: TacheId,
    le: DateTime<Utc>,
) -> Result<Pli, EchecEnvoi> {
    let a = email::pour_envoi(&lettre.a).and_then(|a| a.parse::<Address>().ok());
    let a = a.ok_or(EchecEnvoi::Adresse)?;
    let octets = message(serveur.de(), lettre, a.clone(), tache, le)?.formatted();
    let octets = match serveur.signature() {
        Some(signature) => signature.signer(octets, le),
        None => octets,
    };
    Ok(Pli { a, octets })
}

fn message(
    de: &Mailbox,
    lettre: &Lettre,
    a: Address,
    tache: TacheId,
    le: DateTime<Utc>,
) -> Result<Message, EchecEnvoi> {
    // The same task sent twice has the same identifier: many mailboxes then show it once.
    let identifiant = format!("<tache-{tache}@{}>", de.email.domain());
    let mut message = Message::builder().from(de.clone()).to(Mailbox::new(None, a));
    let reponse_a = lettre.reponse_a.as_deref().and_then(email::pour_envoi);
    if let Some(adresse) = reponse_a.and_then(|adresse| adresse.parse().ok()) {
        message = message.reply_to(Mailbox::new(None, adresse));
    }
    if let Some(adresse) = &lettre.desabonnement {
        message = message
            .header(ListUnsubscribe(format!("<{adresse}>")))
            .header(ListUnsubscribePost("List-Unsubscribe=One-Click".to_owned()));
    }
    message
        .subject(lettre.sujet.clone())
        .date(le.into())
        .message_id(Some(identifiant))
        // RFC 3834: « I am away until Monday » answers no such mail.
        .raw_header(HeaderValue::new(
            HeaderName::new_from_ascii_str("Auto-Submitted"),
            "auto-generated".to_owned(),
        ))
        .multipart(corps(lettre)?)
        .map_err(|_| EchecEnvoi::Adresse)
}

/// Both texts; beside them, the file of a rendez-vous. It is no invitation, which only the platform may send: its type
/// says no method.
fn corps(lettre: &Lettre) -> Result<MultiPart, EchecEnvoi> {
    let textes = MultiPart::alternative_plain_html(lettre.texte.clone(), lettre.html.clone());
    let Some(Fichier { nom, texte }) = &lettre.calendrier else { return Ok(textes) };
    let genre = ContentType::parse("text/calendar; charset=utf-8");
    let genre = genre.map_err(|_| EchecEnvoi::Illisible)?;
    // Bytes, so that it goes in base64: the ends of its lines are its own.
    let piece = Attachment::new(nom.clone()).body(texte.clone().into_bytes(), genre);
    Ok(MultiPart::mixed().multipart(textes).singlepart(piece))
}

/// How a mail program stops the mails of a kind (RFC 2369), by itself (RFC 8058).
macro_rules! entete {
    ($nom:ident, $texte:literal) => {
        #[derive(Debug, Clone)]
        struct $nom(String);

        impl Header for $nom {
            fn name() -> HeaderName {
                HeaderName::new_from_ascii_str($texte)
            }

            fn parse(texte: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
                Ok(Self(texte.to_owned()))
            }

            fn display(&self) -> HeaderValue {
                // As it is: an address is ASCII, and nobody reads one that is cut.
                HeaderValue::dangerous_new_pre_encoded(Self::name(), self.0.clone(), self.0.clone())
            }
        }
    };
}

entete!(ListUnsubscribe, "List-Unsubscribe");
entete!(ListUnsubscribePost, "List-Unsubscribe-Post");
