//! A dossier's card.

use crate::api::usager::dossiers::{RestaurerDossier, SupprimerDossier};
use crate::components::badge::{Badges, Pastille};
use crate::components::rendez_vous::usager::{
    InvitationRendezVous, adresse_de_la_proposition, annulation, rappel, sans_reponse,
};
use crate::components::texte::numero_espace;
use crate::formulaire::modale::AConfirmer;
use crate::formulaire::panneau::Deroulant;
use crate::formulaire::suivi::{PageDuFormulaire, Suivi};
use domain::chemin::Chemin;
use domain::dossier::{EtatDossier, Tag};
use domain::francais;
use domain::ids::DossierNumero;
use domain::vues::{CarteBrouillon, CarteDossier};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::components::A;

/// What can be done with a card: where the last of each stands.
#[derive(Clone, Copy)]
pub struct Gestes {
    /// The deletion.
    pub supprimer: Suivi,
    /// The restoring.
    pub restaurer: Suivi,
}

impl Gestes {
    /// As the page says it.
    pub fn servis() -> Self {
        Self {
            supprimer: Suivi::servi::<SupprimerDossier>(),
            restaurer: Suivi::servi::<RestaurerDossier>(),
        }
    }
}

/// The dossier, and what to know of its rendez-vous.
#[component]
pub fn CarteDuDossier(
    /// What to show.
    #[prop(into)]
    carte: Signal<CarteDossier>,
    /// What can be done.
    gestes: Gestes,
) -> impl IntoView {
    let (numero, supprime) = carte.with_untracked(|carte| (carte.numero, carte.supprime_le));
    let titre = move || carte.with(|carte| carte.demarche.clone());
    let titre = if supprime.is_some() {
        view! { {titre} }.into_any()
    } else {
        view! { <A href=Chemin::Dossier(numero).to_string()>{titre}</A> }.into_any()
    };
    let supprime_le = supprime.map(|le| {
        view! { <li>"Supprimé le " {francais::date_courte(le.date())}</li> }
    });
    let invite = carte.with_untracked(|carte| carte.invite).then(|| {
        view! { <li>"Vous êtes invité(e) à le modifier"</li> }
    });
    let pied = if supprime.is_some() {
        restaurer(numero).into_any()
    } else {
        view! {
            {move || carte.with(nouveau_message)}
            {move || carte.with(attention)}
            {move || carte.with(|carte| actions(carte, gestes))}
        }
        .into_any()
    };
    view! {
        <li class="rdv-carte" id=format!("carte-{numero}")>
            <div class="rdv-carte__entete">
                <h3 class="fr-h6 fr-mb-0">{titre}</h3>
                {move || carte.with(|carte| view! { <Badges etat=carte.etat tag=carte.tag correction=carte.correction/> })}
            </div>
            <ul class="rdv-carte__faits">
                <li>
                    <span class="fr-icon-user-line fr-icon--sm" aria-hidden="true"></span>
                    <span class="fr-sr-only">"Demandeur\u{a0}:\u{a0}"</span>
                    {move || carte.with(|carte| carte.demandeur.clone())}
                </li>
                <li>
                    <span class="fr-icon-calendar-line fr-icon--sm" aria-hidden="true"></span>
                    "Déposé le "
                    {move || carte.with(|carte| francais::date_courte(carte.depose_le.date()))}
                </li>
                <li>"dossier N°\u{a0}" {numero_espace(numero.0)}</li>
                {supprime_le}
                {invite}
            </ul>
            {pied}
        </li>
    }
}

/// « Nouveau message », until it is read.
fn nouveau_message(carte: &CarteDossier) -> impl IntoView + use<> {
    let numero = carte.numero;
    carte.nouveau_message.then(|| {
        view! {
            <p class="fr-mb-0 fr-mt-1w">
                <A href=Chemin::Messagerie(numero).to_string()>
                    "Nouveau message"
                    <span class="fr-sr-only">{format!(" dans le dossier n°\u{a0}{numero}")}</span>
                </A>
                <Pastille texte="non lu"/>
            </p>
        }
    })
}

/// What the person should not miss.
fn attention(carte: &CarteDossier) -> AnyView {
    match (carte.tag, &carte.rendez_vous) {
        _ if carte.invite => ().into_any(),
        (Some(Tag::RdvPropose), _) => {
            let messagerie = adresse_de_la_proposition(carte.numero, carte.proposition);
            view! { <InvitationRendezVous messagerie/> }.into_any()
        }
        (Some(Tag::RdvPris), Some(rdv)) => rappel(carte.numero, rdv).into_any(),
        // What came last: it was to replace what was cancelled.
        (tag, rdv) => match (carte.sans_reponse, tag, rdv) {
            (Some(le), ..) => sans_reponse(carte.numero, le).into_any(),
            (None, Some(Tag::RdvAnnule), Some(rdv)) => annulation(carte.numero, rdv).into_any(),
            _ => ().into_any(),
        },
    }
}

/// « Actions ▾ ».
fn actions(carte: &CarteDossier, gestes: Gestes) -> impl IntoView + use<> {
    let numero = carte.numero;
    let en_construction = carte.etat == EtatDossier::EnConstruction;
    let modifier = en_construction.then(|| {
        view! { <li><A href=Chemin::Modifier(numero).to_string()>"Modifier le dossier"</A></li> }
    });
    let autre = carte.autre.map(|demarche| {
        view! { <li><A href=Chemin::Commencer(demarche).to_string()>"Commencer un autre dossier"</A></li> }
    });
    let supprimer = (en_construction && !carte.invite && carte.tag != Some(Tag::RdvPris))
        .then(|| view! { <li><Supprimer numero gestes/></li> });
    let nom = view! {
        "Actions" <span class="fr-sr-only">" sur le dossier n°\u{a0}" {numero.to_string()}</span>
    };
    view! {
        <div class="rdv-carte__menu">
            <Deroulant
                id=format!("actions-{numero}")
                classe="fr-btn--secondary fr-btn--sm fr-icon-arrow-down-s-line fr-btn--icon-right"
                bouton=nom.into_any()
                menu=true
            >
                <li><A href=Chemin::Dossier(numero).to_string()>"Consulter le dossier"</A></li>
                {modifier}
                <li>
                    <A href=Chemin::Messagerie(numero).to_string()>"Contacter l'administration"</A>
                </li>
                {autre}
                {supprimer}
            </Deroulant>
        </div>
    }
}

#[component]
fn Supprimer(numero: DossierNumero, gestes: Gestes) -> impl IntoView {
    let formulaire = move |dedans: AnyView| {
        view! {
            <form method="post" action=SupprimerDossier::url()>
                <PageDuFormulaire/>
                <input type="hidden" name="dossier" value=numero.to_string()/>
                {dedans}
            </form>
        }
        .into_any()
    };
    view! {
        <AConfirmer
            id=format!("supprimer-{numero}")
            classe="rdv-menu-deroulant__bouton"
            bouton="Supprimer le dossier"
            titre=format!("Supprimer le dossier n°\u{a0}{numero}\u{a0}?")
            explication="L'administration ne l'examinera plus. Vous pourrez le restaurer pendant trente jours."
            confirmer="Supprimer le dossier"
            suivi=gestes.supprimer
            formulaire
        />
    }
}

fn restaurer(numero: DossierNumero) -> impl IntoView {
    view! {
        <form method="post" action=RestaurerDossier::url()>
            <PageDuFormulaire/>
            <input type="hidden" name="dossier" value=numero.to_string()/>
            <button
                class="fr-btn fr-btn--secondary fr-btn--sm"
                type="submit"
                title=format!("Restaurer le dossier n°\u{a0}{numero}")
            >
                "Restaurer"
            </button>
        </form>
    }
}

/// A draft.
#[component]
pub fn CarteDuBrouillon(
    /// What to show.
    brouillon: Signal<CarteBrouillon>,
) -> impl IntoView {
    let (numero, invite) = brouillon.with_untracked(|b| (b.numero, b.invite));
    let pied = if invite {
        "Vous êtes invité(e) à le remplir. La personne qui l'a commencé le déposera."
    } else {
        "Ce dossier n'a pas encore été déposé\u{a0}: l'administration ne le voit pas."
    };
    view! {
        <li class="rdv-carte" id=format!("brouillon-{numero}")>
            <div class="rdv-carte__entete">
                <h3 class="fr-h6 fr-mb-0">
                    <A href=Chemin::Brouillon(numero).to_string()>
                        {move || brouillon.with(|b| b.demarche.clone())}
                    </A>
                </h3>
                <span class="fr-badge fr-badge--sm">"brouillon"</span>
            </div>
            <ul class="rdv-carte__faits">
                <li>
                    "Modifié le "
                    {move || brouillon.with(|b| francais::date_courte(b.modifie_le.date()))}
                </li>
                <li>"dossier N°\u{a0}" {numero_espace(numero.0)}</li>
            </ul>
            <p class="fr-mb-0">{pied}</p>
        </li>
    }
}
