//! What the pages of what was given up share: a card for each thing, « Rejouer », and all of them at once.

use crate::formulaire::suivi::{AlerteFormulaire, PageDuFormulaire, Suivi};
use crate::page::contexte::annonces;
use crate::page::titre::focus_sur_le_titre;
use chrono::NaiveDateTime;
use domain::francais;
use domain::ids::DemarcheNumero;
use domain::rendez_vous::Horaire;
use leptos::prelude::*;

/// Where the two forms of such a page stand: « Rejouer », of each card, and the one that does it for all.
#[derive(Clone, Copy)]
pub struct Rejeu {
    /// Of the cards.
    pub un: Suivi,
    /// Of the form for all.
    pub tous: Suivi,
}

impl Rejeu {
    /// Follows both; `relire` reads the page again.
    pub fn new(un: Suivi, tous: Suivi, relire: Callback<()>) -> Self {
        let annonces = annonces();
        for suivi in [un, tous] {
            suivi.au_succes(move || {
                annonces.dire("La demande est prise en compte.");
                relire.run(());
                // The button that had it goes away.
                focus_sur_le_titre();
            });
        }
        Self { un, tous }
    }
}

/// Why either form was refused.
#[component]
pub fn Refus(
    /// The forms.
    rejeu: Rejeu,
) -> impl IntoView {
    view! {
        <AlerteFormulaire suivi=rejeu.un/>
        <AlerteFormulaire suivi=rejeu.tous/>
    }
}

/// « le 27 mai 2024 à 16h44, 3 essais ».
pub fn apres_essais(le: NaiveDateTime, essais: i32) -> String {
    let mot = if essais > 1 { "essais" } else { "essai" };
    format!("le {}, {essais} {mot}", quand(le))
}

/// « 27 mai 2024 à 16h44 ».
pub fn quand(le: NaiveDateTime) -> String {
    francais::date_heure(&Horaire { local: le, fuseau: None })
}

/// A thing given up, and « Rejouer ».
#[component]
pub fn CarteARejouer(
    /// The démarche.
    demarche: DemarcheNumero,
    /// What was given up.
    titre: String,
    /// When.
    #[prop(into)]
    quand: Signal<String>,
    /// Why.
    #[prop(into)]
    raison: Signal<String>,
    /// What the button says to those who do not see the card.
    precision: Option<String>,
    /// Makes the form around what is given.
    formulaire: impl FnOnce(AnyView) -> AnyView,
) -> impl IntoView {
    let dedans = view! {
        <PageDuFormulaire/>
        <input type="hidden" name="demarche" value=demarche.to_string()/>
        <button class="fr-btn fr-btn--secondary fr-btn--sm" type="submit">
            "Rejouer" <span class="fr-sr-only">{precision}</span>
        </button>
    };
    let formulaire = formulaire(dedans.into_any());
    view! {
        <li>
            <article class="rdv-carte">
                <h2 class="fr-h6 fr-mb-1w">{titre}</h2>
                <p class="fr-text--sm fr-mb-1w">{move || quand.get()}</p>
                <p>{move || raison.get()}</p>
                {formulaire}
            </article>
        </li>
    }
}

/// What is inside the form that does it for all.
#[component]
pub fn PourTous(
    /// The démarche.
    demarche: DemarcheNumero,
    /// What the button says.
    texte: &'static str,
) -> impl IntoView {
    view! {
        <PageDuFormulaire/>
        <input type="hidden" name="demarche" value=demarche.to_string()/>
        <button class="fr-btn fr-btn--secondary fr-mb-3w" type="submit">
            {texte}
        </button>
    }
}
