//! A rendez-vous whose dossier is not known: what is known of it, and what can be done.

use crate::api::instructeur::rattachement::{Ecarter, Rattacher, Reprendre};
use crate::components::badge::{BadgeSituation, Badges};
use crate::components::lien::LienExterne;
use crate::components::rendez_vous::phrases::{Lecteur, details};
use crate::formulaire::suivi::{MessageErreur, PageDuFormulaire, Suivi};
use crate::page::adresse;
use domain::Champ;
use domain::chemin::Chemin;
use domain::ids::RendezVousId;
use domain::vues::{CarteARattacher, DossierSuggere, PersonneVue};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::components::A;

/// The words of the address that say what is looked for, and for which rendez-vous.
pub const CHERCHE: &str = "cherche";
const POUR: &str = "pour";

/// What can be done with the rendez-vous of the page, and where it stands.
#[derive(Clone, Copy)]
pub struct Gestes {
    /// Follows « Rattacher ».
    pub suivi: Suivi,
    /// Follows « Ce rendez-vous ne concerne aucun dossier ».
    pub suivi_ecarter: Suivi,
    /// Follows « Remettre parmi les rendez-vous à rattacher ».
    pub suivi_reprendre: Suivi,
    /// The rendez-vous for which a dossier is looked for by name, and what is looked for.
    cherche: Memo<(Option<RendezVousId>, String)>,
    /// What was found.
    trouves: Signal<Vec<DossierSuggere>>,
    /// The rendez-vous whose form was refused: it is said beside its field.
    vise: Option<RendezVousId>,
}

impl Gestes {
    /// As the page says it; `trouves`: the dossiers that were looked for.
    pub fn servis(trouves: Signal<Vec<DossierSuggere>>) -> Self {
        let suivi = Suivi::servi::<Rattacher>();
        let (pour, texte) = (adresse::texte(POUR), adresse::texte(CHERCHE));
        Self {
            suivi,
            suivi_ecarter: Suivi::servi::<Ecarter>(),
            suivi_reprendre: Suivi::servi::<Reprendre>(),
            cherche: Memo::new(move |_| (pour.with(|id| id.parse().ok()), texte.get())),
            trouves,
            vise: suivi.saisi("rendez_vous").and_then(|id| id.parse().ok()),
        }
    }
}

/// A rendez-vous to attach.
#[component]
pub fn Carte(
    /// The rendez-vous.
    carte: Signal<CarteARattacher>,
    /// What can be done.
    gestes: Gestes,
) -> impl IntoView {
    let id = carte.with_untracked(|c| c.rendez_vous.id);
    let suggestions = Signal::derive(move || carte.with(|c| c.suggestions.clone()));
    let aucune = move || {
        suggestions
            .with(Vec::is_empty)
            .then(|| view! { <p class="fr-text--sm">"Aucun dossier ne correspond."</p> })
    };
    view! {
        <li id=format!("carte-{id}")>
            <article class="rdv-carte rdv-carte--deux">
                <div>{move || carte.with(faits)}</div>
                <div class="rdv-carte__rdv">
                    <h4 class="fr-h6 fr-mb-1w">"Dossiers possibles"</h4>
                    {aucune}
                    <ul class="rdv-suggestions">
                        <For
                            each=move || suggestions.get()
                            key=|suggere| (suggere.numero, suggere.raisons.clone(), suggere.tag)
                            children=move |suggere| view! { <Suggestion id suggere/> }
                        />
                    </ul>
                    <ParNom id gestes/>
                    <ParNumero id gestes/>
                    <Aucun id/>
                </div>
            </article>
        </li>
    }
}

/// A rendez-vous that concerns no dossier, and how to bring it back.
#[component]
pub fn CarteEcartee(
    /// The rendez-vous.
    carte: Signal<CarteARattacher>,
) -> impl IntoView {
    let id = carte.with_untracked(|c| c.rendez_vous.id);
    view! {
        <li id=format!("carte-{id}")>
            <article class="rdv-carte">
                {move || carte.with(faits)}
                <form method="post" action=Reprendre::url()>
                    <PageDuFormulaire/>
                    <input type="hidden" name="rendez_vous" value=id.to_string()/>
                    <button class="fr-btn fr-btn--secondary fr-btn--sm" type="submit">
                        "Remettre parmi les rendez-vous à rattacher"
                    </button>
                </form>
            </article>
        </li>
    }
}

/// What the platform says of a rendez-vous.
fn faits(carte: &CarteARattacher) -> impl IntoView + use<> {
    let rdv = &carte.rendez_vous;
    let situation = (!rdv.a_venir).then(|| {
        let situation = rdv.situation;
        view! { <p><BadgeSituation situation/></p> }
    });
    let noms: Vec<&str> = carte.personnes.iter().map(|personne| personne.nom.as_str()).collect();
    let titre =
        if noms.is_empty() { "Rendez-vous sans personne".to_owned() } else { noms.join(", ") };
    let par = if carte.par_le_service { "Fixé par le service" } else { "Pris par l'usager" };
    view! {
        <h3 class="fr-h6 fr-mb-1w rdv-cesure">{titre}</h3>
        {situation}
        {details(rdv, Lecteur::Instructeur)}
        <p>{par} "\u{a0}:"</p>
        <ul>{carte.personnes.iter().map(personne).collect_view()}</ul>
        <p>
            <LienExterne href=carte.agents.clone() texte="Voir sur RDV Service Public"/>
        </p>
    }
}

fn personne(personne: &PersonneVue) -> impl IntoView + use<> {
    let suite = [personne.email.clone(), personne.telephone.clone()].into_iter().flatten();
    let suite: String = suite.map(|texte| format!(", {texte}")).collect();
    view! { <li class="rdv-cesure"><strong>{personne.nom.clone()}</strong> {suite}</li> }
}

/// A dossier that it may belong to, why, and « Rattacher ».
#[component]
fn Suggestion(id: RendezVousId, suggere: DossierSuggere) -> impl IntoView {
    let numero = suggere.numero;
    let pourquoi = (!suggere.raisons.is_empty()).then(|| {
        view! {
            <p class="fr-text--sm fr-mb-1w">"Pourquoi\u{a0}: " {suggere.raisons.join(", ")}</p>
        }
    });
    view! {
        <li class="rdv-suggestion">
            <p class="fr-mb-1v">
                <A href=Chemin::DossierSuivi(numero).to_string()>
                    "Dossier n°\u{a0}" {numero.to_string()}
                </A>
                " " <Badges etat=suggere.etat tag=suggere.tag/>
            </p>
            <p class="fr-mb-1v">{suggere.demandeur} ", " {suggere.titre}</p>
            {pourquoi}
            <form method="post" action=Rattacher::url()>
                <PageDuFormulaire/>
                <input type="hidden" name="rendez_vous" value=id.to_string()/>
                <input type="hidden" name="numero" value=numero.to_string()/>
                <button class="fr-btn fr-btn--sm" type="submit">
                    "Rattacher" <span class="fr-sr-only">
                        " au dossier n°\u{a0}" {numero.to_string()}
                    </span>
                </button>
            </form>
        </li>
    }
}

/// A dossier looked for by the name of who filed it, and those that were found.
#[component]
fn ParNom(id: RendezVousId, gestes: Gestes) -> impl IntoView {
    let champ = format!("cherche-{id}");
    let ici = Memo::new(move |_| {
        gestes.cherche.with(|(pour, texte)| {
            (*pour == Some(id) && !texte.trim().is_empty()).then(|| texte.clone())
        })
    });
    let trouves = move || {
        ici.with(Option::is_some).then(|| {
            let trouves = gestes.trouves.get();
            if trouves.is_empty() {
                return view! { <p class="fr-text--sm">"Aucun dossier de ce nom."</p> }.into_any();
            }
            let lignes = trouves
                .into_iter()
                .map(|suggere| view! { <Suggestion id suggere/> })
                .collect_view();
            view! { <ul class="rdv-suggestions">{lignes}</ul> }.into_any()
        })
    };
    view! {
        <form method="get">
            <input type="hidden" name=POUR value=id.to_string()/>
            <div class="fr-input-group fr-mt-2w">
                <label class="fr-label" for=champ.clone()>
                    "Nom du demandeur"
                    <span class="fr-hint-text">
                        "Parmi les dossiers de vos groupes d'instructeurs."
                    </span>
                </label>
                <input
                    class="fr-input"
                    id=champ
                    name=CHERCHE
                    type="search"
                    autocomplete="off"
                    value=ici.get_untracked()
                />
            </div>
            <button class="fr-btn fr-btn--secondary fr-btn--sm" type="submit">
                "Chercher un dossier"
            </button>
        </form>
        {trouves}
    }
}

/// « Numéro du dossier », for another one than those suggested.
#[component]
fn ParNumero(id: RendezVousId, gestes: Gestes) -> impl IntoView {
    let champ = format!("numero-{id}");
    let id_erreur = format!("numero-{id}-erreur");
    let le_sien = gestes.vise == Some(id);
    let refuse = gestes.suivi.sur(Champ::NumeroDossier);
    let erreur = Signal::derive(move || refuse.get().filter(|_| le_sien));
    let saisi = gestes.suivi.saisi(Champ::NumeroDossier.nom()).filter(|_| le_sien);
    let decrit_par = {
        let id_erreur = id_erreur.clone();
        move || erreur.with(Option::is_some).then(|| id_erreur.clone())
    };
    view! {
        <form method="post" action=Rattacher::url()>
            <PageDuFormulaire/>
            <input type="hidden" name="rendez_vous" value=id.to_string()/>
            <div
                class="fr-input-group fr-mt-2w"
                class:fr-input-group--error=move || erreur.with(Option::is_some)
            >
                <label class="fr-label" for=champ.clone()>
                    "Numéro du dossier"
                    <span class="fr-hint-text">
                        "Exemple\u{a0}: 17606854. Un dossier de vos groupes d'instructeurs."
                    </span>
                </label>
                <input
                    class="fr-input"
                    class:fr-input--error=move || erreur.with(Option::is_some)
                    id=champ
                    name=Champ::NumeroDossier.nom()
                    type="text"
                    inputmode="numeric"
                    autocomplete="off"
                    aria-invalid=move || erreur.with(Option::is_some).then_some("true")
                    aria-describedby=decrit_par
                    value=saisi
                />
                <MessageErreur id=id_erreur erreur/>
            </div>
            <button class="fr-btn fr-btn--secondary fr-btn--sm" type="submit">
                "Rattacher à ce dossier"
            </button>
        </form>
    }
}

/// « Ce rendez-vous ne concerne aucun dossier ».
#[component]
fn Aucun(id: RendezVousId) -> impl IntoView {
    view! {
        <form method="post" action=Ecarter::url()>
            <PageDuFormulaire/>
            <input type="hidden" name="rendez_vous" value=id.to_string()/>
            <button class="fr-btn fr-btn--tertiary fr-btn--sm fr-mt-2w" type="submit">
                "Ce rendez-vous ne concerne aucun dossier"
            </button>
        </form>
    }
}
