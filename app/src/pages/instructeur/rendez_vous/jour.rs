//! A day, to be read or printed.

use super::semaine::autres_periodes;
use crate::components::bouton_imprimer::BoutonImprimer;
use crate::components::rendez_vous::phrases::{Lecteur, details};
use domain::chemin::Chemin;
use domain::francais;
use domain::vues::{CarteRendezVous, RendezVousDemarche, VueRdv};
use leptos::prelude::*;
use leptos_router::components::A;

/// The rendez-vous of a day.
#[component]
pub fn EnJour(liste: Signal<RendezVousDemarche>) -> impl IntoView {
    let vide = move || liste.with(|l| l.a_venir.is_empty());
    view! {
        {move || liste.with(jour)}
        <div hidden=vide>
            <BoutonImprimer/>
        </div>
    }
}

fn jour(liste: &RendezVousDemarche) -> impl IntoView + use<> {
    let jour = liste.jour;
    let mut cartes: Vec<&CarteRendezVous> = liste.a_venir.iter().collect();
    cartes.sort_by_key(|carte| carte.rendez_vous.horaire.local);
    let vide = cartes.is_empty().then(|| view! { <p>"Aucun rendez-vous ce jour-là."</p> });
    let lignes = cartes.into_iter().map(ligne).collect_view();
    view! {
        <h2 class="fr-h4">"Rendez-vous du " {francais::date_longue(jour)}</h2>
        {autres_periodes(liste, VueRdv::Jour, jour, 1)}
        {vide}
        <ol class="rdv-jour">{lignes}</ol>
    }
}

fn ligne(carte: &CarteRendezVous) -> impl IntoView + use<> {
    let numero = carte.dossier;
    let rdv = &carte.rendez_vous;
    let avec = (!carte.avec.is_empty()).then(|| {
        let avec = carte.avec.join(", ");
        view! { <p class="rdv-cesure">"Avec " {avec}</p> }
    });
    view! {
        <li>
            <p class="fr-h5 fr-mb-0">{francais::heure_du(&rdv.horaire)}</p>
            <div>
                <h3 class="fr-h6 fr-mb-0">{carte.demandeur.clone()}</h3>
                <p>
                    <A href=Chemin::DossierSuivi(numero).to_string()>
                        "Dossier n°\u{a0}" {numero.to_string()}
                    </A>
                </p>
                {details(rdv, Lecteur::Instructeur)}
                {avec}
            </div>
        </li>
    }
}
