//! The tile « Consultations »: who looked at which dossier.

use crate::api::administrateur::demarche::consultations;
use crate::components::pagination::Pagination;
use crate::depart::Depart;
use crate::page::adresse::{self, de_la_demarche};
use crate::page::contexte::lire;
use crate::page::lecture::Lecture;
use crate::page::liste::Liste;
use crate::pages::administrateur::cadre::{Cadre, Retour};
use domain::chemin::{self, Chemin};
use domain::francais;
use domain::ids::DemarcheNumero;
use domain::rendez_vous::Horaire;
use domain::vues::{ConsultationVue, Consultations, FiltresConsultations};
use leptos::prelude::*;
use leptos_router::location::Url;

/// Who looked at the dossiers of a démarche.
#[component]
pub fn ConsultationsDemarche() -> impl IntoView {
    de_la_demarche(|numero| view! { <Ecran numero/> }.into_any())
}

#[component]
fn Ecran(numero: DemarcheNumero) -> impl IntoView {
    let (page, dossier) = (adresse::page(), adresse::texte("dossier"));
    let personne = adresse::texte("personne");
    let filtres = move || FiltresConsultations { dossier: dossier.get(), personne: personne.get() };
    let lu = lire(
        move || (filtres(), page.get()),
        move |(filtres, page)| consultations(numero, filtres, page),
    );
    view! {
        <Lecture
            ressource=lu
            sujets=|_: &Consultations, _: &Depart| Vec::new()
            vue=move |lu| view! { <Contenu lu/> }.into_any()
        />
    }
}

/// The address of the list that `filtres` leave.
fn adresse_de(chemin: &Chemin<'_>, filtres: &FiltresConsultations) -> String {
    let FiltresConsultations { dossier, personne } = filtres;
    format!("{chemin}?dossier={}&personne={}", Url::escape(dossier), Url::escape(personne))
}

#[component]
fn Contenu(lu: Signal<Consultations>) -> impl IntoView {
    let (numero, titre) = lu.with_untracked(|l| (l.numero, l.titre.clone()));
    let ecran = Chemin::Ecran(numero, chemin::Ecran::Consultations);
    let vide = move || {
        lu.with(|l| l.lignes.total == 0).then(|| view! { <p>"Aucune consultation à montrer."</p> })
    };
    let tableau = move || lu.with(|l| adresse_de(&Chemin::ConsultationsCsv(numero), &l.filtres));
    let pages = move || {
        let adresse = lu.with(|l| adresse_de(&ecran, &l.filtres));
        let pages = Signal::derive(move || lu.with(|l| (l.lignes.numero, l.lignes.pages)));
        view! { <Pagination adresse pages/> }
    };
    view! {
        <Cadre numero titre ici="Consultations">
            <p>
                "Chaque fois qu'un instructeur ouvre un dossier, l'imprime, le télécharge ou en télécharge un fichier, une ligne est écrite ici, une par quart d'heure pour la même chose. Elles sont conservées un an, ne peuvent pas être modifiées et chacune porte l'empreinte de la précédente. Les listes et leurs exports en tableau n'y sont pas."
            </p>
            {move || lu.with(|l| view! { <Recherche ecran filtres=l.filtres.clone()/> })}
            {vide}
            <ol class="rdv-historique">
                <Liste
                    elements=Signal::derive(move || lu.with(|l| l.lignes.elements.clone()))
                    cle=|ligne: &ConsultationVue| ligne.id
                    vue=ligne
                />
            </ol>
            {pages}
            <p class="fr-mt-4w">
                <a class="fr-link fr-link--download" href=tableau rel="external" download>
                    "Télécharger ces lignes"
                    <span class="fr-link__detail">"CSV"</span>
                </a>
            </p>
            <p class="fr-mt-4w"><Retour numero/></p>
        </Cadre>
    }
}

/// A plain form, whose answer has an address.
#[component]
fn Recherche(ecran: Chemin<'static>, filtres: FiltresConsultations) -> impl IntoView {
    view! {
        <form method="get" action=ecran.to_string() class="fr-mb-4w">
            <div class="fr-grid-row fr-grid-row--gutters">
                <div class="fr-col-12 fr-col-md-5">
                    <div class="fr-input-group">
                        <label class="fr-label" for="dossier">"Numéro du dossier"</label>
                        <input
                            class="fr-input"
                            id="dossier"
                            name="dossier"
                            inputmode="numeric"
                            autocomplete="off"
                            value=filtres.dossier
                        />
                    </div>
                </div>
                <div class="fr-col-12 fr-col-md-5">
                    <div class="fr-input-group">
                        <label class="fr-label" for="personne">"Adresse électronique de la personne"</label>
                        <input
                            class="fr-input"
                            id="personne"
                            name="personne"
                            inputmode="email"
                            autocomplete="off"
                            value=filtres.personne
                        />
                    </div>
                </div>
            </div>
            <button class="fr-btn fr-btn--secondary fr-mt-2w" type="submit">"Filtrer"</button>
        </form>
    }
}

fn ligne(ligne: Signal<ConsultationVue>) -> AnyView {
    let ConsultationVue { le, qui, dossier, acte, .. } = ligne.get_untracked();
    let quand = francais::date_heure(&Horaire { local: le, fuseau: None });
    view! {
        <li>
            <p class="fr-text--bold fr-mb-0 rdv-historique__action">
                {dossier.map(|dossier| format!("Dossier n°\u{a0}{dossier}\u{a0}: "))} {acte}
            </p>
            <p class="fr-text--sm fr-mb-0 rdv-cesure">"Le " {quand} ", " {qui}</p>
        </li>
    }
    .into_any()
}
