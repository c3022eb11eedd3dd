//! The tags: état of a dossier, its rendez-vous, the role of the person, and the orange dot.

use domain::avis::EtatAvis;
use domain::correction::EtatCorrection;
use domain::dossier::{EtatDossier, SANS_REPONSE, Tag};
use domain::publication::Publication;
use domain::raccordement::EtatRaccordement;
use domain::rendez_vous::Situation;
use domain::role::Role;
use leptos::prelude::*;

/// EN CONSTRUCTION, EN INSTRUCTION…
#[component]
pub fn BadgeEtat(
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

/// Keeps apart, for those who hear them, two things that only their place keeps apart on the screen.
#[component]
pub fn Virgule() -> impl IntoView {
    view! { <span class="fr-sr-only">", "</span> }
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

/// CONNEXION ACTIVE, CONNEXION ROMPUE, SYNCHRONISATION ARRÊTÉE.
#[component]
pub fn BadgeRaccordement(
    /// Where it stands.
    etat: EtatRaccordement,
) -> impl IntoView {
    let classe = match etat {
        EtatRaccordement::Actif => "fr-badge fr-badge--sm fr-badge--success",
        EtatRaccordement::Rompu => "fr-badge fr-badge--sm fr-badge--error",
        EtatRaccordement::Arrete => "fr-badge fr-badge--sm",
    };
    view! { <span class=classe>{etat.libelle()}</span> }
}

/// ACTIVÉ or DÉSACTIVÉ, on a tile.
#[component]
pub fn BadgeActivation(
    /// Whether it is switched on.
    active: bool,
) -> impl IntoView {
    view! { <BadgeTuile fait=active texte=if active { "activé" } else { "désactivé" }/> }
}

/// VALIDÉ, À CONFIGURER…, on a tile.
#[component]
pub fn BadgeTuile(
    /// Whether nothing is left to be done.
    fait: bool,
    /// What it says.
    texte: &'static str,
) -> impl IntoView {
    let classe = if fait {
        "fr-badge fr-badge--sm fr-badge--success fr-badge--no-icon"
    } else {
        "fr-badge fr-badge--sm"
    };
    view! { <span class=classe>{texte}</span> }
}

/// PUBLIÉE, CLOSE, NON PUBLIÉE.
#[component]
pub fn BadgePublication(
    /// Whether the démarche takes dossiers.
    publication: Publication,
) -> impl IntoView {
    let (classe, texte) = match publication {
        Publication::Publiee(_) => ("fr-badge fr-badge--sm fr-badge--success", "publiée"),
        Publication::Close(_) => ("fr-badge fr-badge--sm fr-badge--warning", "close"),
        Publication::Brouillon => ("fr-badge fr-badge--sm", "non publiée"),
    };
    view! { <span class=classe>{texte}</span> }
}

/// USAGER, INSTRUCTEUR, ADMINISTRATEUR.
#[component]
pub fn BadgeRole(
    /// The side of the product that is shown.
    role: Role,
) -> impl IntoView {
    view! { <span class="fr-badge fr-badge--sm fr-badge--blue-ecume">{nom_du_role(role)}</span> }
}

/// « instructeur ».
pub const fn nom_du_role(role: Role) -> &'static str {
    match role {
        Role::Usager => "usager",
        Role::Instructeur => "instructeur",
        Role::Administrateur => "administrateur",
    }
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
