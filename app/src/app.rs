//! The application: what is around all pages, and which address shows which page.

use crate::components::site::compte_rdv::AvisCompteRdv;
use crate::components::site::entete::EnteteSite;
use crate::components::site::pied::Pied;
use crate::page::annonce::RegionAnnonces;
use crate::page::contexte::{Annonces, AuDepart, Navigation};
use crate::page::direct::Direct;
use crate::page::erreur::Introuvable;
use crate::page::navigateur::suivre_l_historique;
use crate::page::reussite::Reussite;
use crate::pages::administrateur::{
    AdministrateursDemarche, AgendaDuRdv, AnnotationDemarche, AnnotationsDemarche, ChampDemarche,
    ChampsDemarche, ConsultationsDemarche, CopieDemarche, CourrielDemarche, CourrielsDemarche,
    CourrielsNonEnvoyesDemarche, DemarcheAdministree, DemarchesAdministrees, EtatService,
    GroupesDemarche, HistoriqueDemarche, NotificationsDesInstructeurs, NotificationsMisesDeCote,
    PresentationDemarche, ProConnectDemarche, RaccordementDemarche, RaccorderUneDemarche,
    ReglageDuRdv, ServiceDemarche, ToutesLesDemarches,
};
use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::components::{Route, Router, Routes};
use leptos_router::{SsrMode, path};
#[cfg(not(feature = "ssr"))]
use {crate::page::erreur::adresse_ici, crate::page::navigateur, domain::chemin::a_hydrater};
#[cfg(feature = "ssr")]
use {
    crate::pages::Accueil,
    crate::pages::abonnement::{AbonnementDemarche, AbonnementUsager},
    crate::pages::affichage::Affichage,
    crate::pages::aide::Aide,
    crate::pages::compte::{
        ChoisirMotDePasse, CompteEfface, ConfirmationFaite, ConfirmerQuiOnEst, Connexion,
        CreerUnCompte, LienDeConfirmation, LienDeRattachement, MesDonnees, MessageEnvoye,
        MonCompte, MotDePasseOublie, ProuverQuiOnEst, RattachementEnvoye, RattacherUneIdentite,
    },
    crate::pages::compte_rdv::CompteRdvServicePublic,
    crate::pages::desabonnement::NePlusRecevoir,
    crate::pages::expert::AvisDeLExpert,
    crate::pages::instructeur::{
        AdministrateursSuivis, AnnotationsInstructeur, AvisDuDossier, ContacterLesBrouillons,
        DemandeInstructeur, DemarcheSuivie, DemarchesSuivies, DossierInstructeur,
        ExportsDeLaDemarche, GestionDesNotifications, ImprimerLeDossier, InstructeursDeLaDemarche,
        MessagerieInstructeur, PersonnesInstructeur, PiecesInstructeur, ReaffectationDuDossier,
        RechercheDeDossiers, RendezVousAvecLesUsagers, RendezVousSansDossier,
        StatistiquesDeLaDemarche, VersDemande,
    },
    crate::pages::legal::{Accessibilite, DonneesPersonnelles, MentionsLegales},
    crate::pages::plan_du_site::PlanDuSite,
    crate::pages::proposition::PropositionParLien,
    crate::pages::usager::{
        CommencerLaDemarche, DemandeUsager, DossierUsager, LeBrouillon, MesDossiers,
        MessagerieUsager, ModifierLeDossier, RendezVousUsager, ResumeUsager, VersResume,
    },
    leptos_router::components::ParentRoute,
};

/// The whole interface.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    let annonces = Annonces::fournir();
    AuDepart::fournir();
    Direct::fournir();
    view! {
        <Router>
            <Cadre>
                <Adresses/>
            </Cadre>
            <RegionAnnonces annonces/>
        </Router>
    }
}

/// What is around all pages.
#[component]
fn Cadre(children: Children) -> impl IntoView {
    Navigation::fournir();
    suivre_l_historique();
    view! {
        <div class="fr-skiplinks">
            <nav class="fr-container" role="navigation" aria-label="Accès rapide">
                <ul class="fr-skiplinks__list">
                    <li>
                        <a class="fr-link" href="#contenu" rel="external">"Contenu"</a>
                    </li>
                    <li>
                        <a class="fr-link" href="#pied" rel="external">"Pied de page"</a>
                    </li>
                </ul>
            </nav>
        </div>
        <EnteteSite/>
        <main id="contenu" role="main" tabindex="-1" class="fr-container rdv-contenu">
            <AvisCompteRdv/>
            <Reussite/>
            {children()}
        </main>
        <Pied/>
    }
}

/// The routes of the pages that are hydrated ([`a_hydrater`] says so of their addresses), after others.
macro_rules! routes {
    ($repli:ident, $($autres:tt)*) => {
        view! {
            <Routes fallback=|| view! { <$repli/> }>
                $($autres)*
                <Route path=path!("/admin/demarches") view=DemarchesAdministrees ssr=SsrMode::Async/>
                <Route
                    path=path!("/admin/demarches/:numero")
                    view=DemarcheAdministree
                    ssr=SsrMode::Async
                />
                <Route
                    path=path!("/admin/toutes-les-demarches")
                    view=ToutesLesDemarches
                    ssr=SsrMode::Async
                />
                <Route
                    path=path!("/admin/etat-du-service")
                    view=EtatService
                    ssr=SsrMode::Async
                />
                <Route
                    path=path!("/admin/raccordements/nouveau")
                    view=RaccorderUneDemarche
                    ssr=SsrMode::Async
                />
                <Route
                    path=path!("/admin/demarches/:numero/raccordement")
                    view=RaccordementDemarche
                    ssr=SsrMode::Async
                />
                <Route
                    path=path!("/admin/demarches/:numero/presentation")
                    view=PresentationDemarche
                    ssr=SsrMode::Async
                />
                <Route
                    path=path!("/admin/demarches/:numero/champs")
                    view=ChampsDemarche
                    ssr=SsrMode::Async
                />
                <Route
                    path=path!("/admin/demarches/:numero/champs/:champ")
                    view=ChampDemarche
                    ssr=SsrMode::Async
                />
                <Route
                    path=path!("/admin/demarches/:numero/annotations")
                    view=AnnotationsDemarche
                    ssr=SsrMode::Async
                />
                <Route
                    path=path!("/admin/demarches/:numero/annotations/:champ")
                    view=AnnotationDemarche
                    ssr=SsrMode::Async
                />
                <Route
                    path=path!("/admin/demarches/:numero/service")
                    view=ServiceDemarche
                    ssr=SsrMode::Async
                />
                <Route
                    path=path!("/admin/demarches/:numero/administrateurs")
                    view=AdministrateursDemarche
                    ssr=SsrMode::Async
                />
                <Route
                    path=path!("/admin/demarches/:numero/groupes")
                    view=GroupesDemarche
                    ssr=SsrMode::Async
                />
                <Route
                    path=path!("/admin/demarches/:numero/emails")
                    view=CourrielsDemarche
                    ssr=SsrMode::Async
                />
                <Route
                    path=path!("/admin/demarches/:numero/emails/:modele")
                    view=CourrielDemarche
                    ssr=SsrMode::Async
                />
                <Route
                    path=path!("/admin/demarches/:numero/historique")
                    view=HistoriqueDemarche
                    ssr=SsrMode::Async
                />
                <Route
                    path=path!("/admin/demarches/:numero/proconnect")
                    view=ProConnectDemarche
                    ssr=SsrMode::Async
                />
                <Route
                    path=path!("/admin/demarches/:numero/consultations")
                    view=ConsultationsDemarche
                    ssr=SsrMode::Async
                />
                <Route
                    path=path!("/admin/demarches/:numero/copie")
                    view=CopieDemarche
                    ssr=SsrMode::Async
                />
                <Route
                    path=path!("/admin/demarches/:numero/rdv")
                    view=ReglageDuRdv
                    ssr=SsrMode::Async
                />
                <Route
                    path=path!("/admin/demarches/:numero/rdv/compte")
                    view=AgendaDuRdv
                    ssr=SsrMode::Async
                />
                <Route
                    path=path!("/admin/demarches/:numero/notifications")
                    view=NotificationsDesInstructeurs
                    ssr=SsrMode::Async
                />
                <Route
                    path=path!("/admin/demarches/:numero/courriels")
                    view=CourrielsNonEnvoyesDemarche
                    ssr=SsrMode::Async
                />
                <Route
                    path=path!("/admin/demarches/:numero/rdv/notifications")
                    view=NotificationsMisesDeCote
                    ssr=SsrMode::Async
                />
            </Routes>
        }
    };
}

/// Which address shows which page. Each is rendered whole before it is sent, so that it can be read without JavaScript.
#[cfg(feature = "ssr")]
#[component]
fn Adresses() -> impl IntoView {
    routes! {
        Introuvable,
        <Route path=path!("/") view=Accueil ssr=SsrMode::Async/>
        <Route path=path!("/connexion") view=Connexion ssr=SsrMode::Async/>
        <Route
            path=path!("/connexion/rattachement")
            view=RattacherUneIdentite
            ssr=SsrMode::Async
        />
        <Route
            path=path!("/connexion/rattachement/envoye")
            view=RattachementEnvoye
            ssr=SsrMode::Async
        />
        <Route
            path=path!("/connexion/rattachement/lien/:jeton")
            view=LienDeRattachement
            ssr=SsrMode::Async
        />
        <Route path=path!("/creer-un-compte") view=CreerUnCompte ssr=SsrMode::Async/>
        <Route path=path!("/mot-de-passe-oublie") view=MotDePasseOublie ssr=SsrMode::Async/>
        <Route path=path!("/compte/message-envoye") view=MessageEnvoye ssr=SsrMode::Async/>
        <Route path=path!("/compte/lien/:jeton") view=ChoisirMotDePasse ssr=SsrMode::Async/>
        <Route path=path!("/mon-compte") view=MonCompte ssr=SsrMode::Async/>
        <Route path=path!("/mon-compte/mes-donnees") view=MesDonnees ssr=SsrMode::Async/>
        <Route path=path!("/mon-compte/preuve") view=ProuverQuiOnEst ssr=SsrMode::Async/>
        <Route path=path!("/compte/efface") view=CompteEfface ssr=SsrMode::Async/>
        <Route path=path!("/confirmation") view=ConfirmerQuiOnEst ssr=SsrMode::Async/>
        <Route
            path=path!("/confirmation/lien/:jeton")
            view=LienDeConfirmation
            ssr=SsrMode::Async
        />
        <Route path=path!("/confirmation/faite") view=ConfirmationFaite ssr=SsrMode::Async/>
        <Route path=path!("/affichage") view=Affichage ssr=SsrMode::Async/>
        <Route path=path!("/plan-du-site") view=PlanDuSite ssr=SsrMode::Async/>
        <Route path=path!("/aide") view=Aide ssr=SsrMode::Async/>
        <Route path=path!("/aide/:role") view=Aide ssr=SsrMode::Async/>
        <Route path=path!("/accessibilite") view=Accessibilite ssr=SsrMode::Async/>
        <Route path=path!("/mentions-legales") view=MentionsLegales ssr=SsrMode::Async/>
        <Route
            path=path!("/donnees-personnelles")
            view=DonneesPersonnelles
            ssr=SsrMode::Async
        />
        <Route
            path=path!("/rdv-service-public")
            view=CompteRdvServicePublic
            ssr=SsrMode::Async
        />
        <Route path=path!("/abonnement") view=AbonnementUsager ssr=SsrMode::Async/>
        <Route
            path=path!("/abonnement/demarches/:numero")
            view=AbonnementDemarche
            ssr=SsrMode::Async
        />
        <Route path=path!("/desabonnement/:jeton") view=NePlusRecevoir ssr=SsrMode::Async/>
        <Route path=path!("/avis/:jeton") view=AvisDeLExpert ssr=SsrMode::Async/>
        <Route path=path!("/p/:secret") view=PropositionParLien ssr=SsrMode::Async/>
        <Route path=path!("/dossiers") view=MesDossiers ssr=SsrMode::Async/>
        <Route path=path!("/commencer/:numero") view=CommencerLaDemarche ssr=SsrMode::Async/>
        <Route path=path!("/brouillons/:numero") view=LeBrouillon ssr=SsrMode::Async/>
        <Route
            path=path!("/dossiers/:numero/modifier")
            view=ModifierLeDossier
            ssr=SsrMode::Async
        />
        <ParentRoute path=path!("/dossiers/:numero") view=DossierUsager ssr=SsrMode::Async>
            <Route path=path!("") view=VersResume ssr=SsrMode::Async/>
            <Route path=path!("resume") view=ResumeUsager ssr=SsrMode::Async/>
            <Route path=path!("demande") view=DemandeUsager ssr=SsrMode::Async/>
            <Route path=path!("messagerie") view=MessagerieUsager ssr=SsrMode::Async/>
            <Route path=path!("rendez-vous") view=RendezVousUsager ssr=SsrMode::Async/>
        </ParentRoute>
        <Route
            path=path!("/instructeur/recherche")
            view=RechercheDeDossiers
            ssr=SsrMode::Async
        />
        <Route
            path=path!("/instructeur/demarches")
            view=DemarchesSuivies
            ssr=SsrMode::Async
        />
        <Route
            path=path!("/instructeur/demarches/:numero")
            view=DemarcheSuivie
            ssr=SsrMode::Async
        />
        <Route
            path=path!("/instructeur/demarches/:numero/statistiques")
            view=StatistiquesDeLaDemarche
            ssr=SsrMode::Async
        />
        <Route
            path=path!("/instructeur/demarches/:numero/rendez-vous")
            view=RendezVousAvecLesUsagers
            ssr=SsrMode::Async
        />
        <Route
            path=path!("/instructeur/demarches/:numero/notifications")
            view=GestionDesNotifications
            ssr=SsrMode::Async
        />
        <Route
            path=path!("/instructeur/demarches/:numero/rendez-vous/a-rattacher")
            view=RendezVousSansDossier
            ssr=SsrMode::Async
        />
        <Route
            path=path!("/instructeur/demarches/:numero/instructeurs")
            view=InstructeursDeLaDemarche
            ssr=SsrMode::Async
        />
        <Route
            path=path!("/instructeur/demarches/:numero/administrateurs")
            view=AdministrateursSuivis
            ssr=SsrMode::Async
        />
        <Route
            path=path!("/instructeur/demarches/:numero/brouillons")
            view=ContacterLesBrouillons
            ssr=SsrMode::Async
        />
        <Route
            path=path!("/instructeur/demarches/:numero/exports")
            view=ExportsDeLaDemarche
            ssr=SsrMode::Async
        />
        <Route
            path=path!("/instructeur/dossiers/:numero/imprimer")
            view=ImprimerLeDossier
            ssr=SsrMode::Async
        />
        <ParentRoute
            path=path!("/instructeur/dossiers/:numero")
            view=DossierInstructeur
            ssr=SsrMode::Async
        >
            <Route path=path!("") view=VersDemande ssr=SsrMode::Async/>
            <Route path=path!("demande") view=DemandeInstructeur ssr=SsrMode::Async/>
            <Route path=path!("pieces-jointes") view=PiecesInstructeur ssr=SsrMode::Async/>
            <Route path=path!("annotations") view=AnnotationsInstructeur ssr=SsrMode::Async/>
            <Route path=path!("avis") view=AvisDuDossier ssr=SsrMode::Async/>
            <Route path=path!("messagerie") view=MessagerieInstructeur ssr=SsrMode::Async/>
            <Route path=path!("personnes") view=PersonnesInstructeur ssr=SsrMode::Async/>
            <Route path=path!("reaffectation") view=ReaffectationDuDossier ssr=SsrMode::Async/>
        </ParentRoute>
    }
}

/// In the browser, those that are hydrated: the others are the server's alone.
#[cfg(not(feature = "ssr"))]
#[component]
fn Adresses() -> impl IntoView {
    routes! { Ailleurs, }
}

/// In the place of a page that the browser does not hold: it is loaded from the server.
#[cfg(not(feature = "ssr"))]
#[component]
fn Ailleurs() -> impl IntoView {
    let ici = adresse_ici();
    if a_hydrater(ici.get_untracked().split('?').next().unwrap_or_default()) {
        return view! { <Introuvable/> }.into_any();
    }
    Effect::new(move |_| navigateur::aller(&ici.get_untracked()));
    ().into_any()
}
