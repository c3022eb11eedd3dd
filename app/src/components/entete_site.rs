//! The header of the site.

use crate::api::compte_rdv::ADRESSE as COMPTE_RDV;
use crate::components::badge::{BadgeRole, Virgule, nom_du_role};
use crate::components::service;
use crate::contexte::AuDepart;
use domain::role::Role;
use domain::vues::{EtatCompteRdv, Session};
use leptos::prelude::*;
use leptos_router::components::A;
use leptos_router::hooks::use_location;

/// Where a role begins.
pub const fn accueil(role: Role) -> &'static str {
    match role {
        Role::Usager => "/dossiers",
        Role::Instructeur => "/instructeur/demarches",
        Role::Administrateur => "/admin/demarches",
    }
}

/// The entries of the menu: address and name. The first is where the role begins, above all its pages
/// that belong to no other entry.
pub const fn menu(role: Role) -> &'static [(&'static str, &'static str)] {
    match role {
        Role::Usager => &[("/dossiers", "Mes dossiers")],
        Role::Instructeur => &[("/instructeur/demarches", "Démarches")],
        Role::Administrateur => &[
            ("/admin/demarches", "Mes démarches"),
            ("/admin/toutes-les-demarches", "Toutes les démarches"),
        ],
    }
}

/// `aria-current` of the entry `adresse` of the menu of `role`, on the page `chemin`.
fn courant(role: Role, adresse: &str, chemin: &str) -> Option<&'static str> {
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
                        <Marque/>
                        <Suspense>
                            {Suspend::new(async move {
                                session(depart).await.map(|session| view! { <Compte session/> })
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

#[component]
fn Marque() -> impl IntoView {
    view! {
        <div class="fr-header__brand fr-enlarge-link">
            <div class="fr-header__brand-top">
                <div class="fr-header__logo">
                    <p class="fr-logo">"République" <br/> "Française"</p>
                </div>
            </div>
            <div class="fr-header__service">
                <a href="/" title=format!("Accueil - {}", service::nom())>
                    <p class="fr-header__service-title">{service::nom()}</p>
                </a>
            </div>
        </div>
    }
}

/// Who is signed in, as what, and the way out.
#[component]
fn Compte(session: Session) -> impl IntoView {
    let chemin = use_location().pathname;
    let roles = session.roles.clone();
    let role = Memo::new(move |_| chemin.with(|chemin| role_de(chemin, &roles)));
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
        <div class="rdv-compte">
            <p class="rdv-compte__qui">
                <span class="fr-icon-account-circle-fill fr-icon--sm" aria-hidden="true"></span>
                <span class="rdv-compte__email">{session.email.clone()}</span>
                {move || role.get().map(|role| view! { <Virgule/> <BadgeRole role/> })}
            </p>
            <div class="rdv-compte__actions">
                {autres}
                <form method="post" action="/deconnexion">
                    <button
                        class="fr-btn fr-btn--tertiary-no-outline fr-btn--sm fr-icon-logout-box-r-line fr-btn--icon-left"
                        type="submit"
                    >
                        "Se déconnecter"
                    </button>
                </form>
            </div>
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
        <div class="fr-container">
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
    }

    #[test]
    fn a_side_that_one_has_not_is_never_shown() {
        assert_eq!(role_de("/admin/demarches", &[Role::Usager]), Some(Role::Usager));
        assert_eq!(role_de("/", &[Role::Instructeur]), Some(Role::Instructeur));
        assert_eq!(role_de("/", &[]), None);
    }
}
