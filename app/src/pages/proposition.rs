//! The page that the personal link of a proposition opens: what is proposed, then the rendez-vous. Without an account, for
//! somebody whose dossier belongs to another platform.

use crate::api::proposition::page_proposition;
use crate::components::badge::BadgeSituation;
use crate::components::lien::LienExterne;
use crate::components::rendez_vous::fichier;
use crate::components::rendez_vous::phrases::{Lecteur, details, quand};
use crate::depart::Depart;
use crate::page::contexte::lire;
use crate::page::lecture::Lecture;
use crate::page::titre::{TitreFenetre, TitrePage};
use domain::chemin::Chemin;
use domain::francais;
use domain::rendez_vous::Situation;
use domain::vues::{EtatDuLien, PageProposition, RendezVousVue};
use leptos::prelude::*;
use leptos_meta::Meta;
use leptos_router::hooks::use_params_map;

/// A proposition, for whoever holds its link.
#[component]
pub fn PropositionParLien() -> impl IntoView {
    let parametres = use_params_map();
    let secret = Memo::new(move |_| parametres.read().get("secret").unwrap_or_default());
    move || view! { <LaProposition secret=secret.get()/> }
}

#[component]
fn LaProposition(secret: String) -> impl IntoView {
    let lue = {
        let secret = secret.clone();
        lire(|| (), move |()| page_proposition(secret.clone()))
    };
    view! {
        <Meta name="robots" content="noindex, nofollow"/>
        <Lecture
            ressource=lue
            // Nobody without an account watches a dossier.
            sujets=|_: &PageProposition, _: &Depart| Vec::new()
            vue=move |lue| {
                let secret = secret.clone();
                let lue = lue.get_untracked();
                view! { <Contenu secret lue/> }.into_any()
            }
        />
    }
}

#[component]
fn Contenu(secret: String, lue: PageProposition) -> impl IntoView {
    let PageProposition { numero, titre, service, etat, a_venir, passes, .. } = lue.clone();
    let titre_page =
        if a_venir.is_empty() { "Un rendez-vous pour votre dossier" } else { "Votre rendez-vous" };
    let actualiser = Chemin::Proposition(&secret).to_string();
    view! {
        <TitreFenetre parties=vec![titre_page.to_owned(), format!("Dossier n°\u{a0}{numero}")]/>
        <div class="fr-pt-4w">
            <TitrePage>{titre_page}</TitrePage>
        </div>
        <p class="fr-text--lead fr-mb-1w rdv-cesure">
            "Dossier n°\u{a0}" {numero.to_string()} " – " {titre}
        </p>
        <p class="rdv-texte">{service}</p>
        {ou_en_est(&lue, &etat)}
        {prochains(&secret, &a_venir)}
        {a_choisir(&lue, etat)}
        {anciens(&passes)}
        <p class="fr-mt-4w">
            <a class="fr-link fr-icon-refresh-line fr-link--icon-left" href=actualiser rel="external">
                "Actualiser cette page"
            </a>
        </p>
        <p class="fr-hint-text">
            "Cette page est la vôtre\u{a0}: qui a son adresse voit votre rendez-vous. Ne la transmettez à personne. Pour écrire au service, répondez dans la messagerie de votre dossier."
        </p>
    }
}

/// What became of the proposition, when there is no slot to choose nor anybody expected.
fn ou_en_est(lue: &PageProposition, etat: &EtatDuLien) -> Option<impl IntoView + use<>> {
    let jour = francais::date(lue.proposee_le.date());
    let (classe, phrase) = match etat {
        _ if !lue.a_venir.is_empty() => return None,
        EtatDuLien::AChoisir { .. } => return None,
        EtatDuLien::Prise => {
            ("fr-alert--info", "Votre rendez-vous a eu lieu ou est passé.".to_owned())
        }
        EtatDuLien::Annulee => annulation(lue.passes.first()),
        EtatDuLien::Retiree => (
            "fr-alert--info",
            format!(
                "La proposition de rendez-vous du {jour} a été retirée\u{a0}: vous n'avez plus à choisir de créneau."
            ),
        ),
        EtatDuLien::Expiree => (
            "fr-alert--info",
            format!(
                "La proposition de rendez-vous du {jour} a expiré\u{a0}: aucun créneau n'a été choisi. Si vous souhaitez toujours un rendez-vous, demandez-le dans la messagerie de votre dossier."
            ),
        ),
    };
    Some(view! {
        <div class=format!("fr-alert {classe} fr-alert--sm fr-mb-3w")>
            <p>{phrase}</p>
        </div>
    })
}

fn annulation(rdv: Option<&RendezVousVue>) -> (&'static str, String) {
    const SUITE: &str = "Le service peut vous en proposer un nouveau.";
    match rdv {
        Some(rdv) if rdv.situation == Situation::AnnuleParService => (
            "fr-alert--warning",
            format!("Le service a annulé votre rendez-vous du {}. {SUITE}", quand(rdv)),
        ),
        Some(rdv) => (
            "fr-alert--info",
            format!("Vous avez annulé votre rendez-vous du {}. {SUITE}", quand(rdv)),
        ),
        None => ("fr-alert--info", format!("Ce rendez-vous est annulé. {SUITE}")),
    }
}

/// « Choisir un créneau », with who proposes and what they wrote.
fn a_choisir(lue: &PageProposition, etat: EtatDuLien) -> Option<impl IntoView + use<>> {
    let EtatDuLien::AChoisir { lien, personnel } = etat else { return None };
    let (par, mot) = (lue.par.clone(), lue.mot.clone());
    let jour = francais::date(lue.proposee_le.date());
    let mot = (!mot.is_empty()).then(|| {
        view! {
            <div class="rdv-message fr-mb-3w">
                <p class="rdv-message__auteur rdv-cesure"><strong>{par.clone()}</strong></p>
                <p class="rdv-texte">{mot}</p>
            </div>
        }
    });
    let site = crate::components::lien::nom_du_site(&lien);
    let page = lien.starts_with("https://") || lien.starts_with("http://");
    let bouton = page.then(|| {
        view! {
            <p>
                <LienExterne href=lien texte="Choisir un créneau" class="fr-btn"/>
            </p>
        }
    });
    let reserve = personnel.then(|| {
        view! {
            <p class="fr-hint-text">
                "Ce lien vous est personnel\u{a0}: ne le transmettez à personne."
            </p>
        }
    });
    Some(view! {
        {mot}
        <div class="fr-callout rdv-a-choisir">
            <h2 class="fr-callout__title">"Un rendez-vous vous est proposé"</h2>
            <p>
                <span class="rdv-cesure">{par}</span>
                " vous a proposé le " {jour}
                " un rendez-vous en visioconférence, par téléphone ou en personne, selon les créneaux ouverts."
            </p>
            {bouton}
            <p class="fr-hint-text">
                "Les créneaux sont sur " {site}
                ". Une fois le vôtre choisi, revenez sur cette page\u{a0}: le rendez-vous y sera affiché."
            </p>
            {reserve}
        </div>
    })
}

/// Those where somebody is expected, each with what can be done about it.
fn prochains(secret: &str, liste: &[RendezVousVue]) -> Option<impl IntoView + use<>> {
    if liste.is_empty() {
        return None;
    }
    let cartes = liste
        .iter()
        .map(|rdv| {
            let fichier = rdv.fichier.then(|| {
                let adresse = Chemin::FichierProposition(secret, rdv.id).to_string();
                let precision = format!("\u{a0}: rendez-vous du {}", quand(rdv));
                view! { <p>{fichier::vers(adresse, precision)}</p> }
            });
            let changer = (!rdv.infos.is_empty()).then(|| {
                view! {
                    <p>
                        <LienExterne
                            href=rdv.infos.clone()
                            texte="Déplacer ou annuler ce rendez-vous"
                            class="fr-link"
                        />
                    </p>
                }
            });
            let sans_infos = RendezVousVue { infos: String::new(), ..rdv.clone() };
            view! {
                <li class="rdv-carte" id=format!("rdv-{}", rdv.id)>
                    {details(&sans_infos, Lecteur::Usager)}
                    {changer}
                    {fichier}
                </li>
            }
        })
        .collect_view();
    let titre = if liste.len() == 1 {
        "Votre prochain rendez-vous\u{a0}:"
    } else {
        "Vos prochains rendez-vous\u{a0}:"
    };
    Some(view! {
        <h2 class="fr-h4">{titre}</h2>
        <ul class="rdv-cartes">{cartes}</ul>
    })
}

fn anciens(liste: &[RendezVousVue]) -> Option<impl IntoView + use<>> {
    if liste.is_empty() {
        return None;
    }
    let cartes = liste
        .iter()
        .map(|rdv| {
            let situation = rdv.situation;
            let sans_infos = RendezVousVue { infos: String::new(), ..rdv.clone() };
            view! {
                <li class="rdv-carte" id=format!("rdv-{}", rdv.id)>
                    <p><BadgeSituation situation/></p>
                    {details(&sans_infos, Lecteur::Usager)}
                </li>
            }
        })
        .collect_view();
    Some(view! {
        <h2 class="fr-h4 fr-mt-4w">"Rendez-vous passés ou annulés"</h2>
        <ul class="rdv-cartes">{cartes}</ul>
    })
}
