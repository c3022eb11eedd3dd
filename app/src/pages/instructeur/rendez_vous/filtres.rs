//! Which rendez-vous are shown, and how they are laid out. All of it is in the address.

use domain::chemin::Chemin;
use domain::ids::DemarcheNumero;
use domain::rendez_vous::Genre;
use domain::vues::{FiltresRdv, Membre, RendezVousDemarche, VueRdv};
use leptos::prelude::*;
use leptos_router::components::A;

/// Search, kind, instructeur: a form that leads to the address of what it asks for.
#[component]
pub fn Filtres(liste: Signal<RendezVousDemarche>, filtres: Memo<FiltresRdv>) -> impl IntoView {
    let numero = liste.with_untracked(|l| l.numero);
    let instructeurs = Memo::new(move |_| liste.with(|l| l.instructeurs.clone()));
    let effacer = move || {
        filtres.with(FiltresRdv::filtre).then(|| {
            let sans =
                filtres.with(|f| FiltresRdv { vue: f.vue, le: f.le, ..FiltresRdv::default() });
            view! { <A href=sans.adresse(numero) attr:class="fr-link">"Effacer les filtres"</A> }
        })
    };
    view! {
        <form
            method="get"
            action=Chemin::RendezVousDemarche(numero).to_string()
            class="rdv-filtres"
            role="search"
        >
            {move || {
                let (vue, le) = filtres.with(|f| (f.vue, f.le));
                view! {
                    {(vue != VueRdv::Liste)
                        .then(|| view! { <input type="hidden" name="vue" value=vue.code() data-va-avec=""/> })}
                    {le.map(|le| view! { <input type="hidden" name="le" value=le.to_string() data-va-avec=""/> })}
                }
            }}
            <div class="fr-input-group">
                <label class="fr-label" for="recherche">
                    "Rechercher"
                    <span class="fr-hint-text">"N° de dossier, nom, adresse électronique"</span>
                </label>
                <input
                    class="fr-input"
                    type="search"
                    id="recherche"
                    name="recherche"
                    maxlength="100"
                    value=filtres.with_untracked(|f| f.recherche.clone())
                />
            </div>
            <ChoixGenre filtres/>
            <ChoixInstructeur filtres instructeurs/>
            <div class="rdv-filtres__actions">
                <button class="fr-btn" type="submit">"Filtrer"</button>
                {effacer}
            </div>
        </form>
    }
}

/// « visioconférence »: what a choice calls it.
const fn nom(genre: Genre) -> &'static str {
    match genre {
        Genre::Visio => "Visioconférence",
        Genre::Telephone => "Téléphone",
        Genre::SurPlace => "Sur place",
        Genre::Domicile => "À domicile",
    }
}

#[component]
fn ChoixGenre(filtres: Memo<FiltresRdv>) -> impl IntoView {
    let choisi = move || filtres.with(|f| f.genre.map(Genre::code).unwrap_or_default());
    let options = Genre::TOUS
        .map(|genre| {
            view! {
                <option value=genre.code() selected=untrack(choisi) == genre.code()>
                    {nom(genre)}
                </option>
            }
        })
        .collect_view();
    view! {
        <div class="fr-select-group">
            <label class="fr-label" for="genre">"Modalité"</label>
            <select class="fr-select" id="genre" name="genre">
                <option value="">"Toutes"</option>
                {options}
            </select>
        </div>
    }
}

#[component]
fn ChoixInstructeur(filtres: Memo<FiltresRdv>, instructeurs: Memo<Vec<Membre>>) -> impl IntoView {
    let choisi = move || {
        filtres.with(|f| f.instructeur.map(|compte| compte.to_string()).unwrap_or_default())
    };
    let options = move || {
        instructeurs
            .get()
            .into_iter()
            .map(|membre| {
                let valeur = membre.compte.to_string();
                view! {
                    <option value=valeur.clone() selected=choisi() == valeur>
                        {membre.nom}
                    </option>
                }
            })
            .collect_view()
    };
    view! {
        <div class="fr-select-group">
            <label class="fr-label" for="instructeur">"Instructeur"</label>
            <select class="fr-select" id="instructeur" name="instructeur">
                <option value="">"Tous"</option>
                {options}
            </select>
        </div>
    }
}

/// Liste, Semaine, Jour.
#[component]
pub fn Affichages(numero: DemarcheNumero, filtres: Memo<FiltresRdv>) -> impl IntoView {
    let un = move |vue: VueRdv| {
        let adresse = move || filtres.with(|f| f.vers(vue, f.le).adresse(numero));
        let ici = move || filtres.with(|f| f.vue == vue).then_some("page");
        view! {
            <li>
                <a href=adresse aria-current=ici>
                    {vue.nom()}
                </a>
            </li>
        }
    };
    view! {
        <nav class="rdv-onglets" aria-label="Affichage des rendez-vous">
            <ul data-en-vue>{VueRdv::TOUTES.map(un).collect_view()}</ul>
        </nav>
    }
}
