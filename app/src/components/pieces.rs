//! Files: to choose them, to download them.

use crate::formulaire::suivi::{MessageErreur, Suivi};
use domain::fichier::{self, Format};
use domain::vues::PieceVue;
use domain::{Champ, francais};
use leptos::html;
use leptos::prelude::*;

/// Links to files; nothing when there are none.
pub fn pieces(pieces: &[PieceVue]) -> Option<impl IntoView + use<>> {
    let liens = pieces.iter().map(|piece| view! { <li>{lien(piece)}</li> }).collect_view();
    (!pieces.is_empty()).then(|| view! { <ul class="rdv-pieces">{liens}</ul> })
}

/// Where the files of a page are, when that is not where those of people with an account are.
#[derive(Clone)]
pub struct DossierDesPieces(pub String);

/// « Statuts.pdf  PDF – 320 ko ».
pub fn lien(piece: &PieceVue) -> impl IntoView + use<> {
    let ou = use_context::<DossierDesPieces>().map(|DossierDesPieces(ou)| ou);
    let ou = ou.unwrap_or_else(|| "/pieces-jointes".to_owned());
    let detail = format!("{} – {}", nom_court(piece.format), francais::taille(piece.taille));
    view! {
        <a
            class="fr-link fr-link--download"
            href=format!("{ou}/{}", piece.id)
            rel="external"
            download
        >
            {piece.nom.clone()}
            <span class="fr-link__detail">{detail}</span>
        </a>
    }
}

fn nom_court(format: Format) -> String {
    format.extensions()[0].to_uppercase()
}

/// What is sent when a file is to be taken away.
pub fn nom_du_retrait(piece: &PieceVue) -> String {
    format!("retirer[{}]", piece.id)
}

/// The files that a form has already, each with a box to take it away; nothing when there are none.
pub fn deja_joints(pieces: &[PieceVue], retire: impl Fn(&PieceVue) -> bool) -> Option<AnyView> {
    let deja = pieces
        .iter()
        .map(|piece| {
            let id = format!("retirer-{}", piece.id);
            let libelle = format!("Retirer «\u{a0}{}\u{a0}»", piece.nom);
            view! {
                <li>
                    {lien(piece)}
                    <div class="fr-checkbox-group fr-checkbox-group--sm">
                        <input
                            type="checkbox"
                            id=id.clone()
                            name=nom_du_retrait(piece)
                            value="on"
                            checked=retire(piece)
                        />
                        <label class="fr-label" for=id>{libelle}</label>
                    </div>
                </li>
            }
        })
        .collect_view();
    (!pieces.is_empty()).then(|| view! { <ul class="rdv-pieces">{deja}</ul> }.into_any())
}

/// « Taille maximale : 10 Mo par fichier. Formats acceptés : … ».
pub fn indice() -> String {
    format!(
        "{} fichiers au plus, {} par fichier. Formats acceptés\u{a0}: {}.",
        fichier::NOMBRE_MAX,
        francais::taille(fichier::TAILLE_MAX),
        fichier::formats_acceptes()
    )
}

/// The field to choose files, in a form of type `multipart/form-data` that is posted without WASM as soon as
/// files were chosen.
#[component]
pub fn ChampPieces(
    /// Its id in the page.
    id: &'static str,
    /// What it is called.
    libelle: &'static str,
    /// The form.
    suivi: Suivi,
) -> impl IntoView {
    let noeud = NodeRef::<html::Input>::new();
    suivi.focus_si_refuse(Champ::Pieces, noeud);
    let erreur = suivi.sur(Champ::Pieces);
    let id_erreur = format!("{id}-erreur");
    let decrit_par = {
        let id_erreur = id_erreur.clone();
        move || erreur.with(Option::is_some).then(|| id_erreur.clone())
    };
    view! {
        <div
            class="fr-upload-group fr-mb-3w"
            class:fr-upload-group--error=move || erreur.with(Option::is_some)
        >
            <label class="fr-label" for=id>
                {libelle}
                <span class="fr-hint-text">{indice()}</span>
            </label>
            <input
                class="fr-upload"
                type="file"
                multiple
                id=id
                name=Champ::Pieces.nom()
                accept=fichier::extensions_acceptees()
                aria-invalid=move || erreur.with(Option::is_some).then_some("true")
                aria-describedby=decrit_par
                node_ref=noeud
            />
            <MessageErreur id=id_erreur erreur/>
        </div>
    }
}
