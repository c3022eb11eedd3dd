//! The tiles « Champs du formulaire » and « Annotations privées »: the same screen, each with its words.

use super::edition::{Edition, titre};
use crate::api::administrateur::champs::{
    AjouterChamp, DeplacerChamp, ModifierChamp, SupprimerChamp, formulaire,
};
use crate::depart::Depart;
use crate::formulaire::saisie::{Confirmation, Fait};
use crate::formulaire::suivi::{AlerteFormulaire, PageDuFormulaire, Suivi};
use crate::page::adresse::de_la_demarche;
use crate::page::contexte::{annonces, lire};
use crate::page::lecture::Lecture;
use crate::page::liste::Liste;
use crate::pages::administrateur::cadre::{Cadre, Retour};
use domain::champs::{DefinitionChamp, Pour};
use domain::chemin::{self, Chemin};
use domain::ids::{ChampId, DemarcheNumero};
use domain::sujet::Sujet;
use domain::vues::FormulaireAdmin;
use leptos::form::ActionForm;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::components::A;

const fn explication(pour: Pour) -> &'static str {
    match pour {
        Pour::Usagers => {
            "Ce que les usagers remplissent en déposant un dossier, dans cet ordre. Un changement ne concerne que les dossiers déposés ensuite."
        }
        Pour::Administration => {
            "Ce que les instructeurs notent sur chaque dossier, dans cet ordre, en plus de leur annotation libre. Rien n'y est obligatoire, et l'usager ne le voit jamais."
        }
    }
}

const fn sans_champ(pour: Pour) -> &'static str {
    match pour {
        Pour::Usagers => "Le formulaire n'a pas encore de champ. Ajoutez le premier ci-dessous.",
        Pour::Administration => {
            "Il n'y a pas encore de champ à remplir par l'administration. Ajoutez le premier ci-dessous."
        }
    }
}

/// What becomes of the answers to a field that is deleted.
const fn apres_suppression(pour: Pour) -> &'static str {
    match pour {
        Pour::Usagers => "Les dossiers déjà déposés gardent leur réponse.",
        Pour::Administration => "Les dossiers gardent ce qui y est déjà noté.",
    }
}

/// What usagers are asked.
#[component]
pub fn ChampsDemarche() -> impl IntoView {
    de_la_demarche(|numero| view! { <Ecran numero pour=Pour::Usagers/> }.into_any())
}

/// What instructeurs are asked.
#[component]
pub fn AnnotationsDemarche() -> impl IntoView {
    de_la_demarche(|numero| view! { <Ecran numero pour=Pour::Administration/> }.into_any())
}

#[component]
fn Ecran(numero: DemarcheNumero, pour: Pour) -> impl IntoView {
    let lu = lire(|| (), move |()| formulaire(numero, pour));
    let relire = Callback::new(move |()| lu.refetch());
    view! {
        <Lecture
            ressource=lu
            sujets=move |_: &FormulaireAdmin, _: &Depart| vec![Sujet::Demarche(numero)]
            vue=move |lu| view! { <Contenu lu relire/> }.into_any()
        />
    }
}

/// What the buttons of each field do.
#[derive(Clone, Copy)]
struct Gestes {
    deplacer: ServerAction<DeplacerChamp>,
    supprimer: ServerAction<SupprimerChamp>,
    suivi_deplacer: Suivi,
    suivi_supprimer: Suivi,
}

#[component]
fn Contenu(lu: Signal<FormulaireAdmin>, relire: Callback<()>) -> impl IntoView {
    let (numero, nom, pour) = lu.with_untracked(|l| (l.numero, l.titre.clone(), l.pour));
    let (deplacer, supprimer) = (ServerAction::new(), ServerAction::new());
    let gestes = Gestes {
        deplacer,
        supprimer,
        suivi_deplacer: Suivi::nouveau(deplacer),
        suivi_supprimer: Suivi::nouveau(supprimer),
    };
    let annonces = annonces();
    gestes.suivi_deplacer.au_succes(move || {
        annonces.dire("Le champ est déplacé.");
        relire.run(());
    });
    let vide = move || {
        lu.with(|l| l.champs.is_empty()).then(|| {
            view! { <p>{sans_champ(pour)}</p> }
        })
    };
    view! {
        <Cadre numero titre=nom ici=titre(pour)>
            <p>{explication(pour)}</p>
            <AlerteFormulaire suivi=gestes.suivi_deplacer/>
            <AlerteFormulaire suivi=gestes.suivi_supprimer/>
            <Confirmation suivi=gestes.suivi_supprimer phrase="Le champ est supprimé." relire/>
            <Fait action=ModifierChamp::url() phrase="Le champ est modifié."/>
            {vide}
            <ol class="rdv-cartes">
                <Liste
                    elements=Signal::derive(move || lu.with(|l| l.champs.clone()))
                    cle=|champ: &DefinitionChamp| champ.id
                    vue=move |champ| view! { <UnChamp numero lu champ gestes/> }.into_any()
                />
            </ol>
            <h2 class="fr-h5 fr-mt-4w">"Ajouter un champ"</h2>
            <Ajout numero pour relire/>
            <Retour numero/>
        </Cadre>
    }
}

#[component]
fn UnChamp(
    numero: DemarcheNumero,
    lu: Signal<FormulaireAdmin>,
    champ: Signal<DefinitionChamp>,
    gestes: Gestes,
) -> impl IntoView {
    let (id, libelle) = champ.with_untracked(|c| (c.id, c.libelle.clone()));
    let pour = lu.with_untracked(|l| l.pour);
    let premier = move || lu.with(|l| l.champs.first().is_some_and(|c| c.id == id));
    let dernier = move || lu.with(|l| l.champs.last().is_some_and(|c| c.id == id));
    let requis = move || if champ.with(|c| c.requis) { "obligatoire" } else { "facultatif" };
    let suivi = gestes.suivi_supprimer;
    view! {
        <li class="rdv-carte">
            <h2 class="fr-h6 fr-mb-1w rdv-cesure">{move || champ.with(|c| c.libelle.clone())}</h2>
            <ul class="rdv-carte__faits">
                <li>{move || champ.with(|c| c.genre.libelle())}</li>
                {(pour == Pour::Usagers).then(|| view! { <li>{requis}</li> })}
            </ul>
            <div class="rdv-boutons">
                <A
                    href=Chemin::Ecran(numero, chemin::Ecran::du_champ(pour, id)).to_string()
                    attr:class="fr-btn fr-btn--secondary fr-btn--sm"
                    attr:aria-label=format!("Modifier «\u{a0}{libelle}\u{a0}»")
                >
                    "Modifier"
                </A>
                <Deplacer id libelle=libelle.clone() haut=true inutile=Signal::derive(premier) gestes/>
                <Deplacer id libelle=libelle.clone() haut=false inutile=Signal::derive(dernier) gestes/>
                <details class="rdv-deplier">
                    <summary
                        class="fr-btn fr-btn--tertiary fr-btn--sm"
                        aria-label=format!("Supprimer «\u{a0}{libelle}\u{a0}»")
                    >
                        "Supprimer"
                    </summary>
                    <ActionForm
                        action=gestes.supprimer
                        on:submit:capture=move |ev| suivi.avant_envoi(&ev)
                    >
                        <PageDuFormulaire/>
                        <input type="hidden" name="champ" value=id.to_string()/>
                        <p class="fr-mt-1w fr-mb-1w">{apres_suppression(pour)}</p>
                        <button class="fr-btn fr-btn--sm" type="submit">"Confirmer la suppression"</button>
                    </ActionForm>
                </details>
            </div>
        </li>
    }
}

#[component]
fn Deplacer(
    id: ChampId,
    libelle: String,
    haut: bool,
    inutile: Signal<bool>,
    gestes: Gestes,
) -> impl IntoView {
    let suivi = gestes.suivi_deplacer;
    let (texte, sens) = if haut { ("Monter", "haut") } else { ("Descendre", "bas") };
    let mut nom = libelle;
    nom.insert_str(0, &format!("{texte} «\u{a0}"));
    nom.push_str("\u{a0}»");
    view! {
        <ActionForm action=gestes.deplacer on:submit:capture=move |ev| suivi.avant_envoi(&ev)>
            <PageDuFormulaire/>
            <input type="hidden" name="champ" value=id.to_string()/>
            <input type="hidden" name="sens" value=sens/>
            <button
                class="fr-btn fr-btn--tertiary fr-btn--sm"
                type="submit"
                aria-label=nom
                disabled=move || inutile.get()
            >
                {texte}
            </button>
        </ActionForm>
    }
}

#[component]
fn Ajout(numero: DemarcheNumero, pour: Pour, relire: Callback<()>) -> impl IntoView {
    let action = ServerAction::<AjouterChamp>::new();
    let suivi = Suivi::nouveau(action);
    view! {
        <ActionForm action on:submit:capture=move |ev| suivi.avant_envoi(&ev)>
            <Confirmation suivi phrase="Le champ est ajouté." relire/>
            <input type="hidden" name="demarche" value=numero.to_string()/>
            <input type="hidden" name="pour" value=pour.code()/>
            <Edition suivi pour bouton="Ajouter le champ"/>
        </ActionForm>
    }
}
