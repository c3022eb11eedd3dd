//! The words of a mail, with its variables and a preview.

use super::liste::TITRE;
use crate::api::administrateur::courriels::{EnregistrerCourriel, RetablirCourriel, courriels};
use crate::depart::Depart;
use crate::formulaire::conflit::{self, Conflit};
use crate::formulaire::saisie::{ChampBloc, ChampLigne, Confirmation, Libelle, ResumeErreur};
use crate::formulaire::suivi::{AlerteFormulaire, BoutonEnvoyer, PageDuFormulaire, Suivi};
use crate::page::contexte::{annonces, lire};
use crate::page::erreur::Introuvable;
use crate::page::fil_ariane::FilAriane;
use crate::page::lecture::Lecture;
use crate::page::titre::{TitreFenetre, TitrePage};
use crate::page::{adresse, service};
use domain::chemin::{self, Chemin};
use domain::ids::DemarcheNumero;
use domain::modele::{self, Modele, Morceau, Texte, Variable};
use domain::sujet::Sujet;
use domain::vues::{Courriels, ModeleCourriel};
use domain::{Champ, version};
use leptos::form::ActionForm;
use leptos::prelude::*;
use leptos_router::components::A;
use leptos_router::hooks::use_params_map;

const CHAMPS: [Libelle; 2] = [
    Libelle::new(Champ::ObjetCourriel, "objet_courriel", "Objet\u{a0}*"),
    Libelle::new(Champ::CorpsCourriel, "corps_courriel", "Texte\u{a0}*")
        .indice("Laissez une ligne vide entre deux paragraphes."),
];

/// The mail that the address names.
#[component]
pub fn CourrielDemarche() -> impl IntoView {
    let numero = adresse::numero::<DemarcheNumero>();
    let parametres = use_params_map();
    let modele = Memo::new(move |_| {
        parametres.read().get("modele").and_then(|code| Modele::from_code(&code))
    });
    move || match (numero.get(), modele.get()) {
        (Some(numero), Some(modele)) => view! { <Ecran numero modele/> }.into_any(),
        _ => view! { <Introuvable/> }.into_any(),
    }
}

#[component]
fn Ecran(numero: DemarcheNumero, modele: Modele) -> impl IntoView {
    let lus = lire(|| (), move |()| courriels(numero));
    let relire = Callback::new(move |()| lus.refetch());
    view! {
        <Lecture
            ressource=lus
            sujets=move |_: &Courriels, _: &Depart| vec![Sujet::Demarche(numero)]
            vue=move |lus| view! { <Contenu lus modele relire/> }.into_any()
        />
    }
}

fn le_modele(courriels: &Courriels, modele: Modele) -> ModeleCourriel {
    courriels.modeles.iter().find(|autre| autre.modele == modele).cloned().unwrap_or_else(|| {
        ModeleCourriel { modele, texte: modele.par_defaut(), personnalise: false }
    })
}

#[component]
fn Contenu(lus: Signal<Courriels>, modele: Modele, relire: Callback<()>) -> impl IntoView {
    let (numero, titre) = lus.with_untracked(|l| (l.numero, l.titre.clone()));
    let courriel = Signal::derive(move || lus.with(|l| le_modele(l, modele)));
    view! {
        <TitreFenetre parties=vec![modele.nom().to_owned(), TITRE.to_owned(), titre.clone()]/>
        <FilAriane
            parents=vec![
                (Chemin::Accueil.to_string(), "Accueil".to_owned()),
                (Chemin::DemarchesAdministrees.to_string(), "Démarches".to_owned()),
                (Chemin::DemarcheAdministree(numero).to_string(), titre),
                (Chemin::Ecran(numero, chemin::Ecran::Emails).to_string(), TITRE.to_owned()),
            ]
            ici=modele.nom()
        />
        <div class="rdv-etroit">
            <TitrePage>{modele.nom()}</TitrePage>
            <p>{modele.quand()}</p>
            <Formulaire
                numero
                modele
                actuel=Signal::derive(move || courriel.with(|c| c.texte.clone()))
                relire
            />
            {move || {
                courriel.with(|c| c.personnalise).then(|| view! { <Retablir numero modele/> })
            }}
        </div>
    }
}

#[component]
fn Formulaire(
    numero: DemarcheNumero,
    modele: Modele,
    actuel: Signal<Texte>,
    relire: Callback<()>,
) -> impl IntoView {
    let action = ServerAction::<EnregistrerCourriel>::new();
    let suivi = Suivi::nouveau(action);
    let depart = actuel.get_untracked();
    let actuelle = Signal::derive(move || actuel.with(|t| version::de(&[&t.objet, &t.corps])));
    let version = conflit::version(action, suivi, actuelle, relire);
    let valeurs = Signal::derive(move || {
        let Texte { objet, corps } = actuel.get();
        CHAMPS.iter().map(|champ| champ.texte).zip([objet, corps]).collect()
    });
    let [champ_objet, champ_corps] = CHAMPS;
    let saisi = |champ: Champ, depart: &str| suivi.saisi(champ.nom()).unwrap_or(depart.to_owned());
    let objet = RwSignal::new(saisi(Champ::ObjetCourriel, &depart.objet));
    let corps = RwSignal::new(saisi(Champ::CorpsCourriel, &depart.corps));
    view! {
        <ActionForm action on:submit:capture=move |ev| suivi.avant_envoi(&ev)>
            <AlerteFormulaire suivi sans_champs=true/>
            <ResumeErreur suivi champs=&CHAMPS/>
            <Confirmation suivi phrase="L'email est enregistré." relire/>
            <Conflit suivi version valeurs/>
            <PageDuFormulaire/>
            <input type="hidden" name="demarche" value=numero.to_string()/>
            <input type="hidden" name="modele" value=code_du_formulaire(modele)/>
            <p class="fr-text--sm">{service::OBLIGATOIRES}</p>
            <Variables modele/>
            <ChampLigne libelle=champ_objet valeur=depart.objet tape=objet.write_only() suivi/>
            <ChampBloc
                libelle=champ_corps
                valeur=depart.corps
                lignes=14
                tape=corps.write_only()
                suivi
            />
            <Apercu modele objet=objet.into() corps=corps.into()/>
            <div class="rdv-boutons">
                <A
                    href=Chemin::Ecran(numero, chemin::Ecran::Emails).to_string()
                    attr:class="fr-btn fr-btn--secondary"
                >
                    "Annuler et revenir aux emails"
                </A>
                <BoutonEnvoyer texte="Enregistrer" suivi/>
            </div>
        </ActionForm>
    }
}

/// How a form names a mail, which is not how an address does.
const fn code_du_formulaire(modele: Modele) -> &'static str {
    match modele {
        Modele::PropositionRdv => "proposition_rdv",
        Modele::ConfirmationRdv => "confirmation_rdv",
    }
}

/// What the text may name.
#[component]
fn Variables(modele: Modele) -> impl IntoView {
    let lignes = modele
        .variables()
        .iter()
        .map(|variable| {
            view! {
                <li>
                    <code>"--" {variable.nom()} "--"</code>
                    " devient «\u{a0}"
                    {variable.exemple()}
                    "\u{a0}»"
                </li>
            }
        })
        .collect_view();
    view! {
        <div class="fr-callout">
            <h2 class="fr-callout__title fr-h6">"Variables"</h2>
            <p class="fr-callout__text fr-text--sm">
                "Écrivez-les telles quelles, tirets compris\u{a0}: chaque email envoyé contiendra la valeur du dossier."
            </p>
            <ul class="fr-text--sm rdv-variables">{lignes}</ul>
        </div>
    }
}

/// What the mail will look like, with examples instead of variables; without JavaScript, as it was saved.
#[component]
fn Apercu(modele: Modele, objet: Signal<String>, corps: Signal<String>) -> impl IntoView {
    let en_tete = move || objet.with(|texte| rendu(modele, texte));
    let paragraphes = move || {
        corps.with(|texte| {
            texte
                .replace("\r\n", "\n")
                .split("\n\n")
                .map(|paragraphe| view! { <p class="rdv-texte">{rendu(modele, paragraphe.trim())}</p> })
                .collect_view()
        })
    };
    view! {
        <section class="rdv-apercu" aria-labelledby="apercu-titre">
            <h2 class="fr-h6" id="apercu-titre">"Aperçu"</h2>
            <p class="fr-text--bold">{en_tete}</p>
            {paragraphes}
        </section>
    }
}

fn rendu(modele: Modele, texte: &str) -> String {
    let morceaux = modele.lire(texte).unwrap_or_else(|_| vec![Morceau::Texte(texte.to_owned())]);
    modele::rendre(&morceaux, |variable: Variable| variable.exemple().to_owned())
}

/// « Revenir au texte par défaut », in two steps that need no script.
#[component]
fn Retablir(numero: DemarcheNumero, modele: Modele) -> impl IntoView {
    let action = ServerAction::<RetablirCourriel>::new();
    let suivi = Suivi::nouveau(action);
    let annonces = annonces();
    suivi.au_succes(move || annonces.dire("Le texte par défaut est rétabli."));
    view! {
        <details class="rdv-deplier" open=suivi.refuse_au_depart()>
            <summary class="fr-btn fr-btn--tertiary fr-btn--sm">
                "Revenir au texte par défaut"
            </summary>
            <ActionForm action on:submit:capture=move |ev| suivi.avant_envoi(&ev)>
                <AlerteFormulaire suivi/>
                <PageDuFormulaire/>
                <input type="hidden" name="demarche" value=numero.to_string()/>
                <input type="hidden" name="modele" value=code_du_formulaire(modele)/>
                <p class="fr-mt-1w">"Votre texte sera perdu."</p>
                <button class="fr-btn fr-btn--sm" type="submit">"Confirmer"</button>
            </ActionForm>
        </details>
    }
}
