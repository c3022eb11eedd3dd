//! Fields that hold a value: one line, several lines; and what a form says once it is saved.

use super::suivi::{MessageErreur, Suivi, contenu};
use crate::page::contexte::{annonces, vient_d_etre_fait};
use domain::Champ;
use leptos::html;
use leptos::prelude::*;

/// What a field is called and how it is filled in.
#[derive(Debug, Clone, Copy)]
pub struct Libelle {
    /// Which field.
    pub champ: Champ,
    /// Its id in the page.
    pub id: &'static str,
    /// What it is called, with its asterisk when it must be filled in.
    pub texte: &'static str,
    /// What helps to fill it in; may be empty.
    pub indice: &'static str,
    /// `autocomplete`: what the browser may fill in.
    pub remplissage: &'static str,
}

impl Libelle {
    /// A field without help, that the browser fills in with nothing.
    pub const fn new(champ: Champ, id: &'static str, texte: &'static str) -> Self {
        Self { champ, id, texte, indice: "", remplissage: "off" }
    }

    /// With a help.
    pub const fn indice(self, indice: &'static str) -> Self {
        Self { indice, ..self }
    }

    /// With what the browser may fill in.
    pub const fn remplissage(self, remplissage: &'static str) -> Self {
        Self { remplissage, ..self }
    }

    fn requis(self) -> bool {
        self.texte.ends_with('*')
    }
}

/// A field of one line.
#[component]
pub fn ChampLigne(
    /// What it is called.
    libelle: Libelle,
    /// What it holds at first.
    #[prop(optional, into)]
    valeur: String,
    /// Tells two fields of the same name on a page apart.
    #[prop(optional, into)]
    suffixe: String,
    /// Whether it is emptied once it was sent.
    #[prop(optional)]
    vider: bool,
    /// Told what it holds, as it is typed.
    #[prop(optional)]
    tape: Option<WriteSignal<String>>,
    /// The form.
    suivi: Suivi,
) -> impl IntoView {
    let noeud = NodeRef::<html::Input>::new();
    suivi.focus_si_refuse(libelle.champ, noeud);
    if vider {
        suivi.au_succes(move || {
            if let Some(noeud) = noeud.get_untracked() {
                noeud.set_value("");
            }
        });
    }
    let erreur = suivi.sur(libelle.champ);
    let mut id = suffixe;
    id.insert_str(0, libelle.id);
    let id_erreur = format!("{id}-erreur");
    let decrit_par = {
        let id_erreur = id_erreur.clone();
        move || erreur.with(Option::is_some).then(|| id_erreur.clone())
    };
    let valeur = suivi.saisi(libelle.champ.nom()).unwrap_or(valeur);
    let taper = move |_| {
        if let (Some(tape), Some(noeud)) = (tape, noeud.get_untracked()) {
            tape.set(noeud.value());
        }
    };
    let clavier = match libelle.remplissage {
        "email" => Some("email"),
        "tel" => Some("tel"),
        _ => None,
    };
    view! {
        <div class="fr-input-group" class:fr-input-group--error=move || erreur.with(Option::is_some)>
            <label class="fr-label" for=id.clone()>
                {libelle.texte}
                {indice(libelle)}
            </label>
            <input
                class="fr-input"
                class:fr-input--error=move || erreur.with(Option::is_some)
                id=id
                name=libelle.champ.nom()
                type="text"
                inputmode=clavier
                autocomplete=libelle.remplissage
                autocapitalize=clavier.map(|_| "none")
                spellcheck=clavier.map(|_| "false")
                aria-required=libelle.requis().then_some("true")
                aria-invalid=move || erreur.with(Option::is_some).then_some("true")
                aria-describedby=decrit_par
                value=valeur
                on:input=taper
                node_ref=noeud
            />
            <MessageErreur id=id_erreur erreur/>
        </div>
    }
}

/// A field of several lines, that keeps what was saved.
#[component]
pub fn ChampBloc(
    /// What it is called.
    libelle: Libelle,
    /// What it holds at first.
    #[prop(optional, into)]
    valeur: String,
    /// How many lines it shows.
    lignes: u8,
    /// Whether it is emptied once it was sent.
    #[prop(optional)]
    vider: bool,
    /// Told what it holds, as it is typed.
    #[prop(optional)]
    tape: Option<WriteSignal<String>>,
    /// The form.
    suivi: Suivi,
) -> impl IntoView {
    let noeud = NodeRef::<html::Textarea>::new();
    suivi.focus_si_refuse(libelle.champ, noeud);
    if vider {
        suivi.au_succes(move || {
            if let Some(noeud) = noeud.get_untracked() {
                noeud.set_value("");
            }
        });
    }
    let erreur = suivi.sur(libelle.champ);
    let id_erreur = format!("{}-erreur", libelle.id);
    let decrit_par = {
        let id_erreur = id_erreur.clone();
        move || erreur.with(Option::is_some).then(|| id_erreur.clone())
    };
    let valeur = suivi.saisi(libelle.champ.nom()).unwrap_or(valeur);
    let taper = move |_| {
        if let (Some(tape), Some(noeud)) = (tape, noeud.get_untracked()) {
            tape.set(noeud.value());
        }
    };
    view! {
        <div class="fr-input-group" class:fr-input-group--error=move || erreur.with(Option::is_some)>
            <label class="fr-label" for=libelle.id>
                {libelle.texte}
                {indice(libelle)}
            </label>
            <textarea
                class="fr-input"
                class:fr-input--error=move || erreur.with(Option::is_some)
                id=libelle.id
                name=libelle.champ.nom()
                rows=lignes.to_string()
                autocomplete=libelle.remplissage
                aria-required=libelle.requis().then_some("true")
                aria-invalid=move || erreur.with(Option::is_some).then_some("true")
                aria-describedby=decrit_par
                on:input=taper
                node_ref=noeud
                inner_html=contenu(Some(valeur))
            ></textarea>
            <MessageErreur id=id_erreur erreur/>
        </div>
    }
}

fn indice(libelle: Libelle) -> Option<impl IntoView> {
    (!libelle.indice.is_empty())
        .then(|| view! { <span class="fr-hint-text">{libelle.indice}</span> })
}

/// Above a form of several fields: what was refused, with a link to the field that it is about.
#[component]
pub fn ResumeErreur(
    /// The form.
    suivi: Suivi,
    /// Its fields.
    champs: &'static [Libelle],
) -> impl IntoView {
    let lien = move || {
        champs.iter().find_map(|libelle| {
            let phrase = suivi.sur(libelle.champ).get()?;
            let nom = libelle.texte.trim_end_matches(['*', '\u{a0}']);
            Some(view! {
                <div class="fr-alert fr-alert--error fr-alert--sm fr-mb-3w" data-reste>
                    <p>
                        <a href=format!("#{}", libelle.id) rel="external">{nom}</a>
                        "\u{a0}: "
                        {phrase}
                    </p>
                </div>
            })
        })
    };
    view! { <div>{lien}</div> }
}

/// What a form says once it was saved; `relire` then reads the page again.
#[component]
pub fn Confirmation(
    /// The form.
    suivi: Suivi,
    /// What it says.
    phrase: &'static str,
    /// Reads the page again.
    relire: Callback<()>,
) -> impl IntoView {
    let fait = RwSignal::new(suivi.fait_au_depart());
    let annonces = annonces();
    suivi.au_succes(move || {
        fait.set(true);
        annonces.dire(phrase);
        relire.run(());
    });
    // It goes while another one is sent, so that one sees it come back.
    let montrer = move || {
        (fait.get() && !suivi.refuse() && !suivi.en_cours())
            .then(|| enregistre(phrase, suivi.fait_au_depart()))
    };
    view! { <div>{montrer}</div> }
}

/// Says that a form was taken, on the page that it comes back to, which is not hydrated.
#[component]
pub fn Fait(
    /// The server function that took it.
    action: &'static str,
    /// What it says.
    phrase: &'static str,
) -> impl IntoView {
    vient_d_etre_fait(action, None).then(|| enregistre(phrase, true))
}

/// The same, read out only: what it changed is seen.
#[cfg(feature = "ssr")]
#[component]
pub fn Dit(
    /// The form.
    suivi: Suivi,
    /// What it says.
    phrase: &'static str,
) -> impl IntoView {
    suivi.fait_au_depart().then(|| view! { <p class="fr-sr-only" data-dit>{phrase}</p> })
}

/// Without scripts nothing can be announced: the focus on the sentence has it read out.
fn enregistre(phrase: &'static str, focus: bool) -> impl IntoView {
    view! {
        <div
            class="fr-alert fr-alert--success fr-alert--sm fr-mb-3w"
            tabindex=focus.then_some("-1")
            autofocus=focus
            data-reste
        >
            <p>{phrase}</p>
        </div>
    }
}
