//! A message of the messagerie.

use crate::components::badge::{BadgeCorrection, BadgeTag};
use crate::components::lien::{LienExterne, nom_du_site};
use crate::components::pieces::pieces;
use crate::components::rendez_vous::fichier;
use crate::components::rendez_vous::phrases::{REJOINDRE, numero_a_appeler};
use domain::chemin::ancre;
use domain::correction::EtatCorrection;
use domain::dossier::Tag;
use domain::francais;
use domain::message::{GenreMessage, TELEPHONE};
use domain::proposition::EtatProposition;
use domain::vues::{Auteur, EnvoiDistantVue, Invitation, MessageVue};
use leptos::prelude::*;

/// Who wrote it, when, and what.
#[component]
pub fn Message(
    /// The message.
    #[prop(into)]
    message: Signal<MessageVue>,
    /// The year in Paris, which a stamp does not repeat.
    #[prop(into)]
    annee: Signal<i32>,
    /// What can be done with it, under it.
    #[prop(optional)]
    actions: Option<AnyView>,
) -> impl IntoView {
    let id = message.with_untracked(|m| m.id);
    let (auteur, de_moi) =
        message.with_untracked(|m| (nom_de_l_auteur(m), m.auteur == Auteur::Moi));
    let le = message.with_untracked(|m| m.le);
    let tag = move || {
        message.with(proposition_ouverte).then(|| view! { <BadgeTag tag=Tag::RdvPropose/> })
    };
    let correction = move || {
        message.with(|m| m.correction.filter(|_| !m.supprime)).map(|correction| {
            view! { <BadgeCorrection correction/> }
        })
    };
    let lu = move || {
        message.with(|m| m.lu).map(|lu| {
            let texte = if lu { "Lu" } else { "Non lu" };
            view! {
                <span class="rdv-message__lu">
                    {texte} <span class="fr-sr-only">" par l'utilisateur"</span>
                </span>
            }
        })
    };
    let corps = Memo::new(move |_| message.with(Corps::de));
    let suite = Memo::new(move |_| message.with(suite));
    view! {
        <article
            class="rdv-message"
            class=("rdv-message--moi", de_moi)
            id=ancre(id)
            tabindex="-1"
            aria-labelledby=format!("message-{id}-auteur")
        >
            <div class="rdv-message__entete">
                <h3 class="rdv-message__auteur" id=format!("message-{id}-auteur")>{auteur}</h3>
                {tag}
                {correction}
                <p class="rdv-message__date">
                    <time datetime=le.format("%Y-%m-%dT%H:%M").to_string()>
                        "le " {move || francais::horodatage(le, annee.get())}
                    </time>
                    {lu}
                </p>
            </div>
            {move || corps.get().montrer()}
            {move || suite.get().map(|phrase| view! { <p class="fr-hint-text fr-mb-1w">{phrase}</p> })}
            {move || {
                message.with(|m| m.fichier.clone()).map(|adresse| {
                    view! { <p class="fr-mb-1w">{fichier::vers(adresse, String::new())}</p> }
                })
            }}
            {move || message.with(|m| pieces(&m.pieces))}
            {move || message.with(|m| m.envoi.as_ref().map(envoi))}
            {actions}
        </article>
    }
}

/// Whether it is on the platform that the dossier belongs to, and what keeps it.
fn envoi(envoi: &EnvoiDistantVue) -> AnyView {
    match envoi {
        EnvoiDistantVue::Remis => {
            view! { <p class="fr-hint-text fr-mb-1w">"Envoyé dans Démarches Simplifiées."</p> }
                .into_any()
        }
        EnvoiDistantVue::EnAttente(raison) => {
            let suite = raison.as_ref().map(|raison| format!(" {raison}"));
            view! {
                <p class="fr-hint-text fr-mb-1w rdv-cesure">
                    "Message en attente d'envoi dans Démarches Simplifiées." {suite}
                </p>
            }
            .into_any()
        }
        EnvoiDistantVue::Refuse(raison) => view! {
            <p class="fr-error-text fr-mt-0 fr-mb-1w rdv-cesure">
                "Ce message n'a pas pu être envoyé dans Démarches Simplifiées. " {raison.clone()}
            </p>
        }
        .into_any(),
    }
}

/// « Vous », or their name.
pub fn nom_de_l_auteur(message: &MessageVue) -> String {
    match message.auteur {
        Auteur::Moi => "Vous".to_owned(),
        Auteur::Systeme if message.nom.is_empty() => "Message automatique".to_owned(),
        Auteur::Usager | Auteur::Instructeur | Auteur::Systeme => message.nom.clone(),
    }
}

/// Whether it proposes a rendez-vous that is still to be booked.
pub fn proposition_ouverte(message: &MessageVue) -> bool {
    message.genre == GenreMessage::Proposition
        && message.proposition == Some(EtatProposition::Proposee)
        && !message.supprime
}

/// The text of a message, cut around its link.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Corps {
    Supprime(&'static str),
    Texte(String),
    AvecLien {
        avant: String,
        lien: String,
        apres: String,
    },
    AvecVisio {
        texte: String,
        lien: String,
    },
    AvecTelephone {
        texte: String,
        numero: String,
    },
    /// The link of the text leads to the agenda as the person invited.
    AvecInvitation {
        avant: String,
        lien: String,
        apres: String,
    },
}

/// What is said under the message: that nothing answers it any more, or what there is to know of the personal link.
fn suite(message: &MessageVue) -> Option<String> {
    if message.genre == GenreMessage::Proposition && expiree(message) && !message.supprime {
        return Some("Cette proposition de rendez-vous a expiré.".to_owned());
    }
    message.invitation.as_ref().map(lien_personnel)
}

fn expiree(message: &MessageVue) -> bool {
    message.proposition == Some(EtatProposition::Expiree)
}

fn lien_personnel(invitation: &Invitation) -> String {
    match invitation {
        Invitation::Lien(_) => {
            "Ce lien vous est personnel\u{a0}: ne le transmettez à personne.".to_owned()
        }
        Invitation::EnPreparation => {
            "Un lien personnel est en préparation pour l'utilisateur. En attendant, il a le lien de l'agenda."
                .to_owned()
        }
        Invitation::Faite => {
            "L'utilisateur a un lien personnel\u{a0}: son rendez-vous sera rattaché à ce dossier."
                .to_owned()
        }
        Invitation::Retardee(erreur) => format!(
            "Le lien personnel de l'utilisateur n'est pas encore prêt. {erreur} Un nouvel essai aura lieu\u{a0}; en attendant, il a le lien de l'agenda."
        ),
        Invitation::Echouee(erreur) => format!(
            "L'utilisateur a le lien de l'agenda, sans lien personnel. {erreur}"
        ),
    }
}

const SUPPRIME: &str = "(Message supprimé)";
/// Whoever was asked to correct must read that nothing is to be corrected any more.
const CORRECTION_RETIREE: &str = "(Demande de correction retirée)";

impl Corps {
    fn de(message: &MessageVue) -> Self {
        if message.supprime {
            let retiree = message.correction == Some(EtatCorrection::Retiree);
            return Self::Supprime(if retiree { CORRECTION_RETIREE } else { SUPPRIME });
        }
        if let Some(numero) = message.lien.as_deref().and_then(|l| l.strip_prefix(TELEPHONE))
            && message.genre == GenreMessage::RendezVous
        {
            return Self::AvecTelephone { texte: message.corps.clone(), numero: numero.to_owned() };
        }
        let lien = message
            .lien
            .as_deref()
            .filter(|lien| lien.starts_with("https://") || lien.starts_with("http://"))
            // Nobody is led to book what is no longer proposed.
            .filter(|_| !expiree(message));
        if let (GenreMessage::RendezVous, Some(lien)) = (message.genre, lien) {
            return Self::AvecVisio { texte: message.corps.clone(), lien: lien.to_owned() };
        }
        let personnel = match &message.invitation {
            Some(Invitation::Lien(personnel)) => Some(personnel.clone()),
            _ => None,
        };
        lien.and_then(|lien| {
            let (avant, apres) = message.corps.rsplit_once(lien)?;
            let (avant, apres) = (avant.to_owned(), apres.to_owned());
            Some(match personnel {
                Some(lien) => Self::AvecInvitation { avant, lien, apres },
                None => Self::AvecLien { avant, lien: lien.to_owned(), apres },
            })
        })
        .unwrap_or_else(|| Self::Texte(message.corps.clone()))
    }

    fn montrer(self) -> AnyView {
        match self {
            Self::Supprime(texte) => {
                view! { <p class="rdv-message__supprime">{texte}</p> }.into_any()
            }
            Self::Texte(texte) => view! { <p class="rdv-texte">{texte}</p> }.into_any(),
            Self::AvecLien { avant, lien, apres } => view! {
                <p class="rdv-texte">
                    {avant} <LienExterne href=lien.clone() texte=lien/> {apres}
                </p>
            }
            .into_any(),
            Self::AvecInvitation { avant, lien, apres } => view! {
                <p class="rdv-texte">
                    {avant} <LienExterne texte=choisir(&lien) href=lien/> {apres}
                </p>
            }
            .into_any(),
            Self::AvecTelephone { texte, numero } => view! {
                <p class="rdv-texte">{texte} "\u{a0}: " {numero_a_appeler(&numero)}</p>
            }
            .into_any(),
            Self::AvecVisio { texte, lien } => view! {
                <p class="rdv-texte">
                    {texte} "\u{a0}: " <LienExterne href=lien texte=REJOINDRE/>
                </p>
            }
            .into_any(),
        }
    }
}

/// « choisir mon créneau sur rdv.anct.gouv.fr »: the address itself holds a secret.
pub fn choisir(lien: &str) -> String {
    format!("choisir mon créneau sur {}", nom_du_site(lien))
}

/// A message of Jean's.
#[cfg(test)]
pub fn exemple(corps: &str, lien: Option<&str>) -> MessageVue {
    MessageVue {
        id: domain::ids::MessageId(1),
        auteur: Auteur::Usager,
        nom: "Jean".to_owned(),
        genre: GenreMessage::Libre,
        corps: corps.to_owned(),
        lien: lien.map(str::to_owned),
        le: chrono::NaiveDateTime::default(),
        supprime: false,
        proposition: None,
        invitation: None,
        correction: None,
        retirable: false,
        supprimable: false,
        lu: None,
        detachable: None,
        fichier: None,
        envoi: None,
        pieces: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::{exemple as message, *};

    #[test]
    fn a_link_is_cut_out_of_the_text() {
        let lien = "https://rdv.anct.gouv.fr/org/100/x";
        assert_eq!(
            Corps::de(&message(&format!("Ici : {lien} ."), Some(lien))),
            Corps::AvecLien {
                avant: "Ici : ".to_owned(),
                lien: lien.to_owned(),
                apres: " .".to_owned()
            }
        );
    }

    #[test]
    fn the_personal_link_takes_the_place_of_the_agenda_s_and_is_never_written_out() {
        let agenda = "https://rdv.anct.gouv.fr/org/100/x";
        let personnel = "https://rdv.anct.gouv.fr/prendre_rdv?invitation_token=VS5JNYJB";
        let mut message = message(&format!("Ici : {agenda}"), Some(agenda));
        message.invitation = Some(Invitation::Lien(personnel.to_owned()));
        assert_eq!(
            Corps::de(&message),
            Corps::AvecInvitation {
                avant: "Ici : ".to_owned(),
                lien: personnel.to_owned(),
                apres: String::new()
            }
        );
        assert_eq!(choisir(personnel), "choisir mon créneau sur rdv.anct.gouv.fr");
    }

    #[test]
    fn nobody_is_led_to_what_has_expired() {
        let agenda = "https://rdv.anct.gouv.fr/org/100/x";
        let mut message = message(&format!("Ici : {agenda}"), Some(agenda));
        (message.genre, message.proposition) =
            (GenreMessage::Proposition, Some(EtatProposition::Expiree));
        assert_eq!(Corps::de(&message), Corps::Texte(format!("Ici : {agenda}")));
        assert_eq!(suite(&message).unwrap(), "Cette proposition de rendez-vous a expiré.");
        message.genre = GenreMessage::Relance;
        assert_eq!(suite(&message), None, "it is said once");
    }

    #[test]
    fn a_link_that_is_no_web_page_stays_text() {
        let texte = "javascript:alert(1)";
        assert_eq!(Corps::de(&message(texte, Some(texte))), Corps::Texte(texte.to_owned()));
    }
}
