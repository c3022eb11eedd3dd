//! The tile « Service ».

use crate::api::administrateur::presentation::{EnregistrerService, service as lire_service};
use crate::depart::Depart;
use crate::formulaire::conflit::{self, Conflit};
use crate::formulaire::saisie::{ChampBloc, ChampLigne, Confirmation, Libelle, ResumeErreur};
use crate::formulaire::suivi::{AlerteFormulaire, BoutonEnvoyer, PageDuFormulaire, Suivi};
use crate::page::adresse::de_la_demarche;
use crate::page::contexte::lire;
use crate::page::lecture::Lecture;
use crate::page::service;
use crate::pages::administrateur::cadre::{Cadre, Retour};
use domain::ids::DemarcheNumero;
use domain::sujet::Sujet;
use domain::vues::Service;
use domain::{Champ, version};
use leptos::form::ActionForm;
use leptos::prelude::*;

const CHAMPS: [Libelle; 5] = [
    Libelle::new(Champ::ServiceNom, "service_nom", "Nom du service\u{a0}*")
        .indice("Tel qu'il signe les emails. Plusieurs lignes sont possibles."),
    Libelle::new(Champ::ServiceAdresse, "service_adresse", "Adresse postale")
        .remplissage("street-address"),
    Libelle::new(Champ::ServiceTelephone, "service_telephone", "Téléphone")
        .indice("Exemple\u{a0}: 01\u{a0}23\u{a0}45\u{a0}67\u{a0}89")
        .remplissage("tel"),
    Libelle::new(Champ::ServiceEmail, "service_email", "Adresse électronique")
        .indice("Format attendu\u{a0}: nom@domaine.fr")
        .remplissage("email"),
    Libelle::new(Champ::ServiceHoraires, "service_horaires", "Horaires")
        .indice("Exemple\u{a0}: du lundi au vendredi, de 9h00 à 12h00"),
];

/// The service in charge of a démarche.
#[component]
pub fn ServiceDemarche() -> impl IntoView {
    de_la_demarche(|numero| view! { <Ecran numero/> }.into_any())
}

#[component]
fn Ecran(numero: DemarcheNumero) -> impl IntoView {
    let lu = lire(|| (), move |()| lire_service(numero));
    let relire = Callback::new(move |()| lu.refetch());
    view! {
        <Lecture
            ressource=lu
            sujets=move |_: &Service, _: &Depart| vec![Sujet::Demarche(numero)]
            vue=move |lu| view! { <Formulaire lu relire/> }.into_any()
        />
    }
}

#[component]
fn Formulaire(lu: Signal<Service>, relire: Callback<()>) -> impl IntoView {
    let action = ServerAction::<EnregistrerService>::new();
    let suivi = Suivi::nouveau(action);
    let actuelle = Signal::derive(move || lu.with(|l| version::de(&textes(l))));
    let version = conflit::version(action, suivi, actuelle, relire);
    let valeurs = Signal::derive(move || {
        lu.with(|l| CHAMPS.iter().map(|c| c.texte).zip(textes(l).map(str::to_owned)).collect())
    });
    let lu = lu.get_untracked();
    let numero = lu.numero;
    let [nom, adresse, telephone, email, horaires] = CHAMPS;
    view! {
        <Cadre numero titre=lu.titre ici="Service">
            <p>
                "Le service signe les emails envoyés aux usagers\u{a0}; ses coordonnées figurent sous chacun d'eux."
            </p>
            <ActionForm action on:submit:capture=move |ev| suivi.avant_envoi(&ev)>
                <AlerteFormulaire suivi sans_champs=true/>
                <ResumeErreur suivi champs=&CHAMPS/>
                <Confirmation suivi phrase="Le service est enregistré." relire/>
                <Conflit suivi version valeurs/>
                <PageDuFormulaire/>
                <input type="hidden" name="demarche" value=numero.to_string()/>
                <p class="fr-text--sm">{service::OBLIGATOIRES}</p>
                <ChampBloc libelle=nom valeur=lu.nom lignes=2 suivi/>
                <ChampBloc libelle=adresse valeur=lu.adresse lignes=3 suivi/>
                <ChampLigne libelle=telephone valeur=lu.telephone suivi/>
                <ChampLigne libelle=email valeur=lu.email suivi/>
                <ChampBloc libelle=horaires valeur=lu.horaires lignes=2 suivi/>
                <div class="rdv-boutons">
                    <Retour numero annuler=true/>
                    <BoutonEnvoyer texte="Enregistrer" suivi/>
                </div>
            </ActionForm>
        </Cadre>
    }
}

/// What the form shows, in its order.
fn textes(service: &Service) -> [&str; 5] {
    [&service.nom, &service.adresse, &service.telephone, &service.email, &service.horaires]
}
