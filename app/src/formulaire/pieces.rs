//! Files of a form: to choose them, to take them away.

use super::suivi::{MessageErreur, Suivi};
use crate::components::pieces::lien;
use domain::fichier;
use domain::vues::PieceVue;
use domain::{Champ, francais};
use leptos::prelude::*;

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
                <li id=format!("jointe-{}", piece.id)>
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

/// The field to choose files, in a form of type `multipart/form-data`.
#[component]
pub fn ChampPieces(
    /// Its id in the page.
    id: &'static str,
    /// What it is called.
    libelle: &'static str,
    /// The form.
    suivi: Suivi,
) -> impl IntoView {
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
            />
            <MessageErreur id=id_erreur erreur/>
        </div>
    }
}
