//! « Exports » of a démarche.

use super::cadre::Cadre;
use crate::api::instructeur::liens::exports::{
    DemanderUnExport, SupprimerUnExport, exports_de_la_demarche,
};
use crate::components::progres::Progres;
use crate::components::texte::dossiers;
use crate::formulaire::modale::AConfirmer;
use crate::formulaire::saisie::Fait as ExportFait;
use crate::formulaire::suivi::{AlerteFormulaire, BoutonEnvoyer, PageDuFormulaire, Suivi};
use crate::page::adresse;
use crate::page::adresse::de_la_demarche;
use crate::page::contexte::lire;
use crate::page::lecture::Lecture;
use crate::page::liste::Liste;
use crate::pages::instructeur::demarche::sujets;
use domain::chemin::Chemin;
use domain::export::{CONSERVATION_JOURS, Etat, Format, PAR_PERSONNE_MAX};
use domain::francais;
use domain::ids::DemarcheNumero;
use domain::rendez_vous::Horaire;
use domain::vues::faits::Fait;
use domain::vues::{ExportVue, Exports};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::components::A;

/// The exports that one asked for, and the form of another one.
#[component]
pub fn ExportsDeLaDemarche() -> impl IntoView {
    de_la_demarche(|numero| view! { <Ecran numero/> }.into_any())
}

#[component]
fn Ecran(numero: DemarcheNumero) -> impl IntoView {
    let question = adresse::recherche();
    let lus =
        lire(move || question.get(), move |question| exports_de_la_demarche(numero, question));
    view! {
        <Lecture
            ressource=lus
            sujets=move |_: &Exports, depart| sujets(numero, depart)
            faits
            vue=move |lus| view! { <Contenu lus/> }.into_any()
        />
    }
}

/// One that was being made is ready, or can't be made.
fn faits(page: &Exports) -> Vec<Fait> {
    page.exports
        .iter()
        .map(|export| match export.etat {
            Etat::Demande | Etat::EnCours => Fait::repere(export.id),
            Etat::Pret => {
                Fait::mis_a_jour(format!("{} prêt", export.id), "un export est prêt").si(export.id)
            }
            Etat::Echoue | Etat::Efface => Fait::mis_a_jour(
                format!("{} échoué", export.id),
                "un export n'a pas pu être préparé",
            )
            .si(export.id),
        })
        .collect()
}

#[component]
fn Contenu(lus: Signal<Exports>) -> impl IntoView {
    let (numero, titre) = lus.with_untracked(|l| (l.numero, l.titre.clone()));
    let suivi = Suivi::servi::<SupprimerUnExport>();
    let vide = move || {
        lus.with(|l| l.exports.is_empty()).then(|| {
            view! { <p>"Vous n'avez demandé aucun export ces derniers jours."</p> }
        })
    };
    view! {
        <Cadre numero titre ici="Exports">
            <p>
                "Un export demandé ici est préparé à part, même s'il est gros\u{a0}: vous pouvez quitter la page, un courriel vous prévient quand il est prêt. "
                {format!("Il contient ce que vous pouvez voir au moment où il est préparé. Vous seul(e) pouvez le télécharger, pendant {CONSERVATION_JOURS}\u{a0}jours, puis il est effacé.")}
            </p>
            <Demande lus/>
            <h2 class="fr-h4 fr-mt-4w">"Vos exports"</h2>
            <AlerteFormulaire suivi/>
            <ExportFait action=SupprimerUnExport::url() phrase="L'export est supprimé."/>
            {vide}
            <ul class="rdv-cartes">
                <Liste
                    elements=Signal::derive(move || lus.with(|l| l.exports.clone()))
                    cle=|export: &ExportVue| export.id
                    vue=move |export| {
                        view! { <Carte numero export suivi/> }.into_any()
                    }
                />
            </ul>
        </Cadre>
    }
}

#[component]
fn Demande(lus: Signal<Exports>) -> impl IntoView {
    let suivi = Suivi::servi::<DemanderUnExport>();
    let (numero, cle) = lus.with_untracked(|l| (l.numero, l.cle.to_string()));
    let saisi = suivi.saisi("format");
    let saisi = saisi.as_deref().and_then(Format::from_code).unwrap_or(Format::Xlsx);
    let formats = Format::TOUS
        .map(|format| {
            let id = format!("format-{}", format.code());
            let indice = match format {
                Format::Xlsx | Format::Csv => "Les colonnes affichées dans votre liste",
                Format::Zip => {
                    "Pour chaque dossier\u{a0}: son PDF, ses pièces jointes et les avis externes"
                }
            };
            view! {
                <div class="fr-fieldset__element">
                    <div class="fr-radio-group fr-radio-group--sm">
                        <input
                            type="radio"
                            id=id.clone()
                            name="format"
                            value=format.code()
                            checked=format == saisi
                        />
                        <label class="fr-label" for=id>
                            {format.libelle()} <span class="fr-hint-text">{indice}</span>
                        </label>
                    </div>
                </div>
            }
        })
        .collect_view();
    let choix = move || {
        lus.with(|l| l.choix.clone())
            .into_iter()
            .map(|choix| view! { <li class="rdv-cesure">{choix}</li> })
            .collect_view()
    };
    let liste =
        move || format!("{}{}", Chemin::DemarcheSuivie(numero), lus.with(|l| l.question.clone()));
    view! {
        <h2 class="fr-h4">"Demander un export"</h2>
        <AlerteFormulaire suivi/>
        <ExportFait
            action=DemanderUnExport::url()
            phrase="L'export est demandé. Un courriel vous préviendra quand il sera prêt."
        />
        <p class="fr-mb-1w">"Dossiers concernés\u{a0}:"</p>
        <ul class="fr-mb-1w">{choix}</ul>
        <p>
            <A href=liste>"Choisir d'autres dossiers avec les filtres de la liste"</A>
        </p>
        <form method="post" action=DemanderUnExport::url()>
            <PageDuFormulaire/>
            <input type="hidden" name="demarche" value=numero.to_string()/>
            <input type="hidden" name="filtres" value=move || lus.with(|l| l.question.clone())/>
            <input type="hidden" name="cle" value=cle/>
            <fieldset class="fr-fieldset" aria-labelledby="format-legende">
                <legend class="fr-fieldset__legend" id="format-legende">"Format"</legend>
                {formats}
            </fieldset>
            <BoutonEnvoyer texte="Préparer l'export" suivi/>
            <p class="fr-hint-text fr-mt-1w">
                {format!("Vous pouvez avoir {PAR_PERSONNE_MAX} exports à la fois.")}
            </p>
        </form>
    }
}

fn quand(le: chrono::NaiveDateTime) -> String {
    francais::date_heure(&Horaire { local: le, fuseau: None })
}

/// Where an export stands: the look of its badge, and its words.
const fn badge(etat: Etat) -> (&'static str, &'static str) {
    match etat {
        Etat::Demande => ("fr-badge fr-badge--sm", "en attente"),
        Etat::EnCours => ("fr-badge fr-badge--sm fr-badge--info", "en préparation"),
        Etat::Pret => ("fr-badge fr-badge--sm fr-badge--success", "prêt"),
        Etat::Echoue | Etat::Efface => ("fr-badge fr-badge--sm fr-badge--error", "non préparé"),
    }
}

#[component]
fn Carte(numero: DemarcheNumero, export: Signal<ExportVue>, suivi: Suivi) -> impl IntoView {
    let (id, format, demande_le, choix) =
        export.with_untracked(|e| (e.id, e.format, e.demande_le, e.choix.clone()));
    let etat = Memo::new(move |_| export.with(|e| e.etat));
    let faits = Signal::derive(move || export.with(|e| e.faits));
    let total = Signal::derive(move || export.with(|e| e.total));
    let avancement = Signal::derive(move || match (total.get(), etat.get()) {
        (_, Etat::Demande) => "Il attend son tour.".to_owned(),
        (None, _) => "Il commence.".to_owned(),
        (Some(total), _) => format!(
            "{} sur {}",
            dossiers(faits.get()),
            francais::nombre(usize::try_from(total).unwrap_or(usize::MAX))
        ),
    });
    let corps = move || match etat.get() {
        Etat::Demande => view! { <p>{move || avancement.get()}</p> }.into_any(),
        Etat::EnCours => {
            view! { <Progres id=format!("avancement-{id}") faits total phrase=avancement/> }
                .into_any()
        }
        Etat::Pret => view! { <Pret numero export/> }.into_any(),
        Etat::Echoue | Etat::Efface => view! {
            <p>{move || export.with(|e| e.echec).map(|echec| echec.to_string())}</p>
        }
        .into_any(),
    };
    let classe = move || badge(etat.get()).0;
    let mot = move || badge(etat.get()).1;
    let choix = choix.into_iter().map(|choix| view! { <li class="rdv-cesure">{choix}</li> });
    let le = quand(demande_le);
    let formulaire = move |dedans: AnyView| {
        view! {
            <form method="post" action=SupprimerUnExport::url()>
                <PageDuFormulaire/>
                <input type="hidden" name="demarche" value=numero.to_string()/>
                <input type="hidden" name="export" value=id.to_string()/>
                {dedans}
            </form>
        }
        .into_any()
    };
    view! {
        <li class="rdv-carte" id=format!("export-{id}")>
            <div class="rdv-carte__entete">
                <h3 class="fr-h6 fr-mb-0">{format.libelle()}</h3>
                <p class=classe>{mot}</p>
            </div>
            <p class="fr-text--sm fr-mb-1w">{format!("Demandé le {le}")}</p>
            <ul class="fr-text--sm fr-mb-1w">{choix.collect_view()}</ul>
            {corps}
            <AConfirmer
                id=format!("supprimer-{id}")
                classe="fr-btn fr-btn--tertiary fr-btn--sm"
                bouton="Supprimer"
                nom=format!("Supprimer l'export demandé le {le}")
                titre="Supprimer cet export\u{a0}?"
                explication="S'il est en préparation, elle s'arrête. Vous pourrez en demander un autre."
                confirmer="Supprimer l'export"
                suivi
                formulaire
            />
        </li>
    }
}

#[component]
fn Pret(numero: DemarcheNumero, export: Signal<ExportVue>) -> impl IntoView {
    let (id, format) = export.with_untracked(|e| (e.id, e.format));
    let contenu = move || {
        export.with(|e| {
            let taille = francais::taille(usize::try_from(e.taille).unwrap_or(usize::MAX));
            let fin = e.expire_le.map(quand).unwrap_or_default();
            format!("{}, {taille}. Effacé le {fin}.", dossiers(e.faits))
        })
    };
    let adresse = format!("{}/{id}", Chemin::ExportsDemarche(numero));
    let nom = format!("Télécharger l'export ({})", format.code().to_uppercase());
    move || {
        if export.with(|e| e.accessible) {
            let (adresse, nom) = (adresse.clone(), nom.clone());
            view! {
                <p class="fr-mb-1w">{contenu}</p>
                <p>
                    <a
                        class="fr-link fr-link--download"
                        href=adresse
                        download=""
                        rel="external"
                    >
                        {nom}
                    </a>
                </p>
            }
            .into_any()
        } else {
            view! {
                <p>
                    "Vous n'examinez plus une partie des dossiers que cet export peut contenir\u{a0}: il ne peut plus être téléchargé."
                </p>
            }
            .into_any()
        }
    }
}
