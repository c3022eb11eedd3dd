//! « Mes données »: the archive of all that is kept about oneself, asked for, made aside, fetched.

use crate::api::mes_donnees::{DemanderMesDonnees, lire_mes_donnees};
use crate::components::proconnect::AvecProConnect;
use crate::components::progres::Progres;
use crate::components::texte::dossiers;
use crate::depart::Depart;
use crate::formulaire::saisie::Fait as DejaFait;
use crate::formulaire::suivi::{AlerteFormulaire, PageDuFormulaire, Suivi};
use crate::page::contexte::lire;
use crate::page::fil_ariane::FilAriane;
use crate::page::lecture::Lecture;
use crate::page::titre::{TitreFenetre, TitrePage};
use chrono::NaiveDateTime;
use domain::chemin::Chemin;
use domain::export::{CONSERVATION_JOURS, Etat};
use domain::francais;
use domain::rendez_vous::Horaire;
use domain::sujet::Sujet;
use domain::vues::faits::Fait;
use domain::vues::{ArchiveVue, MesDonnees as Vue};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::components::A;

const TITRE: &str = "Mes données";

/// The page.
#[component]
pub fn MesDonnees() -> impl IntoView {
    let lues = lire(|| (), |()| lire_mes_donnees());
    view! {
        <Lecture
            ressource=lues
            sujets=|_: &Vue, depart: &Depart| {
                depart.session.iter().map(|session| Sujet::Compte(session.compte)).collect()
            }
            faits
            vue=|lues| view! { <Contenu lues/> }.into_any()
        />
    }
}

/// One that was being made is ready, or can't be made.
fn faits(lues: &Vue) -> Vec<Fait> {
    let Some(archive) = &lues.archive else { return vec![] };
    let id = archive.id;
    vec![match archive.etat {
        Etat::Demande | Etat::EnCours => Fait::repere(id),
        Etat::Pret => Fait::mis_a_jour(format!("{id} prête"), "vos données sont prêtes").si(id),
        Etat::Echoue | Etat::Efface => {
            let quoi = "l'archive de vos données n'a pas pu être préparée";
            Fait::mis_a_jour(format!("{id} échouée"), quoi).si(id)
        }
    }]
}

#[component]
fn Contenu(lues: Signal<Vue>) -> impl IntoView {
    let suivi = Suivi::servi::<DemanderMesDonnees>();
    view! {
        <TitreFenetre parties=vec![TITRE.to_owned(), "Mon compte".to_owned()]/>
        <FilAriane
            parents=vec![
                (Chemin::Accueil.to_string(), "Accueil".to_owned()),
                (Chemin::MonCompte.to_string(), "Mon compte".to_owned()),
            ]
            ici=TITRE
        />
        <div class="rdv-etroit">
            <TitrePage>{TITRE}</TitrePage>
            <AlerteFormulaire suivi/>
            <DejaFait
                action=DemanderMesDonnees::url()
                phrase="Votre demande est enregistrée\u{a0}: l'archive se prépare."
            />
            <p>
                "Tout ce que le service conserve à votre sujet, dans une archive à télécharger\u{a0}: ce qu'il sait de votre compte (fichier compte.json, lisible par un programme), puis un dossier pour chacune de vos demandes, avec ses fichiers."
            </p>
            <p>
                {format!("Elle est préparée à part\u{a0}: vous pouvez quitter cette page, un courriel vous prévient si cela prend plus d'une minute. Vous seul(e) pouvez la télécharger, pendant {CONSERVATION_JOURS}\u{a0}jours, puis elle est effacée. ")}
                <A href=Chemin::DonneesPersonnelles.to_string()>
                    "Combien de temps chaque donnée est conservée"
                </A> "."
            </p>
            {move || lues.with(montrer)}
        </div>
    }
}

fn montrer(lues: &Vue) -> AnyView {
    let cle = lues.cle.to_string();
    let Some(archive) = &lues.archive else {
        return view! { <Demande cle texte="Préparer l'archive" premiere=true/> }.into_any();
    };
    let corps = match archive.etat {
        Etat::Demande | Etat::EnCours => en_cours(archive),
        Etat::Pret => prete(archive),
        Etat::Echoue | Etat::Efface => {
            let pourquoi = archive.echec.map(|echec| view! { <p>{echec.de_l_archive()}</p> });
            pourquoi.into_any()
        }
    };
    let encore = (!archive.etat.attendu()).then(|| {
        view! { <Demande cle texte="Préparer une nouvelle archive" premiere=false/> }
    });
    let (classe, mot) = badge(archive.etat);
    view! {
        <section class="rdv-carte fr-mb-3w" aria-labelledby="archive">
            <div class="rdv-carte__entete">
                <h2 class="fr-h6 fr-mb-0" id="archive">"Votre archive"</h2>
                <p class=classe>{mot}</p>
            </div>
            <p class="fr-text--sm fr-mb-1w">"Demandée le " {quand(archive.demandee_le)}</p>
            {corps}
        </section>
        {encore}
    }
    .into_any()
}

fn quand(local: NaiveDateTime) -> String {
    francais::date_heure(&Horaire { local, fuseau: None })
}

/// Where the archive stands: the look of its badge, and its words.
const fn badge(etat: Etat) -> (&'static str, &'static str) {
    match etat {
        Etat::Demande => ("fr-badge fr-badge--sm", "en attente"),
        Etat::EnCours => ("fr-badge fr-badge--sm fr-badge--info", "en préparation"),
        Etat::Pret => ("fr-badge fr-badge--sm fr-badge--success", "prête"),
        Etat::Echoue | Etat::Efface => ("fr-badge fr-badge--sm fr-badge--error", "non préparée"),
    }
}

fn en_cours(archive: &ArchiveVue) -> AnyView {
    let avancement = match (archive.etat, archive.total) {
        (Etat::Demande, _) => "Elle attend son tour.".to_owned(),
        (_, None) => "Elle commence.".to_owned(),
        (_, Some(0)) => "Les données de votre compte sont réunies.".to_owned(),
        (_, Some(total)) => {
            let total = francais::nombre(usize::try_from(total).unwrap_or(usize::MAX));
            format!("{} sur {total}", dossiers(archive.faits))
        }
    };
    let (faits, total) = (archive.faits, archive.total);
    view! {
        <Progres
            id="avancement"
            faits=Signal::stored(faits)
            total=Signal::stored(total)
            phrase=Signal::stored(avancement)
        />
        <noscript>
            <p>
                <a href=Chemin::MesDonnees.to_string() rel="external">"Actualiser cette page"</a>
                " pour voir où elle en est."
            </p>
        </noscript>
    }
    .into_any()
}

fn prete(archive: &ArchiveVue) -> AnyView {
    let taille = francais::taille(usize::try_from(archive.taille).unwrap_or(usize::MAX));
    let fin = archive.expire_le.map(quand).unwrap_or_default();
    let contenu = match archive.faits {
        0 => "Les données de votre compte".to_owned(),
        combien => format!("Les données de votre compte et {}", dossiers(combien)),
    };
    if !archive.accessible {
        let phrase = "Cette archive contient des dossiers qui ne s'ouvrent qu'avec ProConnect. Identifiez-vous pour la télécharger, ou demandez-en une nouvelle, sans eux.".to_owned();
        let retour = Chemin::MesDonnees.to_string();
        return view! { <AvecProConnect phrase retour/> }.into_any();
    }
    view! {
        <p class="fr-mb-1w">{contenu} ". Effacée le " {fin} "."</p>
        <p class="fr-mb-0">
            <a
                class="fr-link fr-link--download"
                href=Chemin::MesDonneesZip.to_string()
                rel="external"
                download
            >
                "Télécharger mes données" <span class="fr-link__detail">"ZIP – " {taille}</span>
            </a>
        </p>
    }
    .into_any()
}

#[component]
fn Demande(
    /// Unique to the form.
    cle: String,
    /// What its button says.
    texte: &'static str,
    /// Whether there is no other archive.
    premiere: bool,
) -> impl IntoView {
    let classe = if premiere { "fr-btn" } else { "fr-btn fr-btn--secondary" };
    let remplace = (!premiere).then(
        || view! { <p>"Une nouvelle archive remplace celle-ci, avec ce qui a changé depuis."</p> },
    );
    view! {
        <form method="post" action=DemanderMesDonnees::url()>
            {remplace}
            <PageDuFormulaire/>
            <input type="hidden" name="cle" value=cle/>
            <button class=classe type="submit">{texte}</button>
        </form>
    }
}
