//! The thread of a dossier, for either side.

use super::message::Message;
use crate::formulaire::pieces::ChampPieces;
use crate::formulaire::suivi::{
    AlerteFormulaire, BoutonEnvoyer, ChampTexte, PageDuFormulaire, Suivi,
};
use crate::page::erreur::adresse_ici;
use crate::page::liste::Liste;
use crate::page::service;
use domain::Champ;
use domain::chemin::{DEPUIS, ancre};
use domain::cle::CleDeFormulaire;
use domain::ids::{DossierNumero, MessageId};
use domain::message::GenreMessage;
use domain::vues::faits::{Fait, phrase};
use domain::vues::{Auteur, MessageVue, Messagerie};
use leptos::prelude::*;
use leptos_router::components::A;
use leptos_router::hooks::use_query_map;

/// What is said once a message is sent, beside its form.
pub const ENVOYE: &str = "Votre message a été envoyé.";

/// The messages, from the oldest to the newest.
#[component]
pub fn Fil<A>(
    /// The thread.
    #[prop(into)]
    messagerie: Signal<Messagerie>,
    /// What can be done with a message, under it.
    actions: A,
) -> impl IntoView
where
    A: Fn(Signal<MessageVue>) -> AnyView + Clone + Send + Sync + 'static,
{
    let annee = Signal::derive(move || messagerie.with(|m| m.annee));
    let vide = move || {
        messagerie
            .with(|m| m.messages.is_empty())
            .then(|| view! { <p>"Il n'y a pas encore de message dans ce dossier."</p> })
    };
    let un_message = move |message: Signal<MessageVue>| {
        let actions = actions(message);
        let id = message.with_untracked(|message| message.id);
        view! {
            <li id=format!("fil-{id}")>
                <Message message annee actions=actions/>
            </li>
        }
        .into_any()
    };
    view! {
        {vide}
        <Precedents messagerie/>
        <ol class="rdv-fil">
            <Liste
                elements=Signal::derive(move || messagerie.with(|m| m.messages.clone()))
                cle=|message: &MessageVue| message.id
                vue=un_message
            />
        </ol>
    }
}

/// The word of the address that says how many messages are shown.
const MONTRES: &str = "messages";

/// How many messages the address asks for at least, and from which one on.
pub fn messages_montres() -> Memo<(usize, Option<MessageId>)> {
    let question = use_query_map();
    Memo::new(move |_| {
        let question = question.read();
        let montres = question.get(MONTRES).and_then(|texte| texte.parse().ok());
        let depuis = question.get(DEPUIS).and_then(|texte| texte.parse().ok());
        (montres.unwrap_or(Messagerie::MONTRES), depuis)
    })
}

/// Of a long thread the latest messages are shown: a link leads to those before, at the place where they end, and
/// another one to the newest.
#[component]
fn Precedents(#[prop(into)] messagerie: Signal<Messagerie>) -> impl IntoView {
    let ici = adresse_ici();
    let liens = Memo::new(move |_| {
        messagerie.with(|m| {
            let (premier, dernier) = (m.messages.first()?.id, m.messages.last()?.id);
            (m.precedents > 0).then_some((m.precedents, m.messages.len(), premier, dernier))
        })
    });
    move || {
        liens.get().map(|(precedents, montres, premier, dernier)| {
            let de_plus = precedents.min(Messagerie::DE_PLUS);
            let texte = match de_plus {
                1 => "Afficher le message précédent".to_owned(),
                plusieurs => format!("Afficher les {plusieurs} messages précédents"),
            };
            let suite = montres + de_plus;
            let adresse = move || {
                let ici = ici.get();
                let chemin = ici.split('?').next().unwrap_or_default();
                format!("{chemin}?{MONTRES}={suite}#{}", ancre(premier))
            };
            view! {
                <p class="fr-text--sm fr-mb-1w">{restent(precedents)}</p>
                <ul class="fr-btns-group fr-btns-group--inline fr-btns-group--sm">
                    <li>
                        <A href=adresse attr:class="fr-btn fr-btn--secondary">{texte}</A>
                    </li>
                    <li>
                        <a href=format!("#{}", ancre(dernier)) class="fr-btn fr-btn--tertiary">
                            "Aller au message le plus récent"
                        </a>
                    </li>
                </ul>
            }
        })
    }
}

fn restent(precedents: usize) -> String {
    match precedents {
        1 => "Un message plus ancien n'est pas affiché.".to_owned(),
        plusieurs => format!("{plusieurs} messages plus anciens ne sont pas affichés."),
    }
}

/// What is in the form « Votre message ».
#[component]
pub fn ChampsMessage(
    /// The dossier.
    dossier: DossierNumero,
    /// Makes two sendings one.
    cle: CleDeFormulaire,
    /// The form.
    suivi: Suivi,
    /// Whether it goes elsewhere, as text.
    #[prop(optional)]
    sans_piece: bool,
) -> impl IntoView {
    let pieces = (!sans_piece).then(|| {
        view! {
            <ChampPieces
                id="message-pieces"
                libelle="Ajouter une ou plusieurs pièces jointes (facultatif)"
                suivi
            />
        }
    });
    view! {
        <AlerteFormulaire suivi sans_champs=true/>
        <p class="fr-text--sm">{service::OBLIGATOIRES}</p>
        <PageDuFormulaire/>
        <input type="hidden" name="dossier" value=dossier.to_string()/>
        <input type="hidden" name="cle" value=String::from(cle)/>
        <ChampTexte
            id="message"
            champ=Champ::Corps
            libelle="Votre message\u{a0}*"
            exemple="Écrivez votre message ici"
            requis=true
            suivi
        />
        {pieces}
        <BoutonEnvoyer texte="Envoyer le message" suivi/>
    }
}

/// What is said of a new message: an automatic one about a rendez-vous is short, and says the new date.
fn annonce(message: &MessageVue) -> String {
    match (message.genre, message.auteur) {
        (GenreMessage::RendezVous, _) => {
            let texte = message.corps.lines().next().unwrap_or_default();
            let mut lettres = texte.trim_end_matches('.').chars();
            let premiere = lettres.next().into_iter().flat_map(char::to_lowercase);
            premiere.chain(lettres).collect()
        }
        (GenreMessage::Proposition, _) => {
            format!("proposition de rendez-vous de {}", message.nom)
        }
        (_, Auteur::Systeme) if message.nom.is_empty() => "nouveau message automatique".to_owned(),
        _ => format!("nouveau message de {}", message.nom),
    }
}

/// Whether somebody else wrote it. A rendez-vous that the person takes or cancels is news too: they do so elsewhere.
fn d_ailleurs(message: &MessageVue) -> bool {
    message.auteur != Auteur::Moi || message.genre == GenreMessage::RendezVous
}

/// What somebody else did to the thread.
pub fn faits(messagerie: &Messagerie) -> Vec<Fait> {
    let plusieurs = phrase("{} nouveaux messages");
    let nouveaux =
        messagerie.messages.iter().filter(|message| d_ailleurs(message)).map(|message| {
            Fait::mis_a_jour(message.id, annonce(message)).plusieurs(plusieurs.clone())
        });
    let supprimes = messagerie
        .messages
        .iter()
        .filter(|message| message.supprime && message.auteur != Auteur::Moi)
        .map(|message| {
            Fait::mis_a_jour(format!("{} supprime", message.id), "un message a été supprimé")
        });
    nouveaux.chain(supprimes).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::messagerie::message::exemple;
    use domain::vues::faits::nouveaute;

    fn fil(messages: Vec<MessageVue>) -> Messagerie {
        Messagerie { messages, ..Messagerie::default() }
    }

    fn dit(nouveau: MessageVue) -> Option<String> {
        nouveaute(&faits(&fil(Vec::new())), &faits(&fil(vec![nouveau])))
    }

    #[test]
    fn a_move_is_said_with_its_new_date_and_never_as_a_message_of_nobody() {
        let deplace = MessageVue {
            auteur: Auteur::Systeme,
            nom: String::new(),
            genre: GenreMessage::RendezVous,
            ..exemple("Rendez-vous déplacé au samedi 5 décembre 2026 à 15h30", None)
        };
        assert_eq!(
            dit(deplace.clone()).unwrap(),
            "La page a été mise à jour\u{a0}: rendez-vous déplacé au samedi 5 décembre 2026 à 15h30."
        );
        let autre = MessageVue { genre: GenreMessage::Libre, ..deplace };
        assert_eq!(
            dit(autre).unwrap(),
            "La page a été mise à jour\u{a0}: nouveau message automatique."
        );
    }

    #[test]
    fn a_rendez_vous_is_said_with_its_date_to_whoever_took_it_elsewhere_and_a_proposition_as_such()
    {
        let pris = MessageVue {
            auteur: Auteur::Moi,
            genre: GenreMessage::RendezVous,
            ..exemple("Rendez-vous pris en visioconférence le 3 décembre 2026 à 15h30", None)
        };
        assert_eq!(
            dit(pris).unwrap(),
            "La page a été mise à jour\u{a0}: rendez-vous pris en visioconférence le 3 décembre 2026 à 15h30."
        );
        let propose = MessageVue { genre: GenreMessage::Proposition, ..exemple("Bonjour", None) };
        assert_eq!(
            dit(propose).unwrap(),
            "La page a été mise à jour\u{a0}: proposition de rendez-vous de Jean."
        );
    }

    #[test]
    fn a_message_of_somebody_is_said_with_their_name_and_one_s_own_is_not() {
        assert_eq!(
            dit(exemple("Bonjour", None)).unwrap(),
            "La page a été mise à jour\u{a0}: nouveau message de Jean."
        );
        assert_eq!(dit(MessageVue { auteur: Auteur::Moi, ..exemple("Bonjour", None) }), None);
    }
}
