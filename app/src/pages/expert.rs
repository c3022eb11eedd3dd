//! The page that an expert's personal link opens: the question, the dossier, their opinion. Without an account.

use crate::api::expert::{RendreAvis, page_avis};
use crate::components::dossier::demande::ChampsDeLaDemande;
use crate::components::pieces::{DossierDesPieces, pieces};
use crate::depart::Depart;
use crate::formulaire::pieces::{ChampPieces, deja_joints, nom_du_retrait};
use crate::formulaire::saisie::{ChampBloc, Fait, Libelle};
use crate::formulaire::suivi::{AlerteFormulaire, BoutonEnvoyer, PageDuFormulaire, Suivi};
use crate::page::contexte::lire;
use crate::page::lecture::Lecture;
use crate::page::service;
use crate::page::titre::{TitreFenetre, TitrePage};
use domain::avis::EtatAvis;
use domain::chemin::Chemin;
use domain::vues::{AvisPartage, PageAvis, PieceVue};
use domain::{Champ, francais};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_meta::Meta;
use leptos_router::hooks::use_params_map;

const AVIS: Libelle = Libelle::new(Champ::Avis, "reponse", "Votre avis\u{a0}*")
    .indice("10\u{a0}000 caractères maximum");

/// The opinion that somebody is asked for.
#[component]
pub fn AvisDeLExpert() -> impl IntoView {
    let parametres = use_params_map();
    let jeton = Memo::new(move |_| parametres.read().get("jeton").unwrap_or_default());
    move || view! { <LAvis jeton=jeton.get()/> }
}

#[component]
fn LAvis(jeton: String) -> impl IntoView {
    provide_context(DossierDesPieces(format!("{}/pieces-jointes", Chemin::Avis(&jeton))));
    let lue = {
        let jeton = jeton.clone();
        lire(|| (), move |()| page_avis(jeton.clone()))
    };
    view! {
        <Meta name="robots" content="noindex, nofollow"/>
        <Lecture
            ressource=lue
            // Nobody without an account watches a dossier.
            sujets=|_: &PageAvis, _: &Depart| Vec::new()
            vue=move |lue| view! { <Contenu jeton lue/> }.into_any()
        />
    }
}

#[component]
fn Contenu(jeton: String, lue: Signal<PageAvis>) -> impl IntoView {
    let (numero, titre, service) =
        lue.with_untracked(|l| (l.numero, l.titre.clone(), l.service.clone()));
    let ouvert = Memo::new(move |_| lue.with(|l| l.etat != EtatAvis::Clos));
    let reponse = move || {
        if ouvert.get() {
            view! { <Repondre jeton=jeton.clone() lue/> }.into_any()
        } else {
            view! { <Clos lue/> }.into_any()
        }
    };
    let demande = move || {
        lue.with(|l| l.demande.clone()).map(|demande| {
            view! {
                <h2 class="fr-h4 fr-mt-6w">"Le dossier"</h2>
                <ChampsDeLaDemande demande=Signal::stored(demande)/>
            }
        })
    };
    view! {
        <TitreFenetre parties=vec![
            "Donner un avis".to_owned(),
            format!("Dossier n°\u{a0}{numero}"),
        ]/>
        <div class="fr-pt-4w">
            <TitrePage>"Votre avis sur le dossier n°\u{a0}" {numero.to_string()}</TitrePage>
        </div>
        <p class="fr-text--lead fr-mb-1w">{titre}</p>
        <p class="rdv-texte">{service}</p>
        <Question lue/>
        {reponse}
        {move || lue.with(|l| autres(&l.autres))}
        {demande}
    }
}

#[component]
fn Question(lue: Signal<PageAvis>) -> impl IntoView {
    let (par, question, fichiers) =
        lue.with_untracked(|l| (l.demande_par.clone(), l.question.clone(), pieces(&l.pieces)));
    view! {
        <h2 class="fr-h4">"La question posée"</h2>
        <div class="rdv-message">
            <p class="rdv-message__auteur rdv-cesure"><strong>{par}</strong></p>
            <p class="rdv-texte">{question}</p>
            {fichiers}
        </div>
    }
}

#[component]
fn Repondre(jeton: String, lue: Signal<PageAvis>) -> impl IntoView {
    let suivi = Suivi::servi::<RendreAvis>();
    let rendu = move || {
        lue.with(|l| l.rendu_le).map(|le| {
            let le = format!("{} à {}", francais::date(le.date()), francais::heure(le));
            view! {
                <p>
                    "Votre avis a été envoyé le " {le}
                    ". Vous pouvez le modifier jusqu'à ce que l'administration le prenne en compte."
                </p>
            }
        })
    };
    let partage = lue.with_untracked(|l| {
        if l.confidentiel {
            "Seuls les instructeurs du dossier liront votre avis et ses pièces jointes."
        } else {
            "Les instructeurs du dossier liront votre avis et ses pièces jointes, ainsi que les autres experts invités. L'usager ne les verra pas."
        }
    });
    let jour = lue.with_untracked(|l| francais::date(l.expire_le));
    let deja = Memo::new(move |_| lue.with(|l| l.etat.rendu()));
    let pieces_rendues = Memo::new(move |_| lue.with(|l| l.pieces_rendues.clone()));
    let jointes = move || {
        let retiree = |piece: &PieceVue| suivi.saisi(&nom_du_retrait(piece)).is_some();
        pieces_rendues.with(|pieces| deja_joints(pieces, retiree)).map(|jointes| {
            view! {
                <h3 class="fr-h6 fr-mb-1w">"Pièces jointes à votre avis"</h3>
                <div class="fr-mb-3w">{jointes}</div>
            }
        })
    };
    view! {
        <div class="rdv-etroit">
            <h2 class="fr-h4 fr-mt-4w">"Votre réponse"</h2>
            {rendu}
            <p>{partage} " Ce lien est valable jusqu'au " {jour} "."</p>
            <form method="post" action=RendreAvis::url() enctype="multipart/form-data">
                <AlerteFormulaire suivi sans_champs=true/>
                <Fait action=RendreAvis::url() phrase="Votre avis est envoyé."/>
                <p class="fr-text--sm">{service::OBLIGATOIRES}</p>
                <PageDuFormulaire/>
                // Before the files: they are received for whoever holds a link, and for nobody else.
                <input type="hidden" name="jeton" value=jeton/>
                <ChampBloc
                    libelle=AVIS
                    valeur=lue.with_untracked(|l| l.reponse.clone())
                    lignes=8
                    suivi
                />
                {jointes}
                <ChampPieces
                    id="avis-pieces"
                    libelle="Ajouter une ou plusieurs pièces jointes (facultatif)"
                    suivi
                />
                {move || {
                    let texte = if deja.get() { "Modifier mon avis" } else { "Envoyer mon avis" };
                    view! { <BoutonEnvoyer texte suivi/> }
                }}
            </form>
        </div>
    }
}

#[component]
fn Clos(lue: Signal<PageAvis>) -> impl IntoView {
    let (reponse, fichiers) =
        lue.with_untracked(|l| (l.reponse.clone(), pieces(&l.pieces_rendues)));
    view! {
        <div class="fr-alert fr-alert--info fr-alert--sm fr-mt-4w fr-mb-3w">
            <p>
                "L'administration a pris votre avis en compte\u{a0}: il ne peut plus être modifié. Merci de votre contribution."
            </p>
        </div>
        <h2 class="fr-h4">"Votre réponse"</h2>
        <p class="rdv-texte">{reponse}</p>
        {fichiers}
    }
}

/// What the other experts answered.
fn autres(autres: &[AvisPartage]) -> Option<impl IntoView + use<>> {
    let lignes = autres
        .iter()
        .map(|avis| {
            view! {
                <li>
                    <article class="rdv-message">
                        <h3 class="rdv-message__auteur">{avis.email.clone()}</h3>
                        <p class="fr-hint-text rdv-texte fr-mb-1w">{avis.question.clone()}</p>
                        <p class="rdv-texte">{avis.reponse.clone()}</p>
                        {pieces(&avis.pieces)}
                    </article>
                </li>
            }
        })
        .collect_view();
    (!autres.is_empty()).then(|| {
        view! {
            <h2 class="fr-h4 fr-mt-4w">"Avis des autres experts"</h2>
            <ol class="rdv-fil">{lignes}</ol>
        }
    })
}
