//! « Imprimer » and « Télécharger », in the header of a dossier.

use crate::formulaire::panneau::Deroulant;
use domain::chemin::Chemin;
use domain::francais;
use domain::ids::DossierNumero;
use domain::vues::PiecesDuDossier;
use leptos::prelude::*;
use leptos_router::components::A;

/// Where the dossier and its files are downloaded.
pub fn adresse_archive(numero: DossierNumero) -> String {
    Chemin::DossierSuiviZip(numero).to_string()
}

/// « 12,4 Mo », of all the files that are downloaded with the dossier.
pub fn taille_totale(pieces: &PiecesDuDossier) -> String {
    francais::taille(pieces.pieces.iter().map(|piece| piece.piece.taille).sum())
}

/// What can be taken away from the dossier.
#[component]
pub fn ImprimerTelecharger(
    /// The dossier.
    numero: DossierNumero,
) -> impl IntoView {
    view! {
        <div class="rdv-entete-dossier__outils">
            <A
                href=Chemin::Imprimer(numero).to_string()
                attr:class="fr-btn fr-btn--tertiary fr-btn--sm fr-btn--icon-right fr-icon-printer-line"
            >
                "Imprimer"
            </A>
            <Deroulant
                id="telecharger"
                classe="fr-btn--tertiary fr-btn--sm fr-btn--icon-right fr-icon-download-line"
                bouton="Télécharger".into_any()
                menu=true
            >
                <li>
                    <a
                        href=Chemin::DossierSuiviPdf(numero).to_string()
                        rel="external"
                        download
                    >
                        "Dossier (PDF)"
                    </a>
                </li>
                <li>
                    <a href=adresse_archive(numero) rel="external" download>
                        "Dossier, pièces jointes et avis externes (ZIP)"
                    </a>
                </li>
            </Deroulant>
        </div>
    }
}
