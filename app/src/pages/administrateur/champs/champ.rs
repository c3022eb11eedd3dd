//! A field of the form, or a private one.

use super::edition::{Edition, libelles, titre};
use crate::api::administrateur::champs::{ModifierChamp, formulaire};
use crate::depart::Depart;
use crate::formulaire::conflit::{Conflit, version_montree};
use crate::formulaire::suivi::Suivi;
use crate::page::adresse;
use crate::page::contexte::lire;
use crate::page::erreur::Introuvable;
use crate::page::fil_ariane::FilAriane;
use crate::page::lecture::Lecture;
use crate::page::titre::{TitreFenetre, TitrePage};
use domain::champs::{DefinitionChamp, Pour};
use domain::chemin::{self, Chemin};
use domain::ids::{ChampId, DemarcheNumero};
use domain::sujet::Sujet;
use domain::vues::FormulaireAdmin;
use leptos::form::ActionForm;
use leptos::prelude::*;
use leptos_router::components::A;
use leptos_router::hooks::use_params_map;

/// The field of the form that the address names.
#[component]
pub fn ChampDemarche() -> impl IntoView {
    view! { <ChampDeLAdresse pour=Pour::Usagers/> }
}

/// The private field that the address names.
#[component]
pub fn AnnotationDemarche() -> impl IntoView {
    view! { <ChampDeLAdresse pour=Pour::Administration/> }
}

#[component]
fn ChampDeLAdresse(pour: Pour) -> impl IntoView {
    let numero = adresse::numero::<DemarcheNumero>();
    let parametres = use_params_map();
    let champ = Memo::new(move |_| {
        parametres.read().get("champ").and_then(|id| id.parse::<ChampId>().ok())
    });
    move || match (numero.get(), champ.get()) {
        (Some(numero), Some(champ)) => view! { <Ecran numero pour champ/> }.into_any(),
        _ => view! { <Introuvable/> }.into_any(),
    }
}

#[component]
fn Ecran(numero: DemarcheNumero, pour: Pour, champ: ChampId) -> impl IntoView {
    let lu = lire(|| (), move |()| formulaire(numero, pour));
    let relire = Callback::new(move |()| lu.refetch());
    view! {
        <Lecture
            ressource=lu
            sujets=move |_: &FormulaireAdmin, _: &Depart| vec![Sujet::Demarche(numero)]
            vue=move |lu| {
                let trouve = lu.with_untracked(|l| l.champs.iter().find(|c| c.id == champ).cloned());
                match trouve {
                    Some(champ) => view! { <Contenu lu champ relire/> }.into_any(),
                    None => view! { <Introuvable/> }.into_any(),
                }
            }
        />
    }
}

#[component]
fn Contenu(
    lu: Signal<FormulaireAdmin>,
    champ: DefinitionChamp,
    relire: Callback<()>,
) -> impl IntoView {
    let (numero, nom, pour) = lu.with_untracked(|l| (l.numero, l.titre.clone(), l.pour));
    let liste = titre(pour);
    let retour = Chemin::Ecran(numero, chemin::Ecran::des_champs(pour)).to_string();
    let action = ServerAction::<ModifierChamp>::new();
    let suivi = Suivi::nouveau(action);
    let libelle = champ.libelle.clone();
    let id = champ.id;
    let depart = champ.clone();
    // Deleted meanwhile: what is sent is refused anyway.
    let actuel = Memo::new(move |_| {
        lu.with(|l| l.champs.iter().find(|c| c.id == id).cloned()).unwrap_or(depart.clone())
    });
    let actuelle = Signal::derive(move || actuel.with(DefinitionChamp::version));
    let version = version_montree(suivi, actuelle, relire);
    let valeurs = Signal::derive(move || actuel.with(|champ| valeurs(champ, pour)));
    view! {
        <TitreFenetre parties=vec![libelle.clone(), liste.to_owned(), nom.clone()]/>
        <FilAriane
            parents=vec![
                (Chemin::Accueil.to_string(), "Accueil".to_owned()),
                (Chemin::DemarchesAdministrees.to_string(), "Démarches".to_owned()),
                (Chemin::DemarcheAdministree(numero).to_string(), nom),
                (retour.clone(), liste.to_owned()),
            ]
            ici=libelle
        />
        <div class="rdv-etroit">
            <TitrePage>"Modifier le champ"</TitrePage>
            <ActionForm action on:submit:capture=move |ev| suivi.avant_envoi(&ev)>
                <input type="hidden" name="champ" value=id.to_string()/>
                <Conflit suivi version valeurs/>
                <Edition suivi pour bouton="Enregistrer" champ/>
            </ActionForm>
            <p class="fr-mt-3w">
                <A href=retour attr:class="fr-btn fr-btn--secondary">
                    "Annuler et revenir aux champs"
                </A>
            </p>
        </div>
    }
}

/// What the form of a field shows, with the names of its fields.
fn valeurs(champ: &DefinitionChamp, pour: Pour) -> Vec<(&'static str, String)> {
    let [libelle, genre, description, options] = libelles(pour);
    let mut valeurs = vec![
        (libelle.texte, champ.libelle.clone()),
        (genre.texte, champ.genre.libelle().to_owned()),
        (options.texte, champ.options.join("\n")),
        (description.texte, champ.description.clone()),
    ];
    if pour == Pour::Usagers {
        let requis = if champ.requis { "oui" } else { "non" };
        valeurs.push(("Champ obligatoire", requis.to_owned()));
    }
    valeurs
}
