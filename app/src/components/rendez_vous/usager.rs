//! What an usager is told of their rendez-vous.

use super::fichier;
use super::phrases::{Lecteur, REJOINDRE, appel, pendant, quand};
use crate::components::lien::LienExterne;
use chrono::NaiveDateTime;
use domain::chemin::{Chemin, au_message};
use domain::francais;
use domain::ids::{DossierNumero, MessageId};
use domain::rendez_vous::{Genre, Situation};
use domain::vues::RendezVousVue;
use leptos::prelude::*;

/// « Vous avez rendez-vous avec un instructeur… », on the usager's card.
pub fn rappel(numero: DossierNumero, rdv: &RendezVousVue) -> impl IntoView + use<> {
    let suite = match (rdv.genre, rdv.visio.clone()) {
        (Genre::Visio, Some(lien)) => {
            view! { "\u{a0}: " <LienExterne href=lien texte=REJOINDRE/> }.into_any()
        }
        (Genre::Visio, None) => "\u{a0}: le lien vous sera communiqué par le service".into_any(),
        (Genre::Telephone, _) => format!("\u{a0}: {}", appel(rdv)).into_any(),
        (Genre::SurPlace | Genre::Domicile, _) if rdv.adresse.is_empty() => ().into_any(),
        (Genre::SurPlace | Genre::Domicile, _) => {
            format!("\u{a0}: {}", rdv.adresse.join(", ")).into_any()
        }
    };
    view! {
        <div class="fr-alert fr-alert--info fr-alert--sm">
            <p>
                "Vous avez rendez-vous avec un instructeur " {rdv.genre.comment()} " le "
                <strong>{quand(rdv)}</strong> " " {pendant(rdv)} {suite}
            </p>
            {fichier::lien(rdv, numero, Lecteur::Usager).map(|lien| view! { <p>{lien}</p> })}
        </div>
    }
}

/// Who cancelled the rendez-vous of a dossier, and what can be done next. What the person did is no bad news for them.
pub fn annulation(numero: DossierNumero, rdv: &RendezVousVue) -> impl IntoView + use<> {
    let (quand, comment) = (quand(rdv), rdv.genre.comment());
    let (classe, phrase) = if rdv.situation == Situation::AnnuleParUsager {
        (
            "fr-alert fr-alert--info fr-alert--sm",
            format!("Vous avez annulé votre rendez-vous {comment} du {quand}."),
        )
    } else {
        (
            "fr-alert fr-alert--warning fr-alert--sm",
            format!("Le service a annulé votre rendez-vous {comment} du {quand}."),
        )
    };
    view! {
        <div class=classe>
            <p>
                {phrase} " Un instructeur peut vous en proposer un nouveau. "
                <a href=format!("{}#message", Chemin::Messagerie(numero))>"Écrire à l'instructeur"</a>
            </p>
        </div>
    }
}

/// That a proposition made on `le` was not answered in time, and what can be done next.
pub fn sans_reponse(numero: DossierNumero, le: NaiveDateTime) -> impl IntoView + use<> {
    view! {
        <div class="fr-alert fr-alert--info fr-alert--sm">
            <p>
                {format!(
                    "La proposition de rendez-vous du {} a expiré\u{a0}: aucun créneau n'a été choisi. Si vous souhaitez toujours un rendez-vous, demandez-le à l'instructeur. ",
                    francais::date(le.date()),
                )}
                <a href=format!("{}#message", Chemin::Messagerie(numero))>"Écrire à l'instructeur"</a>
            </p>
        </div>
    }
}

/// The messagerie of a dossier, at the message that proposes a rendez-vous when there is one.
pub fn adresse_de_la_proposition(numero: DossierNumero, proposition: Option<MessageId>) -> String {
    let messagerie = Chemin::Messagerie(numero).to_string();
    proposition.map_or(messagerie.clone(), |id| au_message(&messagerie, id))
}

/// « Vous êtes invité(e) à prendre un rendez-vous… ».
#[component]
pub fn InvitationRendezVous(
    /// Address of the messagerie, or of the message in it.
    messagerie: String,
) -> impl IntoView {
    view! {
        <div class="fr-alert fr-alert--warning fr-alert--sm">
            <p>
                "Vous êtes invité(e) à prendre un rendez-vous avec un instructeur. Consultez sa proposition dans la "
                <a href=messagerie>"messagerie"</a> "."
            </p>
        </div>
    }
}
