//! A field of the form, or a private one.

use super::champs;
use crate::api::administration::{ModifierChamp, formulaire};
use crate::api::session::Depart;
use crate::components::conflit::{Conflit, version_montree};
use crate::components::erreur::Introuvable;
use crate::components::fil_ariane::FilAriane;
use crate::components::formulaire::{AlerteFormulaire, BoutonEnvoyer, PageDuFormulaire, Suivi};
use crate::components::lecture::Lecture;
use crate::components::saisie::{ChampBloc, ChampLigne, Libelle, ResumeErreur};
use crate::components::service;
use crate::components::titre::{TitreFenetre, TitrePage};
use crate::contexte::lire;
use crate::pages::adresse;
use domain::Champ;
use domain::champs::{DefinitionChamp, Pour, TypeChamp};
use domain::ids::{ChampId, DemarcheNumero};
use domain::sujet::Sujet;
use domain::vues::FormulaireAdmin;
use leptos::form::ActionForm;
use leptos::prelude::*;
use leptos_router::components::A;
use leptos_router::hooks::use_params_map;

const LIBELLE: Libelle =
    Libelle::new(Champ::LibelleChamp, "libelle_champ", "Libellé du champ\u{a0}*");

const AUTRES: [Libelle; 3] = [
    Libelle::new(Champ::GenreChamp, "genre", "Type de champ\u{a0}*"),
    Libelle::new(Champ::DescriptionChamp, "description_champ", "Aide à la saisie")
        .indice("S'affiche sous le libellé."),
    Libelle::new(Champ::OptionsChamp, "options_champ", "Choix proposés").indice(
        "Un choix par ligne. Nécessaire pour «\u{a0}Choix dans une liste\u{a0}» seulement.",
    ),
];

static DE_L_USAGER: [Libelle; 4] =
    [LIBELLE.indice("La question posée à l'usager."), AUTRES[0], AUTRES[1], AUTRES[2]];

static DE_L_ADMINISTRATION: [Libelle; 4] =
    [LIBELLE.indice("Ce que les instructeurs ont à noter."), AUTRES[0], AUTRES[1], AUTRES[2]];

/// Name, type, help and choices.
fn libelles(pour: Pour) -> &'static [Libelle; 4] {
    match pour {
        Pour::Usagers => &DE_L_USAGER,
        Pour::Administration => &DE_L_ADMINISTRATION,
    }
}

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
    let (numero, titre, pour) = lu.with_untracked(|l| (l.numero, l.titre.clone(), l.pour));
    let liste = champs::titre(pour);
    let retour = format!("/admin/demarches/{numero}/{}", pour.ecran());
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
        <TitreFenetre parties=vec![libelle.clone(), liste.to_owned(), titre.clone()]/>
        <FilAriane
            parents=vec![
                ("/".to_owned(), "Accueil".to_owned()),
                ("/admin/demarches".to_owned(), "Démarches".to_owned()),
                (format!("/admin/demarches/{numero}"), titre),
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

/// What a field is made of, inside its form.
#[component]
pub fn Edition(
    /// The form.
    suivi: Suivi,
    /// Who fills the field in.
    pour: Pour,
    /// What its button says.
    bouton: &'static str,
    /// The field to change; a new one when absent.
    #[prop(optional)]
    champ: Option<DefinitionChamp>,
) -> impl IntoView {
    let vider = champ.is_none();
    let (genre, requis) =
        champ.as_ref().map_or((TypeChamp::TexteCourt, false), |c| (c.genre, c.requis));
    let (libelle, description, options) = champ.map_or_else(
        || (String::new(), String::new(), String::new()),
        |c| (c.libelle, c.description, c.options.join("\n")),
    );
    let [champ_libelle, champ_genre, champ_description, champ_options] = *libelles(pour);
    let choisi = suivi.saisi("genre").unwrap_or_else(|| genre.code().to_owned());
    let coche = if suivi.refuse_au_depart() { suivi.saisi("requis").is_some() } else { requis };
    let types = TypeChamp::TOUS
        .into_iter()
        .filter(|genre| pour.offre(*genre))
        .map(|genre| {
            view! {
                <option value=genre.code() selected=genre.code() == choisi>
                    {genre.libelle()}
                </option>
            }
        })
        .collect_view();
    view! {
        <AlerteFormulaire suivi sans_champs=true/>
        <ResumeErreur suivi champs=libelles(pour)/>
        <PageDuFormulaire/>
        <p class="fr-text--sm">{service::OBLIGATOIRES}</p>
        <ChampLigne libelle=champ_libelle valeur=libelle vider suivi/>
        <div class="fr-select-group">
            <label class="fr-label" for=champ_genre.id>{champ_genre.texte}</label>
            <select class="fr-select" id=champ_genre.id name=champ_genre.champ.nom()>
                {types}
            </select>
        </div>
        <ChampBloc libelle=champ_options valeur=options lignes=4 vider suivi/>
        <ChampBloc libelle=champ_description valeur=description lignes=2 vider suivi/>
        {(pour == Pour::Usagers).then(|| requis_ou_non(coche))}
        <p><BoutonEnvoyer texte=bouton suivi/></p>
    }
}

fn requis_ou_non(coche: bool) -> impl IntoView {
    view! {
        <div class="fr-checkbox-group fr-mb-4w">
            <input type="checkbox" id="requis" name="requis" value="oui" checked=coche/>
            <label class="fr-label" for="requis">"Champ obligatoire"</label>
        </div>
    }
}
