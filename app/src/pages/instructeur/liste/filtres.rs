//! Searching and filtering: a form whose answer is an address.

use super::adresse::adresse;
use super::telecharger::Telecharger;
use domain::chemin::Chemin;
use domain::dossier::{self, EtatDossier, Tag};
use domain::ids::GroupeId;
use domain::liste::{self, Filtres, PROPOSE_DEPUIS_MAX, code_tag, tags_de_correction};
use domain::vues::DemarcheInstructeur;
use leptos::prelude::*;

/// The search, the filters, and what brings notifications up.
#[component]
pub fn Filtrer(
    /// The list.
    demarche: Signal<DemarcheInstructeur>,
) -> impl IntoView {
    let filtres = Memo::new(move |_| demarche.with(|d| d.filtres.clone()));
    let groupes = Memo::new(move |_| demarche.with(|d| d.groupes.clone()));
    // Made anew only when the address changes: what is being typed is not lost by a live update.
    move || formulaire(demarche, &filtres.get(), groupes.get())
}

fn formulaire(
    demarche: Signal<DemarcheInstructeur>,
    filtres: &Filtres,
    groupes: Vec<(GroupeId, String)>,
) -> impl IntoView + use<> {
    let gardes = filtres
        .champs()
        .into_iter()
        .filter(|(nom, _)| matches!(*nom, "onglet" | "tri" | "ordre" | "notifications"))
        .map(|(nom, valeur)| view! { <input type="hidden" name=nom value=valeur data-va-avec=""/> })
        .collect_view();
    let numero = demarche.with_untracked(|d| d.numero);
    let deplie = filtres.actifs()
        && *filtres
            != Filtres {
                recherche: filtres.recherche.clone(),
                ..filtres.vers_onglet(filtres.onglet)
            };
    let effacer = filtres.actifs().then(|| {
        view! {
            <a class="fr-btn fr-btn--tertiary-no-outline fr-btn--sm" href=adresse(demarche, &filtres.vers_onglet(filtres.onglet))>
                "Effacer la recherche et les filtres"
            </a>
        }
    });
    view! {
        <form
            class="rdv-recherche"
            method="get"
            role="search"
            action=Chemin::DemarcheSuivie(numero).to_string()
        >
            {gardes}
            <div class="rdv-recherche__ligne">
                <div class="fr-search-bar rdv-recherche__recherche">
                    <label class="fr-label" for="recherche">
                        "Rechercher un dossier (numéro, nom ou adresse électronique)"
                    </label>
                    <input
                        class="fr-input"
                        type="search"
                        id="recherche"
                        name="q"
                        maxlength="100"
                        placeholder="N°, nom ou adresse électronique"
                        value=filtres.recherche.clone()
                    />
                    <button class="fr-btn" type="submit" title="Rechercher">
                        "Rechercher"
                    </button>
                </div>
                <details class="rdv-deplier" open=deplie>
                    <summary class="fr-btn fr-btn--tertiary fr-btn--sm fr-icon-arrow-down-s-line fr-btn--icon-right">
                        "Sélectionner un filtre"
                    </summary>
                    {champs(filtres, groupes)}
                </details>
                {notifications(demarche, filtres)}
                {effacer}
                <Telecharger demarche/>
            </div>
        </form>
    }
}

fn champs(filtres: &Filtres, groupes: Vec<(GroupeId, String)>) -> impl IntoView + use<> {
    let statuts = EtatDossier::TOUS.map(|etat| {
        (etat.code().to_owned(), etat.libelle().to_owned(), filtres.statut == Some(etat))
    });
    let tags = [Tag::RdvPropose, Tag::RdvPris, Tag::RdvAnnule]
        .map(|tag| (code_tag(tag).to_owned(), tag.libelle().to_owned(), filtres.tag == Some(tag)));
    let sans_reponse =
        (liste::SANS_REPONSE.to_owned(), dossier::SANS_REPONSE.to_owned(), filtres.sans_reponse);
    let tags = tags.into_iter().chain([sans_reponse]).collect();
    let corrections = tags_de_correction().map(|(etat, code, texte)| {
        (code.to_owned(), texte.to_owned(), filtres.correction == Some(etat))
    });
    let groupe = (groupes.len() > 1).then(|| {
        let choix = groupes
            .into_iter()
            .map(|(id, nom)| (id.to_string(), nom, filtres.groupe == Some(id)))
            .collect();
        liste("groupe", "Groupe", "Tous les groupes", choix)
    });
    view! {
        <div class="rdv-recherche__champs">
            {liste("statut", "Statut", "Tous les statuts", statuts.into())}
            {liste("tag", "Rendez-vous", "Avec ou sans", tags)}
            {propose_depuis(filtres.propose_depuis)}
            {liste("correction", "Correction", "Avec ou sans", corrections.into())}
            {groupe}
            {jour("du", "Déposés à partir du", filtres.du.map(|jour| jour.to_string()))}
            {jour("au", "Déposés jusqu'au", filtres.au.map(|jour| jour.to_string()))}
            <button class="fr-btn fr-btn--secondary" type="submit">
                "Filtrer"
            </button>
        </div>
    }
}

fn liste(
    nom: &'static str,
    libelle: &'static str,
    tous: &'static str,
    choix: Vec<(String, String, bool)>,
) -> impl IntoView {
    let id = format!("filtre-{nom}");
    let choix = choix
        .into_iter()
        .map(|(code, texte, choisi)| view! { <option value=code selected=choisi>{texte}</option> })
        .collect_view();
    view! {
        <div class="fr-select-group">
            <label class="fr-label" for=id.clone()>{libelle}</label>
            <select class="fr-select" id=id name=nom>
                <option value="">{tous}</option>
                {choix}
            </select>
        </div>
    }
}

fn jour(nom: &'static str, libelle: &'static str, valeur: Option<String>) -> impl IntoView {
    let id = format!("filtre-{nom}");
    view! {
        <div class="fr-input-group">
            <label class="fr-label" for=id.clone()>{libelle}</label>
            <input class="fr-input" type="date" id=id name=nom value=valeur/>
        </div>
    }
}

/// « RDV proposé depuis plus de … jours ».
fn propose_depuis(jours: Option<u16>) -> impl IntoView {
    view! {
        <div class="fr-input-group">
            <label class="fr-label" for="filtre-propose-depuis">
                "RDV proposé depuis plus de … jours"
            </label>
            <input
                class="fr-input"
                type="number"
                id="filtre-propose-depuis"
                name="propose-depuis"
                min="0"
                max=PROPOSE_DEPUIS_MAX.to_string()
                step="1"
                inputmode="numeric"
                value=jours.map(|jours| jours.to_string())
            />
        </div>
    }
}

/// « Remonter les dossiers avec une notification ».
fn notifications(
    demarche: Signal<DemarcheInstructeur>,
    filtres: &Filtres,
) -> impl IntoView + use<> {
    let (texte, classe) = if filtres.notifications {
        (
            "Ne plus remonter les dossiers avec une notification",
            "fr-btn fr-btn--tertiary fr-btn--sm fr-btn--icon-left fr-icon-arrow-down-line",
        )
    } else {
        (
            "Remonter les dossiers avec une notification",
            "fr-btn fr-btn--tertiary fr-btn--sm fr-btn--icon-left fr-icon-arrow-up-line",
        )
    };
    let autre = Filtres { notifications: !filtres.notifications, ..filtres.debut() };
    view! {
        <a class=classe href=adresse(demarche, &autre)>
            {texte}
        </a>
    }
}
