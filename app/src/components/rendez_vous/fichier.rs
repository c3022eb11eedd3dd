//! « Ajouter à mon agenda (.ics) ».

use super::phrases::{Lecteur, quand};
use domain::chemin::Chemin;
use domain::ids::DossierNumero;
use domain::vues::RendezVousVue;
use leptos::prelude::*;

/// What the link says.
pub const AJOUTER: &str = "Ajouter à mon agenda (.ics)";

/// The link to the file of a rendez-vous where somebody is expected, and why it may be there already.
pub fn ajouter(
    rdv: &RendezVousVue,
    numero: DossierNumero,
    lecteur: Lecteur,
) -> Option<impl IntoView + use<>> {
    let lien = lien(rdv, numero, lecteur)?;
    let source = match lecteur {
        Lecteur::Usager => {
            "Vous l'avez peut-être déjà reçu par email de RDV Service Public\u{a0}: inutile alors de l'ajouter."
        }
        Lecteur::Instructeur => {
            "RDV Service Public envoie aussi ce rendez-vous à l'agent qui le tient."
        }
    };
    Some(view! {
        <p class="fr-mb-0">{lien}</p>
        <p class="fr-hint-text">{source}</p>
    })
}

/// The link alone.
pub fn lien(
    rdv: &RendezVousVue,
    numero: DossierNumero,
    lecteur: Lecteur,
) -> Option<impl IntoView + use<>> {
    let adresse = match lecteur {
        Lecteur::Usager => Chemin::FichierRdv(numero, rdv.id).to_string(),
        Lecteur::Instructeur => Chemin::FichierRdvSuivi(numero, rdv.id).to_string(),
    };
    let precision = format!("\u{a0}: rendez-vous du {}", quand(rdv));
    (rdv.fichier && rdv.a_venir).then(|| vers(adresse, precision))
}

/// A link to such a file. `precision`: what tells it from the others of the page.
pub fn vers(adresse: String, precision: String) -> impl IntoView {
    view! {
        <a
            class="fr-link fr-icon-calendar-line fr-link--icon-left"
            href=adresse
            rel="external"
        >
            {AJOUTER} <span class="fr-sr-only">{precision}</span>
        </a>
    }
}
