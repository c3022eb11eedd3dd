//! The tags of a dossier: its état, its rendez-vous, and the orange dot.

use super::virgule::Virgule;
use domain::avis::EtatAvis;
use domain::correction::EtatCorrection;
use domain::dossier::{EtatDossier, SANS_REPONSE, Tag};
use domain::rendez_vous::Situation;
use leptos::prelude::*;

/// EN CONSTRUCTION, EN INSTRUCTION…
#[component]
fn BadgeEtat(
    /// Where the dossier stands.
    etat: EtatDossier,
) -> impl IntoView {
    let classe = match etat {
        EtatDossier::EnConstruction => "fr-badge fr-badge--sm fr-badge--purple-glycine",
        EtatDossier::EnInstruction => "fr-badge fr-badge--sm fr-badge--new",
        EtatDossier::Accepte => "fr-badge fr-badge--sm fr-badge--success fr-badge--no-icon",
        EtatDossier::Refuse | EtatDossier::SansSuite => {
            "fr-badge fr-badge--sm fr-badge--warning fr-badge--no-icon"
        }
    };
    view! { <span class=classe>{etat.libelle()}</span> }
}

/// RDV PROPOSÉ, RDV PRIS, RDV ANNULÉ.
#[component]
pub fn BadgeTag(
    /// What to say of the rendez-vous of the dossier.
    tag: Tag,
) -> impl IntoView {
    let classe = match tag {
        Tag::RdvPropose => "fr-badge fr-badge--sm fr-badge--warning",
        Tag::RdvPris => "fr-badge fr-badge--sm fr-badge--success",
        Tag::RdvAnnule => "fr-badge fr-badge--sm fr-badge--error",
    };
    view! { <span class=classe>{tag.libelle()}</span> }
}

/// À CORRIGER, CORRIGÉ.
#[component]
pub fn BadgeCorrection(
    /// Where the request for corrections stands.
    correction: EtatCorrection,
) -> impl IntoView {
    let classe = match correction {
        EtatCorrection::Demandee => "fr-badge fr-badge--sm fr-badge--warning",
        _ => "fr-badge fr-badge--sm fr-badge--success",
    };
    correction.badge().map(|texte| view! { <span class=classe>{texte}</span> })
}

/// EN ATTENTE, RENDU, RÉVOQUÉ.
#[component]
pub fn BadgeAvis(
    /// Where the request for an opinion stands.
    etat: EtatAvis,
) -> impl IntoView {
    let classe = match etat {
        EtatAvis::EnAttente => "fr-badge fr-badge--sm fr-badge--info",
        EtatAvis::Rendu | EtatAvis::Clos => "fr-badge fr-badge--sm fr-badge--success",
        EtatAvis::Revoque => "fr-badge fr-badge--sm",
    };
    view! { <span class=classe>{etat.libelle()}</span> }
}

/// The état of a dossier and its tags, side by side.
#[component]
pub fn Badges(
    /// Where the dossier stands.
    etat: EtatDossier,
    /// The tag of its rendez-vous.
    tag: Option<Tag>,
    /// Its latest request for corrections.
    #[prop(optional_no_strip)]
    correction: Option<EtatCorrection>,
    /// Whether nobody answered its proposition in time.
    #[prop(optional)]
    sans_reponse: bool,
) -> impl IntoView {
    let sans_reponse = sans_reponse.then(|| {
        view! { <Virgule/> <span class="fr-badge fr-badge--sm">{SANS_REPONSE}</span> }
    });
    view! {
        <span class="rdv-badges">
            <BadgeEtat etat/>
            {correction.map(|correction| view! { <Virgule/> <BadgeCorrection correction/> })}
            {tag.map(|tag| view! { <Virgule/> <BadgeTag tag/> })}
            {sans_reponse}
        </span>
    }
}

/// What became of a rendez-vous that is over or cancelled.
#[component]
pub fn BadgeSituation(
    /// What it means now.
    situation: Situation,
) -> impl IntoView {
    let (classe, texte) = match situation {
        Situation::Prevu => ("fr-badge fr-badge--sm", "passé"),
        Situation::Honore => ("fr-badge fr-badge--sm fr-badge--success", situation.libelle()),
        Situation::Absence => ("fr-badge fr-badge--sm fr-badge--warning", situation.libelle()),
        Situation::AnnuleParUsager | Situation::AnnuleParService => {
            ("fr-badge fr-badge--sm fr-badge--error", situation.libelle())
        }
    };
    view! { <span class=classe>{texte}</span> }
}

/// The orange dot of what has not been seen yet.
#[component]
pub fn Pastille(
    /// What it says to those who do not see it.
    #[prop(into, default = "nouveau rendez-vous".to_owned())]
    texte: String,
) -> impl IntoView {
    view! {
        <span class="rdv-pastille" title=texte.clone()></span>
        <span class="fr-sr-only">" ("{texte}")"</span>
    }
}
