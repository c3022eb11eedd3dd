//! « Contacter les usagers (brouillon) ».

use super::cadre::Cadre;
use crate::api::instructeur::liens::contacts::{
    ContacterLesBrouillons as Envoyer, contacts_de_la_demarche,
};
use crate::components::progres::Progres;
use crate::formulaire::modale::{BoutonModale, BoutonsModale, Modale};
use crate::formulaire::saisie::Fait as Envoye;
use crate::formulaire::suivi::{AlerteFormulaire, ChampTexte, PageDuFormulaire, Suivi};
use crate::page::adresse::de_la_demarche;
use crate::page::contexte::lire;
use crate::page::lecture::Lecture;
use crate::page::liste::Liste;
use crate::pages::instructeur::demarche::sujets;
use domain::Champ;
use domain::francais;
use domain::ids::DemarcheNumero;
use domain::rendez_vous::Horaire;
use domain::vues::faits::Fait;
use domain::vues::{ContactVu, Contacts};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// The window that asks whether to send.
const MODALE: &str = "confirmer-l-envoi";

/// The page from which those who have only a draft are written to.
#[component]
pub fn ContacterLesBrouillons() -> impl IntoView {
    de_la_demarche(|numero| view! { <Ecran numero/> }.into_any())
}

#[component]
fn Ecran(numero: DemarcheNumero) -> impl IntoView {
    let lus = lire(|| (), move |()| contacts_de_la_demarche(numero));
    view! {
        <Lecture
            ressource=lus
            sujets=move |_: &Contacts, depart| sujets(numero, depart)
            faits
            vue=move |lus| view! { <Contenu lus/> }.into_any()
        />
    }
}

/// A message that was being sent is now sent.
fn faits(page: &Contacts) -> Vec<Fait> {
    page.passes
        .iter()
        .map(|contact| match contact.en_attente() {
            0 => Fait::mis_a_jour(
                format!("{} fini", contact.id),
                format_args!("le message est parti, {}", bilan(contact)),
            )
            .si(contact.id),
            _ => Fait::repere(contact.id),
        })
        .collect()
}

/// « 1 personne », « 3 personnes ».
fn personnes(combien: u64) -> String {
    match combien {
        0 => "aucune personne".to_owned(),
        1 => "1 personne".to_owned(),
        n => format!("{} personnes", francais::nombre(usize::try_from(n).unwrap_or(usize::MAX))),
    }
}

/// « 12 courriels envoyés, 1 non envoyé ».
fn bilan(contact: &ContactVu) -> String {
    let mot = |combien: u64, un: &str, plusieurs: &str| match combien {
        1 => format!("1 {un}"),
        n => format!("{} {plusieurs}", francais::nombre(usize::try_from(n).unwrap_or(usize::MAX))),
    };
    let mut dits = vec![mot(contact.envoyes, "courriel envoyé", "courriels envoyés")];
    if contact.echecs > 0 {
        dits.push(mot(contact.echecs, "n'a pas pu partir", "n'ont pas pu partir"));
    }
    if contact.ecartes > 0 {
        dits.push(mot(
            contact.ecartes,
            "inutile (brouillon déposé ou supprimé entre-temps)",
            "inutiles (brouillons déposés ou supprimés entre-temps)",
        ));
    }
    dits.join(", ")
}

#[component]
fn Contenu(lus: Signal<Contacts>) -> impl IntoView {
    let (numero, titre) = lus.with_untracked(|l| (l.numero, l.titre.clone()));
    let combien = Memo::new(move |_| lus.with(|l| l.combien));
    let phrase = move || match combien.get() {
        0 => "Personne n'est dans ce cas actuellement.".to_owned(),
        1 => "1 personne est dans ce cas actuellement.".to_owned(),
        n => format!("{} sont dans ce cas actuellement.", personnes(n)),
    };
    let passes = move || {
        lus.with(|l| !l.passes.is_empty()).then(|| {
            view! {
                <h2 class="fr-h4 fr-mt-4w">"Messages envoyés"</h2>
                <p>"Les messages sont conservés un an."</p>
                <ul class="rdv-cartes">
                    <Liste
                        elements=Signal::derive(move || lus.with(|l| l.passes.clone()))
                        cle=|contact: &ContactVu| contact.id
                        vue=|contact| view! { <Passe contact/> }.into_any()
                    />
                </ul>
            }
        })
    };
    view! {
        <Cadre numero titre ici="Contacter les usagers (brouillon)">
            <p>
                "Vous pouvez écrire à toutes les personnes qui ont commencé un dossier de cette démarche et n'en ont déposé aucun. Chacune reçoit un seul courriel, même si elle a plusieurs brouillons. Vous ne saurez pas qui elles sont, sauf si elles vous répondent."
            </p>
            <p class="fr-text--bold">{phrase}</p>
            <Formulaire lus/>
            {passes}
        </Cadre>
    }
}

#[component]
fn Formulaire(lus: Signal<Contacts>) -> impl IntoView {
    let suivi = Suivi::servi::<Envoyer>();
    let (numero, cle) = lus.with_untracked(|l| (l.numero, l.cle.to_string()));
    let en_cours = Memo::new(move |_| lus.with(Contacts::en_cours));
    let combien = Memo::new(move |_| lus.with(|l| l.combien));
    // Hidden rather than taken away: what is being typed stays.
    let cache = move || en_cours.get() || combien.get() == 0;
    let reponses = move || {
        match lus.with(|l| l.reponses_a.clone()) {
        adresse if adresse.is_empty() => "L'adresse électronique du service n'est pas renseignée\u{a0}: les réponses ne seront lues par personne. Un administrateur de la démarche peut l'indiquer dans la tuile «\u{a0}Service\u{a0}».".to_owned(),
        adresse => format!("Les réponses iront au service, à l'adresse {adresse}."),
    }
    };
    let question = move || {
        format!(
            "Le courriel partira pour {}, et ne pourra pas être rappelé.",
            personnes(combien.get())
        )
    };
    view! {
        <AlerteFormulaire suivi champ=Champ::Corps/>
        <Envoye
            action=Envoyer::url()
            phrase="Le message est en cours d'envoi. Son avancement est affiché ci-dessous."
        />
        <div hidden=move || !en_cours.get()>
            <p>
                "Un message est en cours d'envoi. Vous pourrez en envoyer un autre quand il sera parti."
            </p>
        </div>
        <div hidden=cache>
            <form method="post" action=Envoyer::url()>
                <PageDuFormulaire/>
                <input type="hidden" name="demarche" value=numero.to_string()/>
                <input type="hidden" name="cle" value=cle/>
                <ChampTexte
                    id="corps"
                    champ=Champ::Corps
                    libelle="Votre message\u{a0}*"
                    indice="Il est précédé du nom de la démarche et suivi d'un lien vers le brouillon."
                    exemple=""
                    requis=true
                    suivi
                />
                <p class="fr-hint-text">{reponses}</p>
                <BoutonModale id=MODALE classe="fr-btn">
                    "Envoyer le message…"
                </BoutonModale>
                <Modale id=MODALE titre="Envoyer ce message\u{a0}?">
                    <p>{question}</p>
                    <BoutonsModale id=MODALE valider="Envoyer le message" suivi/>
                </Modale>
            </form>
        </div>
    }
}

#[component]
fn Passe(contact: Signal<ContactVu>) -> impl IntoView {
    let (id, le, par, texte) =
        contact.with_untracked(|c| (c.id, c.le, c.par.clone(), c.texte.clone()));
    let quand = francais::date_heure(&Horaire { local: le, fuseau: None });
    let etat = move || {
        if contact.with(ContactVu::en_attente) == 0 {
            return view! { <p class="fr-text--bold fr-mb-1w">{move || contact.with(bilan)}</p> }
                .into_any();
        }
        let faits = Signal::derive(move || contact.with(|c| c.prevus - c.en_attente()));
        let phrase = Signal::derive(move || {
            contact.with(|c| {
                format!("En cours d'envoi à {}\u{a0}: {}.", personnes(c.prevus), bilan(c))
            })
        });
        let total = Signal::derive(move || Some(contact.with(|c| c.prevus)));
        view! { <Progres id=format!("avancement-{id}") faits total phrase/> }.into_any()
    };
    view! {
        <li class="rdv-carte" id=format!("contact-{id}")>
            <h3 class="fr-h6 fr-mb-1w">{format!("Message du {quand}, par {par}")}</h3>
            {etat}
            <p class="rdv-texte">{texte}</p>
        </li>
    }
}
