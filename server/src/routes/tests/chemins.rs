//! The addresses that links name are those that the router knows.

use super::Site;
use crate::routes::pages;
use domain::champs::Pour;
use domain::chemin::{Chemin, Ecran, Onglet};
use domain::identite::Fournisseur;
use domain::ids::{ChampId, DemarcheNumero, DossierNumero, RendezVousId};
use domain::modele::Modele;

const DOSSIER: DossierNumero = DossierNumero(1);
const DEMARCHE: DemarcheNumero = DemarcheNumero(1);
const RDV: RendezVousId = RendezVousId(1);

/// Forms that are posted, files that are downloaded, and the ways to another site.
const SANS_PAGE: [Chemin<'static>; 28] = [
    Chemin::MesDonnees,
    Chemin::Confirmer,
    Chemin::SuiteDeConfirmation,
    Chemin::ConsultationsCsv(DEMARCHE),
    Chemin::Deconnexion,
    Chemin::MotDePasse,
    Chemin::ConnecterRdv,
    Chemin::RetourRdv,
    Chemin::PlanRdv,
    Chemin::Identite(Fournisseur::ProConnect),
    Chemin::Identite(Fournisseur::FranceConnect),
    Chemin::RetourIdentite(Fournisseur::ProConnect),
    Chemin::RetourIdentite(Fournisseur::FranceConnect),
    Chemin::SortieIdentite(Fournisseur::ProConnect),
    Chemin::SortieIdentite(Fournisseur::FranceConnect),
    Chemin::RattacherParMotDePasse,
    Chemin::RattacherParAdresse,
    Chemin::RattacherParLien,
    Chemin::Attestation(DOSSIER),
    Chemin::DossierPdf(DOSSIER),
    Chemin::DossierZip(DOSSIER),
    Chemin::DossierSuiviPdf(DOSSIER),
    Chemin::DossierSuiviZip(DOSSIER),
    Chemin::FormulaireVierge(DEMARCHE),
    Chemin::FichierRdv(DOSSIER, RDV),
    Chemin::FichierRdvSuivi(DOSSIER, RDV),
    Chemin::Flux("a1"),
    Chemin::FichierProposition("a1", RDV),
];

fn des_pages() -> Vec<Chemin<'static>> {
    use Chemin::{
        ARattacher, Abonnement, AbonnementDemarche, Accessibilite, Accueil, Affichage, Aide, Avis,
        Brouillon, Commencer, CompteRdv, Connexion, CreerUnCompte, Demande, DemarcheAdministree,
        DemarcheSuivie, DemarchesAdministrees, DemarchesSuivies, DonneesPersonnelles, Dossier,
        DossierSuivi, Imprimer, LienDeCompte, MentionsLegales, MesDossiers, MessageEnvoye,
        Messagerie, Modifier, MotDePasseOublie, PlanDuSite, Recherche, RendezVous,
        RendezVousDemarche, Resume, StatistiquesDemarche, ToutesLesDemarches,
    };
    let communes = [
        Accueil,
        Connexion,
        CreerUnCompte,
        MotDePasseOublie,
        MessageEnvoye,
        LienDeCompte("a1"),
        Chemin::Rattachement,
        Chemin::RattachementEnvoye,
        Chemin::LienDeRattachement("a1"),
        Affichage,
        PlanDuSite,
        Aide,
        Accessibilite,
        MentionsLegales,
        DonneesPersonnelles,
        CompteRdv,
        Avis("a1"),
        Abonnement,
        AbonnementDemarche(DEMARCHE),
        Chemin::Desabonnement("a1"),
        Chemin::Proposition("a1"),
        Chemin::MonCompte,
        Chemin::CompteEfface,
        Chemin::Confirmation,
        Chemin::LienDeConfirmation("a1"),
        Chemin::ConfirmationFaite,
    ];
    let usager = [
        MesDossiers,
        Commencer(DEMARCHE),
        Brouillon(DOSSIER),
        Dossier(DOSSIER),
        Resume(DOSSIER),
        Demande(DOSSIER),
        Messagerie(DOSSIER),
        RendezVous(DOSSIER),
        Modifier(DOSSIER),
    ];
    let instructeur = [
        Recherche,
        DemarchesSuivies,
        DemarcheSuivie(DEMARCHE),
        RendezVousDemarche(DEMARCHE),
        ARattacher(DEMARCHE),
        Chemin::InstructeursDemarche(DEMARCHE),
        Chemin::AdministrateursDemarche(DEMARCHE),
        Chemin::BrouillonsDemarche(DEMARCHE),
        Chemin::ExportsDemarche(DEMARCHE),
        Chemin::NotificationsDemarche(DEMARCHE),
        StatistiquesDemarche(DEMARCHE),
        DossierSuivi(DOSSIER),
        Imprimer(DOSSIER),
    ];
    let onglets = [
        Onglet::Demande,
        Onglet::PiecesJointes,
        Onglet::Annotations,
        Onglet::Avis,
        Onglet::Messagerie,
        Onglet::Personnes,
        Onglet::Reaffectation,
    ]
    .map(|onglet| Chemin::Onglet(DOSSIER, onglet));
    let administrateur = [
        DemarchesAdministrees,
        ToutesLesDemarches,
        Chemin::EtatDuService,
        Chemin::NouveauRaccordement,
        DemarcheAdministree(DEMARCHE),
    ];
    let ecrans = [
        Ecran::Presentation,
        Ecran::des_champs(Pour::Usagers),
        Ecran::des_champs(Pour::Administration),
        Ecran::du_champ(Pour::Usagers, ChampId(1)),
        Ecran::du_champ(Pour::Administration, ChampId(1)),
        Ecran::Service,
        Ecran::Administrateurs,
        Ecran::Groupes,
        Ecran::Emails,
        Ecran::Email(Modele::PropositionRdv),
        Ecran::Historique,
        Ecran::Copie,
        Ecran::Rdv,
        Ecran::AgendaRdv,
        Ecran::Notifications,
        Ecran::CourrielsNonEnvoyes,
        Ecran::Avertissements,
        Ecran::Consultations,
        Ecran::ProConnect,
        Ecran::Raccordement,
    ]
    .map(|ecran| Chemin::Ecran(DEMARCHE, ecran));
    [&communes[..], &usager, &instructeur, &onglets, &administrateur, &ecrans].concat()
}

#[tokio::test]
async fn each_page_of_the_router_has_a_name_and_each_name_a_page() {
    let site = Site::ouvrir().await;
    let connues = pages::chemins(&site.contexte);
    let nommes = des_pages();
    for chemin in &nommes {
        assert!(connues.iter().any(|connue| connue == chemin.patron()), "{chemin} shows no page");
    }
    for connue in &connues {
        let nommee = nommes.iter().any(|chemin| connue == chemin.patron());
        // The help has a page for each role, named after the role.
        assert!(nommee || connue == "/aide/{role}", "{connue} has no name");
    }
    for chemin in SANS_PAGE {
        assert!(!connues.iter().any(|connue| connue == chemin.patron()), "{chemin} is a page");
    }
}
