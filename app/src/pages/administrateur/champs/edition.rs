//! What the list of fields and the page of a field share: how they are called, the form of a field.

use crate::formulaire::saisie::{ChampBloc, ChampLigne, Libelle, ResumeErreur};
use crate::formulaire::suivi::{AlerteFormulaire, BoutonEnvoyer, PageDuFormulaire, Suivi};
use crate::page::service;
use domain::Champ;
use domain::champs::{DefinitionChamp, Pour, TypeChamp};
use leptos::prelude::*;

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
pub fn libelles(pour: Pour) -> &'static [Libelle; 4] {
    match pour {
        Pour::Usagers => &DE_L_USAGER,
        Pour::Administration => &DE_L_ADMINISTRATION,
    }
}

/// What the screen is called.
pub const fn titre(pour: Pour) -> &'static str {
    match pour {
        Pour::Usagers => "Champs du formulaire",
        Pour::Administration => "Annotations privées",
    }
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
