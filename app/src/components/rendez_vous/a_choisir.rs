//! « Choisir un créneau »: the proposal that waits, above the thread.

use crate::components::lien::LienExterne;
use crate::components::messagerie::message::{nom_de_l_auteur, proposition_ouverte};
use domain::chemin::ancre;
use domain::ids::MessageId;
use domain::vues::{Invitation, Messagerie};
use leptos::prelude::*;

/// What a proposal that waits asks to open.
#[derive(Debug, Clone, PartialEq, Eq)]
struct AChoisir {
    message: MessageId,
    de: String,
    /// The personal link if there is one, otherwise the agenda's.
    lien: String,
    personnel: bool,
}

impl AChoisir {
    /// That of a thread, for the one who filed the dossier: nobody else books in their name.
    fn de(messagerie: &Messagerie) -> Option<Self> {
        if messagerie.invite {
            return None;
        }
        let message = messagerie.messages.iter().rev().find(|m| proposition_ouverte(m))?;
        let (lien, personnel) = match (&message.invitation, &message.lien) {
            (Some(Invitation::Lien(personnel)), _) => (personnel, true),
            (_, Some(agenda)) => (agenda, false),
            _ => return None,
        };
        let page = lien.starts_with("https://") || lien.starts_with("http://");
        page.then(|| Self {
            message: message.id,
            de: nom_de_l_auteur(message),
            lien: lien.clone(),
            personnel,
        })
    }
}

/// Where the slot is chosen, found at once by whoever comes for it; the message itself says more.
#[component]
pub fn CreneauAChoisir(
    /// The thread.
    messagerie: Signal<Messagerie>,
) -> impl IntoView {
    let proposition = Memo::new(move |_| messagerie.with(AChoisir::de));
    move || {
        proposition.get().map(|AChoisir { message, de, lien, personnel }| {
            let reserve = personnel.then(|| {
                view! {
                    <p class="fr-hint-text">
                        "Ce lien vous est personnel\u{a0}: ne le transmettez à personne."
                    </p>
                }
            });
            view! {
                <div class="fr-callout rdv-a-choisir">
                    <h3 class="fr-callout__title">"Un rendez-vous vous est proposé"</h3>
                    <p>
                        <LienExterne href=lien texte="Choisir un créneau" class="fr-btn"/>
                    </p>
                    <p>
                        <span class="rdv-cesure">{de}</span>
                        " vous invite à choisir un créneau. "
                        <a href=format!("#{}", ancre(message)) rel="external">"Lire son message"</a>
                    </p>
                    {reserve}
                </div>
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::messagerie::message::exemple;
    use domain::message::GenreMessage;
    use domain::proposition::EtatProposition;
    use domain::vues::{Auteur, MessageVue};

    const AGENDA: &str = "https://rdv.anct.gouv.fr/org/100/x";

    fn fil(etat: EtatProposition) -> Messagerie {
        let message = MessageVue {
            id: MessageId(7),
            auteur: Auteur::Instructeur,
            genre: GenreMessage::Proposition,
            proposition: Some(etat),
            ..exemple(&format!("Ici : {AGENDA}"), Some(AGENDA))
        };
        Messagerie { messages: vec![message], annee: 2024, ..Messagerie::default() }
    }

    #[test]
    fn only_a_proposal_that_waits_is_shown_above_the_thread() {
        let attendue = AChoisir::de(&fil(EtatProposition::Proposee)).unwrap();
        assert_eq!((attendue.lien.as_str(), attendue.personnel), (AGENDA, false));
        for etat in [EtatProposition::Prise, EtatProposition::Retiree, EtatProposition::Annulee] {
            assert_eq!(AChoisir::de(&fil(etat)), None);
        }
    }

    #[test]
    fn the_personal_link_comes_before_the_agenda_s() {
        let mut fil = fil(EtatProposition::Proposee);
        let personnel = "https://rdv.anct.gouv.fr/prendre_rdv?invitation_token=VS5JNYJB".to_owned();
        fil.messages[0].invitation = Some(Invitation::Lien(personnel.clone()));
        let attendue = AChoisir::de(&fil).unwrap();
        assert_eq!((attendue.lien, attendue.personnel), (personnel, true));
    }

    #[test]
    fn nobody_else_is_invited_to_book_nor_led_to_what_is_no_web_page() {
        let mut fil = fil(EtatProposition::Proposee);
        fil.messages[0].lien = Some("javascript:alert(1)".to_owned());
        assert_eq!(AChoisir::de(&fil), None);
        fil.messages[0].lien = Some(AGENDA.to_owned());
        fil.invite = true;
        assert_eq!(AChoisir::de(&fil), None);
    }
}
