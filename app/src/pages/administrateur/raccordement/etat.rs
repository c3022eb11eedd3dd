//! Where the synchronisation stands, and stopping it or going on.

use crate::api::administrateur::raccordement::{ArreterRaccordement, ReprendreRaccordement};
use crate::components::badge::BadgeRaccordement;
use crate::formulaire::saisie::Confirmation;
use crate::formulaire::suivi::{AlerteFormulaire, PageDuFormulaire, Suivi};
use crate::pages::administrateur::notifications::quand;
use domain::francais;
use domain::ids::DemarcheNumero;
use domain::raccordement::EtatRaccordement;
use domain::vues::{Progression, Raccordement};
use leptos::form::ActionForm;
use leptos::prelude::*;

/// The état, the last synchronisation, how far the first one is.
#[component]
pub fn Etat(
    /// The raccordement.
    lu: Signal<Raccordement>,
) -> impl IntoView {
    let etat = Memo::new(move |_| lu.with(|l| l.etat));
    let badge = move || view! { <BadgeRaccordement etat=etat.get()/> };
    view! {
        <h2 class="fr-h4">"Synchronisation"</h2>
        <p class="fr-mb-2w">{badge}</p>
        {move || lu.with(rompue)}
        {move || lu.with(|l| l.premiere.map(progression))}
        <p class="fr-mb-1w">{move || lu.with(derniere)}</p>
        <p>{move || lu.with(trouves)}</p>
    }
}

/// Why it is broken and what to do, or what the last round met.
fn rompue(lu: &Raccordement) -> Option<impl IntoView + use<>> {
    let raison = lu.raison.as_ref()?.to_string();
    Some(if lu.etat == EtatRaccordement::Rompu {
        let depuis = lu.rompu_le.map(|le| format!("Depuis le {}. ", quand(le)));
        view! {
            <div class="fr-alert fr-alert--error fr-mb-3w">
                <h3 class="fr-alert__title">"La connexion est rompue"</h3>
                <p>
                    {depuis} {raison}
                    " Ce qui devait être envoyé partira quand elle sera rétablie."
                </p>
            </div>
        }
        .into_any()
    } else {
        view! {
            <div class="fr-alert fr-alert--warning fr-alert--sm fr-mb-3w">
                <p>{raison} " Un nouvel essai sera fait dans quelques minutes."</p>
            </div>
        }
        .into_any()
    })
}

/// How far the first synchronisation is; without a total, how many were read.
fn progression(premiere: Progression) -> impl IntoView {
    let Progression { lus, total, minutes } = premiere;
    let lus_dits = match lus {
        0 => "La première synchronisation va commencer.".to_owned(),
        1 => "Première synchronisation\u{a0}: 1 dossier lu.".to_owned(),
        n => format!(
            "Première synchronisation\u{a0}: {} dossiers lus.",
            francais::nombre(as_usize(n))
        ),
    };
    let phrase = match (lus, total) {
        (0, _) | (_, None) => lus_dits,
        (_, Some(total)) => format!(
            "Première synchronisation\u{a0}: {} dossiers lus sur {}.",
            francais::nombre(as_usize(lus)),
            francais::nombre(as_usize(total))
        ),
    };
    let reste = minutes
        .filter(|minutes| *minutes > 0)
        .map(|minutes| format!(" Temps restant\u{a0}: environ {}.", duree(minutes)));
    let barre = total.filter(|total| *total > 0).map(|total| {
        view! {
            <progress
                class="rdv-progression"
                max=total.to_string()
                value=lus.min(total).to_string()
                aria-label="Première synchronisation"
            ></progress>
        }
    });
    view! { <p class="fr-mb-1w">{phrase} {reste}</p> {barre} }
}

fn as_usize(nombre: u64) -> usize {
    usize::try_from(nombre).unwrap_or(usize::MAX)
}

fn duree(minutes: u64) -> String {
    match (minutes / 60, minutes % 60) {
        (0, 1) => "1 minute".to_owned(),
        (0, minutes) => format!("{minutes} minutes"),
        (heures, minutes) => format!("{heures}\u{a0}h\u{a0}{minutes:02}"),
    }
}

fn derniere(lu: &Raccordement) -> String {
    lu.synchronise_le.map_or_else(
        || "Aucune synchronisation n'est encore terminée.".to_owned(),
        |le| format!("Dernière synchronisation terminée le {}.", quand(le)),
    )
}

fn trouves(lu: &Raccordement) -> String {
    let groupes = match lu.groupes {
        0 => {
            return "Les groupes d'instructeurs seront lus à la prochaine synchronisation."
                .to_owned();
        }
        1 => "1 groupe".to_owned(),
        n => format!("{n} groupes"),
    };
    let instructeurs = match lu.instructeurs {
        0 => "aucun instructeur".to_owned(),
        1 => "1 instructeur".to_owned(),
        n => format!("{n} instructeurs"),
    };
    format!("{groupes}, {instructeurs}. Ils se gèrent dans Démarches Simplifiées.")
}

/// « Arrêter la synchronisation », « Reprendre la synchronisation ».
#[component]
pub fn MarcheArret(
    /// The démarche.
    numero: DemarcheNumero,
    /// Its raccordement.
    lu: Signal<Raccordement>,
    /// Reads it again.
    relire: Callback<()>,
) -> impl IntoView {
    let (arreter, reprendre) =
        (ServerAction::<ArreterRaccordement>::new(), ServerAction::<ReprendreRaccordement>::new());
    let (arret, reprise) = (Suivi::nouveau(arreter), Suivi::nouveau(reprendre));
    let arrete = Memo::new(move |_| lu.with(|l| l.etat == EtatRaccordement::Arrete));
    let formulaire = move || {
        if arrete.get() {
            view! {
                <ActionForm action=reprendre on:submit:capture=move |ev| reprise.avant_envoi(&ev)>
                    <PageDuFormulaire/>
                    <input type="hidden" name="demarche" value=numero.to_string()/>
                    <button class="fr-btn fr-btn--secondary fr-btn--sm" type="submit">
                        "Reprendre la synchronisation"
                    </button>
                </ActionForm>
            }
            .into_any()
        } else {
            view! {
                <ActionForm action=arreter on:submit:capture=move |ev| arret.avant_envoi(&ev)>
                    <PageDuFormulaire/>
                    <input type="hidden" name="demarche" value=numero.to_string()/>
                    <button class="fr-btn fr-btn--secondary fr-btn--sm" type="submit">
                        "Arrêter la synchronisation"
                    </button>
                </ActionForm>
            }
            .into_any()
        }
    };
    view! {
        <AlerteFormulaire suivi=arret/>
        <AlerteFormulaire suivi=reprise/>
        <Confirmation
            suivi=arret
            phrase="La synchronisation est arrêtée. Les dossiers déjà lus restent consultables."
            relire
        />
        <Confirmation suivi=reprise phrase="La synchronisation reprend où elle en était." relire/>
        {formulaire}
    }
}
