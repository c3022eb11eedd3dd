//! The header of the site.

use super::rubriques::{aide, role_aide};
use crate::api::compte_rdv::ADRESSE as COMPTE_RDV;
use crate::components::badge::{BadgeRole, Virgule, nom_du_role};
use crate::page::contexte::AuDepart;
use crate::page::service;
use domain::chemin::Chemin;
use domain::role::Role;
use domain::vues::{EtatCompteRdv, Session};
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use leptos_router::components::A;
use leptos_router::hooks::{use_location, use_query_map};

/// Where an instructeur looks for a dossier among all those that they examine.
pub const RECHERCHE: &str = Chemin::Recherche.patron();

/// Where a role begins.
pub const fn accueil(role: Role) -> &'static str {
    match role {
        Role::Usager => Chemin::MesDossiers.patron(),
        Role::Instructeur => Chemin::DemarchesSuivies.patron(),
        Role::Administrateur => Chemin::DemarchesAdministrees.patron(),
    }
}

/// The entries of the menu: address and name. The first is where the role begins, above all its pages
/// that belong to no other entry.
pub const fn menu(role: Role) -> &'static [(&'static str, &'static str)] {
    const DE_L_USAGER: &[(&str, &str)] = &[(Chemin::MesDossiers.patron(), "Mes dossiers")];
    const DE_L_INSTRUCTEUR: &[(&str, &str)] = &[(Chemin::DemarchesSuivies.patron(), "Démarches")];
    const DE_L_ADMINISTRATEUR: &[(&str, &str)] = &[
        (Chemin::DemarchesAdministrees.patron(), "Mes démarches"),
        (Chemin::ToutesLesDemarches.patron(), "Toutes les démarches"),
    ];
    match role {
        Role::Usager => DE_L_USAGER,
        Role::Instructeur => DE_L_INSTRUCTEUR,
        Role::Administrateur => DE_L_ADMINISTRATEUR,
    }
}

/// Whether the page `chemin` is one of « Mon compte », which belongs to no side.
fn du_compte(chemin: &str) -> bool {
    let racine = Chemin::MonCompte.patron();
    chemin.strip_prefix(racine).is_some_and(|suite| suite.is_empty() || suite.starts_with('/'))
}

/// `aria-current` of the entry `adresse` of the menu of `role`, on the page `chemin`.
fn courant(role: Role, adresse: &str, chemin: &str) -> Option<&'static str> {
    if du_compte(chemin) {
        return None;
    }
    let la_sienne = |(autre, _): &&(&str, &str)| chemin.starts_with(*autre);
    let ici = menu(role).iter().find(la_sienne).or(menu(role).first());
    match ici {
        _ if chemin == adresse => Some("page"),
        Some((autre, _)) if *autre == adresse => Some("true"),
        _ => None,
    }
}

/// The side of the product that `chemin` belongs to, for somebody who has `roles`.
fn role_de(chemin: &str, roles: &[Role]) -> Option<Role> {
    let selon_l_adresse = match chemin.split('/').nth(1) {
        Some("instructeur") => Role::Instructeur,
        Some("admin") => Role::Administrateur,
        Some("dossiers" | "brouillons" | "commencer") => Role::Usager,
        Some("aide") => match chemin.split('/').nth(2).and_then(role_aide) {
            Some(role) => role,
            None => return roles.first().copied(),
        },
        _ => return roles.first().copied(),
    };
    roles.contains(&selon_l_adresse).then_some(selon_l_adresse).or(roles.first().copied())
}

/// The header: the State, the service, who is signed in.
#[component]
pub fn EnteteSite() -> impl IntoView {
    let depart = use_context::<AuDepart>();
    view! {
        <header role="banner" class="fr-header">
            <div class="fr-header__body">
                <div class="fr-container">
                    <div class="fr-header__body-row rdv-entete">
                        <Marque>
                            <Suspense>
                                {Suspend::new(async move {
                                    session(depart).await.map(|_| view! { <BoutonMenu/> })
                                })}
                            </Suspense>
                        </Marque>
                        <Suspense>
                            {Suspend::new(async move {
                                match session(depart).await {
                                    Some(session) => view! { <Compte session/> }.into_any(),
                                    None => view! { <Visiteur/> }.into_any(),
                                }
                            })}
                        </Suspense>
                    </div>
                </div>
            </div>
            <Suspense>
                {Suspend::new(async move {
                    session(depart).await.map(|session| view! { <Menu session/> })
                })}
            </Suspense>
        </header>
    }
}

async fn session(depart: Option<AuDepart>) -> Option<Session> {
    depart?.0.await.ok()?.session
}

/// The State and the service. `children`: what is beside them on a small screen.
#[component]
fn Marque(children: Children) -> impl IntoView {
    view! {
        <div class="fr-header__brand fr-enlarge-link">
            <div class="fr-header__brand-top">
                <div class="fr-header__logo">
                    <p class="fr-logo">"République" <br/> "Française"</p>
                </div>
                <div class="fr-header__navbar">{children()}</div>
            </div>
            <div class="fr-header__service">
                <a href=Chemin::Accueil.to_string() title=format!("Accueil - {}", service::nom())>
                    <p class="fr-header__service-title">{service::nom()}</p>
                </a>
            </div>
        </div>
    }
}

/// The id of what the button « Menu » shows and hides: the tools, and the entries.
const OUTILS: &str = "entete-outils";
const ENTREES: &str = "entete-entrees";

/// « Menu », on a small screen. What it unfolds stands elsewhere in the header and follows its state by the stylesheet,
/// so that it needs no script.
#[component]
fn BoutonMenu() -> impl IntoView {
    let noeud = NodeRef::<html::Details>::new();
    let fermer = move || {
        if let Some(noeud) = noeud.get_untracked() {
            noeud.set_open(false);
        }
    };
    // A page that one goes to from the menu is shown without it.
    let chemin = use_location().pathname;
    Effect::new(move |avant: Option<String>| {
        let chemin = chemin.get();
        if avant.is_some_and(|avant| avant != chemin) {
            fermer();
        }
        chemin
    });
    let au_clavier = move |touche: KeyboardEvent| {
        if touche.key() == "Escape" {
            fermer();
        }
    };
    view! {
        <details class="rdv-menu-bouton" data-echap node_ref=noeud on:keydown=au_clavier>
            <summary
                class="fr-btn--menu fr-btn"
                title="Menu"
                aria-controls=format!("{OUTILS} {ENTREES}")
            >
                "Menu"
            </summary>
        </details>
    }
}

/// What is in the header of those who are not signed in.
#[component]
fn Visiteur() -> impl IntoView {
    view! {
        <div class="rdv-compte">
            <div class="rdv-compte__actions">
                <Aide role=None/>
            </div>
        </div>
    }
}

/// « Aide », for the side of the product that is shown.
#[component]
fn Aide(#[prop(into)] role: Signal<Option<Role>>) -> impl IntoView {
    view! {
        <A
            href=move || aide(role.get())
            attr:class="fr-btn fr-btn--tertiary-no-outline fr-btn--sm fr-icon-question-line fr-btn--icon-left"
        >
            "Aide"
        </A>
    }
}

/// « Rechercher un dossier », among all those that one examines.
#[component]
fn Rechercher() -> impl IntoView {
    let (chemin, recherche) = (use_location().pathname, use_query_map());
    let cherche = move || {
        let ici = chemin.with(|chemin| chemin == RECHERCHE);
        ici.then(|| recherche.read().get("q")).flatten()
    };
    view! {
        <form
            class="rdv-entete__recherche"
            method="get"
            action=RECHERCHE
            role="search"
            aria-label="Toutes les démarches"
        >
            <div class="fr-search-bar">
                <label class="fr-label" for="recherche-entete">"Rechercher un dossier"</label>
                <input
                    class="fr-input"
                    type="search"
                    id="recherche-entete"
                    name="q"
                    maxlength="100"
                    placeholder="Rechercher un dossier"
                    value=cherche
                />
                <button class="fr-btn" type="submit" title="Rechercher un dossier">
                    "Rechercher un dossier"
                </button>
            </div>
        </form>
    }
}

/// Who is signed in, as what, and the way out.
#[component]
fn Compte(session: Session) -> impl IntoView {
    let chemin = use_location().pathname;
    let roles = session.roles.clone();
    let role = Memo::new(move |_| chemin.with(|chemin| role_de(chemin, &roles)));
    let compte = move || {
        chemin.with(|chemin| match chemin.as_str() {
            ici if ici == Chemin::MonCompte.patron() => Some("page"),
            dedans if du_compte(dedans) => Some("true"),
            _ => None,
        })
    };
    let rechercher =
        move || (role.get() == Some(Role::Instructeur)).then(|| view! { <Rechercher/> });
    let autres = move || {
        session
            .roles
            .iter()
            .copied()
            .filter(|autre| Some(*autre) != role.get())
            .map(|autre| {
                view! {
                    <A href=accueil(autre) attr:class="fr-btn fr-btn--tertiary-no-outline fr-btn--sm">
                        "Passer en " {nom_du_role(autre)}
                    </A>
                }
            })
            .collect_view()
    };
    view! {
        <div class="rdv-compte" id=OUTILS>
            <p class="rdv-compte__qui">
                <span class="fr-icon-account-circle-fill fr-icon--sm" aria-hidden="true"></span>
                <span class="rdv-compte__email">{session.email.clone()}</span>
                {move || role.get().map(|role| view! { <Virgule/> <BadgeRole role/> })}
            </p>
            <div class="rdv-compte__actions">
                {autres}
                <a
                    class="fr-btn fr-btn--tertiary-no-outline fr-btn--sm"
                    href=Chemin::MonCompte.to_string()
                    aria-current=compte
                >
                    "Mon compte"
                </a>
                <Aide role/>
                <form method="post" action=Chemin::Deconnexion.to_string()>
                    <button
                        class="fr-btn fr-btn--tertiary-no-outline fr-btn--sm fr-icon-logout-box-r-line fr-btn--icon-left"
                        type="submit"
                    >
                        "Se déconnecter"
                    </button>
                </form>
            </div>
            {rechercher}
        </div>
    }
}

#[component]
fn Menu(session: Session) -> impl IntoView {
    let chemin = use_location().pathname;
    let roles = session.roles;
    let compte_rdv = (session.compte_rdv != EtatCompteRdv::Indisponible).then(|| {
        let ici = move || chemin.with(|chemin| chemin == COMPTE_RDV).then_some("page");
        view! {
            <li class="fr-nav__item">
                <a class="fr-nav__link" href=COMPTE_RDV aria-current=ici>
                    "Mon compte RDV Service Public"
                </a>
            </li>
        }
    });
    let lien = move |role: Role, adresse: &'static str, nom: &'static str| {
        let ici = move || {
            chemin.with(|chemin| {
                (chemin != COMPTE_RDV).then(|| courant(role, adresse, chemin)).flatten()
            })
        };
        view! {
            <li class="fr-nav__item">
                <a class="fr-nav__link" href=adresse aria-current=ici>
                    {nom}
                </a>
            </li>
        }
    };
    let role = Memo::new(move |_| chemin.with(|chemin| role_de(chemin, &roles)));
    let liens = move || {
        role.get().map(|role| {
            menu(role).iter().map(|(adresse, nom)| lien(role, adresse, nom)).collect_view()
        })
    };
    view! {
        <div class="fr-container rdv-menu__cadre" id=ENTREES>
            <nav class="fr-nav rdv-menu" aria-label="Menu principal">
                <ul class="fr-nav__list">
                    {liens}
                    {compte_rdv}
                </ul>
            </nav>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_says_which_side_is_shown() {
        let tous = [Role::Usager, Role::Instructeur, Role::Administrateur];
        assert_eq!(role_de("/instructeur/demarches/88454", &tous), Some(Role::Instructeur));
        assert_eq!(role_de("/admin/demarches", &tous), Some(Role::Administrateur));
        assert_eq!(role_de("/dossiers", &tous), Some(Role::Usager));
    }

    #[test]
    fn one_entry_of_the_menu_is_lit() {
        let lue = |chemin| {
            menu(Role::Administrateur)
                .iter()
                .map(move |(a, _)| courant(Role::Administrateur, a, chemin))
        };
        let (page, dedans) = (Some("page"), Some("true"));
        assert!(lue("/admin/demarches").eq([page, None]));
        assert!(lue("/admin/demarches/88454/rdv").eq([dedans, None]));
        assert!(lue("/admin/toutes-les-demarches").eq([None, page]));
        assert!(lue("/mentions-legales").eq([dedans, None]));
        assert!(lue("/mon-compte").eq([None, None]) && lue("/mon-compte/preuve").eq([None, None]));
        assert!(du_compte("/mon-compte") && !du_compte("/mon-comptes"));
    }

    #[test]
    fn a_side_that_one_has_not_is_never_shown() {
        assert_eq!(role_de("/admin/demarches", &[Role::Usager]), Some(Role::Usager));
        assert_eq!(role_de("/", &[Role::Instructeur]), Some(Role::Instructeur));
        assert_eq!(role_de("/", &[]), None);
    }
}
