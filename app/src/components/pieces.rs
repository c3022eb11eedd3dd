//! Files to download.

use domain::fichier::{Analyse, Format};
use domain::francais;
use domain::vues::PieceVue;
use leptos::prelude::*;

/// Links to files; nothing when there are none.
pub fn pieces(pieces: &[PieceVue]) -> Option<impl IntoView + use<>> {
    let liens = pieces
        .iter()
        .map(|piece| view! { <li id=format!("piece-{}", piece.id)>{lien(piece)}</li> })
        .collect_view();
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
    if piece.analyse == Analyse::Infectee {
        return view! {
            <span>
                {piece.nom.clone()}
                <span class="fr-link__detail fr-message fr-message--error">
                    "Virus trouvé par l'antivirus\u{a0}: ce fichier ne peut pas être téléchargé"
                </span>
            </span>
        }
        .into_any();
    }
    let attend = (piece.analyse == Analyse::AVerifier).then_some(" – en cours d'analyse");
    view! {
        <a
            class="fr-link fr-link--download"
            href=format!("{ou}/{}", piece.id)
            rel="external"
            download
        >
            {piece.nom.clone()}
            <span class="fr-link__detail">{detail} {attend}</span>
        </a>
    }
    .into_any()
}

fn nom_court(format: Format) -> String {
    format.extensions()[0].to_uppercase()
}
