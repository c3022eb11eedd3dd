//! How fast people are told, kind of news by kind of news: the fields of « Gestion des notifications ».

use super::suivi::{MessageErreur, Suivi};
use domain::Champ;
use domain::avertissement::{Avertissement, Rythme};
use leptos::html;
use leptos::prelude::*;

/// One kind of news: what to do of it. The first choice follows what holds otherwise.
#[component]
pub fn ChampRythme(
    /// Which kind.
    quoi: Avertissement,
    /// What is chosen; nothing to follow what holds otherwise.
    choix: Signal<Option<Rythme>>,
    /// What the first choice says.
    sinon: Signal<String>,
    /// The form.
    suivi: Suivi,
) -> impl IntoView {
    let champ = Champ::Rythme(quoi);
    let noeud = NodeRef::<html::Select>::new();
    suivi.focus_si_refuse(champ, noeud);
    let erreur = suivi.sur(champ);
    let invalide = move || erreur.with(Option::is_some);
    let id = format!("rythme-{}", quoi.code());
    let (id_indice, id_erreur) = (format!("{id}-indice"), format!("{id}-erreur"));
    let decrit_par = {
        let (id_indice, id_erreur) = (id_indice.clone(), id_erreur.clone());
        move || if invalide() { format!("{id_indice} {id_erreur}") } else { id_indice.clone() }
    };
    let saisi = suivi.saisi(champ.nom());
    let choisi = move || match &saisi {
        Some(saisi) => saisi.clone(),
        None => choix.get().map(Rythme::code).unwrap_or_default().to_owned(),
    };
    let au_depart = untrack(&choisi);
    // What is read later, once another window changed it.
    Effect::new(move |avant: Option<Option<Rythme>>| {
        let choix = choix.get();
        if avant.is_some_and(|avant| avant != choix)
            && let Some(noeud) = noeud.get_untracked()
        {
            noeud.set_value(choix.map(Rythme::code).unwrap_or_default());
        }
        choix
    });
    let options = Rythme::TOUS
        .iter()
        .map(|rythme| {
            view! {
                <option value=rythme.code() selected=au_depart == rythme.code()>
                    {majuscule(rythme.libelle())}
                </option>
            }
        })
        .collect_view();
    view! {
        <div class="fr-select-group" class:fr-select-group--error=invalide>
            <label class="fr-label" for=id.clone()>
                {quoi.libelle()}
                <span class="fr-hint-text" id=id_indice>{quoi.precision()}</span>
            </label>
            <select
                class="fr-select"
                class:fr-select--error=invalide
                id=id
                name=champ.nom()
                aria-invalid=move || invalide().then_some("true")
                aria-describedby=decrit_par
                node_ref=noeud
            >
                <option value="" selected=au_depart.is_empty()>
                    {move || sinon.get()}
                </option>
                {options}
            </select>
            <MessageErreur id=id_erreur erreur/>
        </div>
    }
}

/// « Comme la démarche (résumé du jour) ».
pub fn sinon(qui: &str, rythme: Rythme) -> String {
    format!("{qui} ({})", rythme.libelle())
}

/// « Résumé du jour ».
fn majuscule(libelle: &str) -> String {
    let mut lettres = libelle.chars();
    lettres
        .next()
        .map(|premiere| premiere.to_uppercase().chain(lettres).collect())
        .unwrap_or_default()
}
