//! « Messagerie », for the usager.

use crate::api::usager::messagerie::{EcrireUsager, messagerie_usager};
use crate::components::messagerie::fil::{ChampsMessage, ENVOYE, Fil, faits, messages_montres};
use crate::components::rendez_vous::a_choisir::CreneauAChoisir;
use crate::depart::Depart;
use crate::formulaire::saisie::Fait;
use crate::formulaire::suivi::Suivi;
use crate::page::adresse;
use crate::page::contexte::lire;
use crate::page::lecture::Lecture;
use crate::page::titre::TitresOnglet;
use domain::cle::CleDeFormulaire;
use domain::ids::DossierNumero;
use domain::sujet::Sujet;
use domain::vues::Messagerie;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

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
            faits
            vue=move |lue| {
                view! {
                    <TitresOnglet texte="Messagerie" numero/>
                    <CreneauAChoisir messagerie=lue/>
                    <p>{presentation(lue.with_untracked(|lue| lue.invite))}</p>
                    <Fil messagerie=lue actions=|_| ().into_any()/>
                    <Ecrire numero cle=lue.with_untracked(|lue| lue.cle.clone())/>
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
fn Ecrire(numero: DossierNumero, cle: CleDeFormulaire) -> impl IntoView {
    let suivi = Suivi::servi::<EcrireUsager>();
    view! {
        <div class="rdv-ecrire">
            <form method="post" action=EcrireUsager::url() enctype="multipart/form-data">
                <ChampsMessage dossier=numero cle suivi/>
            </form>
            <Fait action=EcrireUsager::url() phrase=ENVOYE/>
        </div>
    }
}
