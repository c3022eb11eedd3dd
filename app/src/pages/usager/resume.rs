//! « Résumé ».

use super::dossier::EnteteDuDossier;
use crate::api::session::Depart;
use crate::api::usager::resume;
use crate::components::decision::decision;
use crate::components::lecture::Lecture;
use crate::components::message::Message;
use crate::components::rendez_vous::{InvitationRendezVous, Lecteur, details};
use crate::components::titre::TitresOnglet;
use crate::contexte::lire;
use crate::pages::adresse;
use domain::dossier::{EtatDossier, Tag};
use domain::ids::DossierNumero;
use domain::sujet::Sujet;
use domain::vues::{Entete, Resume};
use leptos::prelude::*;

/// Where the dossier stands, its next rendez-vous, its last message.
#[component]
pub fn ResumeUsager() -> impl IntoView {
    let numero = adresse::numero::<DossierNumero>();
    move || numero.get().map(|numero| view! { <LeResume numero/> })
}

#[component]
fn LeResume(numero: DossierNumero) -> impl IntoView {
    let lu = lire(|| (), move |()| resume(numero));
    let entete = use_context::<EnteteDuDossier>();
    view! {
        {entete
            .map(|EnteteDuDossier(entete)| {
                view! {
                    <Lecture
                        ressource=entete
                        muet=true
                        sujets=|_: &Entete, _: &Depart| Vec::new()
                        vue=move |entete| {
                            view! {
                                <TitresOnglet texte="Résumé" numero/>
                                <Avancement entete/>
                            }
                            .into_any()
                        }
                    />
                }
            })}
        <Lecture
            ressource=lu
            muet=true
            sujets=move |_: &Resume, _: &Depart| vec![Sujet::Dossier(numero)]
            vue=|resume| view! { <Dernieres resume/> }.into_any()
        />
    }
}

/// « en construction ▶ en instruction ▶ terminé », and what it means.
#[component]
fn Avancement(entete: Signal<Entete>) -> impl IntoView {
    let numero = entete.with_untracked(|e| e.numero);
    let messagerie = format!("/dossiers/{numero}/messagerie");
    let invitation = {
        let messagerie = messagerie.clone();
        move || {
            (entete.with(|e| e.tag) == Some(Tag::RdvPropose)).then(|| {
                view! {
                    <div class="fr-mb-3w">
                        <InvitationRendezVous messagerie=messagerie.clone()/>
                    </div>
                }
            })
        }
    };
    view! {
        {invitation}
        {move || etapes(entete.with(|e| e.etat))}
        {move || phrase(entete.with(|e| e.etat))}
        {move || entete.with(|e| e.decision.clone()).map(decision)}
        <p>
            "Vous avez une question\u{a0}? Utilisez la messagerie pour "
            <a href=messagerie.clone()>"contacter l'administration directement"</a> "."
        </p>
    }
}

fn etapes(etat: EtatDossier) -> impl IntoView {
    let ici = match etat {
        EtatDossier::EnConstruction => 0,
        EtatDossier::EnInstruction => 1,
        EtatDossier::Accepte | EtatDossier::Refuse | EtatDossier::SansSuite => 2,
    };
    let etapes = ["en construction", "en instruction", "terminé"]
        .into_iter()
        .enumerate()
        .map(|(rang, nom)| {
            view! {
                <li class="rdv-etapes__etape" aria-current=(rang == ici).then_some("step")>
                    {nom}
                    {(rang < ici).then(|| view! { <span class="fr-sr-only">" (étape passée)"</span> })}
                    {(rang == ici)
                        .then(|| view! { <span class="fr-sr-only">" (étape actuelle)"</span> })}
                </li>
            }
        })
        .collect_view();
    view! { <ol class="rdv-etapes" aria-label="Avancement du dossier">{etapes}</ol> }
}

fn phrase(etat: EtatDossier) -> AnyView {
    match etat {
        EtatDossier::EnConstruction => view! {
            <p>
                "Votre dossier est en construction. Cela signifie que "
                <strong>"vous pouvez encore le modifier"</strong>
                ". Vous ne pourrez plus modifier votre dossier lorsque l'administration le passera «\u{a0}en instruction\u{a0}»."
            </p>
        }
        .into_any(),
        EtatDossier::EnInstruction => view! {
            <p>
                "Votre dossier est en instruction. Cela signifie que l'administration l'examine\u{a0}: "
                <strong>"vous ne pouvez plus le modifier"</strong> "."
            </p>
        }
        .into_any(),
        EtatDossier::Accepte => view! { <p>"Votre dossier a été accepté."</p> }.into_any(),
        EtatDossier::Refuse => view! { <p>"Votre dossier a été refusé."</p> }.into_any(),
        EtatDossier::SansSuite => {
            view! { <p>"Votre dossier a été classé sans suite."</p> }.into_any()
        }
    }
}

/// The next rendez-vous and the last message.
#[component]
fn Dernieres(resume: Signal<Resume>) -> impl IntoView {
    let rendez_vous = move || {
        resume.with(|resume| resume.rendez_vous.clone()).map(|rdv| {
            view! {
                <h3 class="fr-h5">"Votre prochain rendez-vous"</h3>
                <div class="rdv-carte fr-mb-4w">
                    {details(&rdv, Lecteur::Usager)}
                </div>
            }
        })
    };
    let annee = Signal::derive(move || resume.with(|resume| resume.annee));
    let message = move || {
        resume.with(|resume| resume.dernier_message.clone()).map(|message| {
            view! {
                <h3 class="fr-h5">"Dernier message"</h3>
                <Message message=Signal::stored(message) annee/>
            }
        })
    };
    view! {
        {rendez_vous}
        {message}
    }
}
