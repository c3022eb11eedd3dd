//! « Messagerie », for the usager.

use crate::api::usager::messagerie::{EcrireUsager, messagerie_usager};
use crate::components::messagerie::fil::{
    ChampsMessage, ENVOYE, Fil, difference, messages_montres,
};
use crate::components::rendez_vous::a_choisir::CreneauAChoisir;
use crate::depart::Depart;
use crate::formulaire::saisie::Confirmation;
use crate::formulaire::suivi::Suivi;
use crate::page::adresse;
use crate::page::contexte::lire;
use crate::page::lecture::Lecture;
use crate::page::titre::TitresOnglet;
use domain::cle::CleDeFormulaire;
use domain::ids::DossierNumero;
use domain::sujet::Sujet;
use domain::vues::Messagerie;
use leptos::form::ActionForm;
use leptos::prelude::*;

/// The thread, and the form to write.
#[component]
pub fn MessagerieUsager() -> impl IntoView {
    let numero = adresse::numero::<DossierNumero>();
    move || numero.get().map(|numero| view! { <LaMessagerie numero/> })
}

#[component]
fn LaMessagerie(numero: DossierNumero) -> impl IntoView {
    let montres = messages_montres();
    let messagerie = lire(
        move || montres.get(),
        move |(montres, depuis)| messagerie_usager(numero, montres, depuis),
    );
    view! {
        <Lecture
            ressource=messagerie
            muet=true
            sujets=move |_: &Messagerie, _: &Depart| vec![Sujet::Dossier(numero)]
            difference
            vue=move |lue| {
                view! {
                    <TitresOnglet texte="Messagerie" numero/>
                    <CreneauAChoisir messagerie=lue/>
                    <p>{presentation(lue.with_untracked(|lue| lue.invite))}</p>
                    <Fil messagerie=lue actions=|_| ().into_any()/>
                    <Ecrire
                        numero
                        cle=lue.with_untracked(|lue| lue.cle.clone())
                        relire=Callback::new(move |()| messagerie.refetch())
                    />
                }
                    .into_any()
            }
        />
    }
}

const fn presentation(invite: bool) -> &'static str {
    if invite {
        "La messagerie permet de contacter l'instructeur en charge du dossier. Vous y écrivez en votre nom\u{a0}: votre adresse électronique s'affiche avec vos messages."
    } else {
        "La messagerie vous permet de contacter l'instructeur en charge de votre dossier."
    }
}

#[component]
fn Ecrire(numero: DossierNumero, cle: CleDeFormulaire, relire: Callback<()>) -> impl IntoView {
    let action = ServerAction::<EcrireUsager>::new();
    let suivi = Suivi::nouveau(action);
    view! {
        <div class="rdv-ecrire">
            <ActionForm
                action
                attr:enctype="multipart/form-data"
                on:submit:capture=move |ev| suivi.avant_envoi(&ev)
            >
                <ChampsMessage dossier=numero cle suivi/>
            </ActionForm>
            <Confirmation suivi phrase=ENVOYE relire/>
        </div>
    }
}
