//! The thread of a dossier, for either side.

use crate::components::formulaire::{
    AlerteFormulaire, BoutonEnvoyer, ChampTexte, PageDuFormulaire, Suivi,
};
use crate::components::liste::Liste;
use crate::components::message::Message;
use crate::components::pieces::ChampPieces;
use crate::components::service;
use domain::Champ;
use domain::ids::DossierNumero;
use domain::vues::{Auteur, MessageVue, Messagerie};
use leptos::prelude::*;

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
        view! {
            <li>
                <Message message annee actions=actions/>
            </li>
        }
        .into_any()
    };
    view! {
        {vide}
        <ol class="rdv-fil">
            <Liste
                elements=Signal::derive(move || messagerie.with(|m| m.messages.clone()))
                cle=|message: &MessageVue| message.id
                vue=un_message
            />
        </ol>
    }
}

/// What is in the form « Votre message ».
#[component]
pub fn ChampsMessage(
    /// The dossier.
    dossier: DossierNumero,
    /// Makes two sendings one.
    cle: String,
    /// The form.
    suivi: Suivi,
) -> impl IntoView {
    let cle = suivi.cle(cle);
    view! {
        <AlerteFormulaire suivi sans_champs=true/>
        <p class="fr-text--sm">{service::OBLIGATOIRES}</p>
        <PageDuFormulaire/>
        <input type="hidden" name="dossier" value=dossier.to_string()/>
        <input type="hidden" name="cle" value=move || cle.get()/>
        <ChampTexte
            id="message"
            champ=Champ::Corps
            libelle="Votre message\u{a0}*"
            exemple="Écrivez votre message ici"
            requis=true
            suivi
        />
        <ChampPieces
            id="message-pieces"
            libelle="Ajouter une ou plusieurs pièces jointes (facultatif)"
            suivi
        />
        <BoutonEnvoyer texte="Envoyer le message" suivi/>
    }
}

/// Says what somebody else did to the thread.
pub fn difference(avant: &Messagerie, apres: &Messagerie) -> Option<String> {
    let connus = |message: &MessageVue| avant.messages.iter().any(|m| m.id == message.id);
    let nouveaux: Vec<&MessageVue> =
        apres.messages.iter().filter(|m| !connus(m) && m.auteur != Auteur::Moi).collect();
    let supprimes = |m: &Messagerie| {
        m.messages.iter().filter(|m| m.supprime && m.auteur != Auteur::Moi).count()
    };
    match nouveaux.as_slice() {
        [un] => Some(format!("La page a été mise à jour\u{a0}: nouveau message de {}.", un.nom)),
        [] if supprimes(apres) > supprimes(avant) => {
            Some("La page a été mise à jour\u{a0}: un message a été supprimé.".to_owned())
        }
        [] => None,
        plusieurs => {
            Some(format!("La page a été mise à jour\u{a0}: {} nouveaux messages.", plusieurs.len()))
        }
    }
}
