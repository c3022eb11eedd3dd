//! Every address of the site, in one place: pages, mails and tests name a [`Chemin`] instead of writing a path.

use crate::champs::Pour;
use crate::identite::Fournisseur;
use crate::ids::{ChampId, DemarcheNumero, DossierNumero, MessageId, RendezVousId};
use crate::modele::Modele;
use std::fmt::{self, Display, Formatter};

/// An address of the site, from its root. `Display` writes it as a link does: « /dossiers/12/messagerie ».
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chemin<'a> {
    /// Leads to where the person works.
    Accueil,
    /// « Se connecter », page and form.
    Connexion,
    /// The form that closes the session.
    Deconnexion,
    /// « Créer un compte ».
    CreerUnCompte,
    /// « Mot de passe oublié ».
    MotDePasseOublie,
    /// « Consultez votre messagerie ».
    MessageEnvoye,
    /// The page of a link that lets choose a password, by its token.
    LienDeCompte(&'a str),
    /// The form that chooses a password.
    MotDePasse,
    /// The form that leaves for a platform of the State.
    Identite(Fournisseur),
    /// Where it sends people back.
    RetourIdentite(Fournisseur),
    /// Where it sends people back once they have signed out there.
    SortieIdentite(Fournisseur),
    /// The page where an identity waits for its account.
    Rattachement,
    /// The form that proves by a password that an account is theirs.
    RattacherParMotDePasse,
    /// The form that chooses an address.
    RattacherParAdresse,
    /// « Un lien vous a été envoyé ».
    RattachementEnvoye,
    /// The page of the link of that mail, by its token.
    LienDeRattachement(&'a str),
    /// The form of that page.
    RattacherParLien,
    /// « Mon compte ».
    MonCompte,
    /// What is shown once an account is erased.
    CompteEfface,
    /// « Mes données ».
    MesDonnees,
    /// The archive of them, to download.
    MesDonneesZip,
    /// « Confirmez que c'est bien vous », before what changes how one's account is opened, or erases it.
    Preuve,
    /// The form that proves it by the password.
    ProuverParMotDePasse,
    /// « Confirmez que c'est bien vous ».
    Confirmation,
    /// The page of a link that confirms who waits, by its token.
    LienDeConfirmation(&'a str),
    /// The form of that page.
    Confirmer,
    /// The form by which the browser that waited goes on.
    SuiteDeConfirmation,
    /// What is shown where the link was opened, when somebody waits elsewhere.
    ConfirmationFaite,
    /// « Paramètres d'affichage », page and form.
    Affichage,
    /// « Plan du site ».
    PlanDuSite,
    /// « Aide », of the side of the reader.
    Aide,
    /// « Accessibilité ».
    Accessibilite,
    /// « Mentions légales ».
    MentionsLegales,
    /// « Données personnelles ».
    DonneesPersonnelles,
    /// « Mon compte RDV Service Public ».
    CompteRdv,
    /// Leaves for RDV Service Public, to connect an account.
    ConnecterRdv,
    /// Where RDV Service Public sends people back.
    RetourRdv,
    /// « Choisir le créneau moi-même »: leaves for RDV Service Public.
    PlanRdv,
    /// The page of an expert, by the token of their link.
    Avis(&'a str),
    /// The page of a proposition made to somebody who has no account here, by the secret of their link.
    Proposition(&'a str),
    /// The file, for a calendar, of a rendez-vous of that page.
    FichierProposition(&'a str, RendezVousId),
    /// « Ne plus recevoir ces courriels », page and form, by the token of its link.
    Desabonnement(&'a str),
    /// « Mes dossiers ».
    MesDossiers,
    /// The public page of a démarche.
    Commencer(DemarcheNumero),
    /// A draft.
    Brouillon(DossierNumero),
    /// A dossier, for its usager: leads to its first tab.
    Dossier(DossierNumero),
    /// « Résumé ».
    Resume(DossierNumero),
    /// « Demande », for the usager.
    Demande(DossierNumero),
    /// « Messagerie », for the usager.
    Messagerie(DossierNumero),
    /// « Rendez-vous », for the usager.
    RendezVous(DossierNumero),
    /// The file of a rendez-vous for a calendar, for the usager.
    FichierRdv(DossierNumero, RendezVousId),
    /// « Modifier le dossier ».
    Modifier(DossierNumero),
    /// The attestation of a decision, to download.
    Attestation(DossierNumero),
    /// The dossier to download, for its usager.
    DossierPdf(DossierNumero),
    /// The dossier and its files to download, for its usager.
    DossierZip(DossierNumero),
    /// « Rechercher un dossier », for an instructeur.
    Recherche,
    /// The démarches of an instructeur.
    DemarchesSuivies,
    /// A démarche and its dossiers.
    DemarcheSuivie(DemarcheNumero),
    /// « Rendez-vous avec les usagers ».
    RendezVousDemarche(DemarcheNumero),
    /// « Rendez-vous à rattacher ».
    ARattacher(DemarcheNumero),
    /// « gestion des notifications » of an instructeur for a démarche.
    NotificationsDemarche(DemarcheNumero),
    /// « statistiques » of a démarche.
    StatistiquesDemarche(DemarcheNumero),
    /// « instructeurs »: who examines the dossiers of a démarche.
    InstructeursDemarche(DemarcheNumero),
    /// « voir les administrateurs » of a démarche, for its instructeurs.
    AdministrateursDemarche(DemarcheNumero),
    /// « contacter les usagers (brouillon) ».
    BrouillonsDemarche(DemarcheNumero),
    /// « voir les exports ».
    ExportsDemarche(DemarcheNumero),
    /// A dossier, for its instructeurs: leads to its first tab.
    DossierSuivi(DossierNumero),
    /// A tab of a dossier, for its instructeurs.
    Onglet(DossierNumero, Onglet),
    /// The file of a rendez-vous for a calendar, for the instructeurs.
    FichierRdvSuivi(DossierNumero, RendezVousId),
    /// « Suivre mes rendez-vous dans mon agenda », for an usager.
    Abonnement,
    /// The same, of the rendez-vous of a démarche, for its instructeurs.
    AbonnementDemarche(DemarcheNumero),
    /// What a calendar reads again and again, by its secret.
    Flux(&'a str),
    /// The print view of a dossier.
    Imprimer(DossierNumero),
    /// The dossier to download, for its instructeurs.
    DossierSuiviPdf(DossierNumero),
    /// The dossier and its files to download, for its instructeurs.
    DossierSuiviZip(DossierNumero),
    /// The démarches of an administrateur.
    DemarchesAdministrees,
    /// « Toutes les démarches ».
    ToutesLesDemarches,
    /// « État du service ».
    EtatDuService,
    /// « Raccorder une démarche de Démarches Simplifiées ».
    NouveauRaccordement,
    /// The management page of a démarche.
    DemarcheAdministree(DemarcheNumero),
    /// A screen of a démarche, that a tile leads to.
    Ecran(DemarcheNumero, Ecran),
    /// The blank form of a démarche, to download.
    FormulaireVierge(DemarcheNumero),
    /// « Consultations » as a table.
    ConsultationsCsv(DemarcheNumero),
}

/// A tab of a dossier, for its instructeurs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Onglet {
    /// « Demande ».
    Demande,
    /// « Pièces jointes ».
    PiecesJointes,
    /// « Annotations privées ».
    Annotations,
    /// « Avis externes ».
    Avis,
    /// « Messagerie ».
    Messagerie,
    /// « Personnes impliquées ».
    Personnes,
    /// « Réaffectation ».
    Reaffectation,
}

/// A screen of a démarche, that a tile leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ecran {
    /// « Présentation ».
    Presentation,
    /// « Champs du formulaire ».
    Champs,
    /// A field of the form.
    Champ(ChampId),
    /// « Annotations privées ».
    Annotations,
    /// A private field.
    Annotation(ChampId),
    /// « Service ».
    Service,
    /// « Administrateurs ».
    Administrateurs,
    /// « Groupe Instructeurs ».
    Groupes,
    /// « Configuration des emails ».
    Emails,
    /// The words of a mail.
    Email(Modele),
    /// « Modifications ».
    Historique,
    /// « Envoyer une copie ».
    Copie,
    /// « RDV Service Public ».
    Rdv,
    /// The agenda chosen with one's account of RDV Service Public.
    AgendaRdv,
    /// The notifications set aside.
    Notifications,
    /// The mails that could not leave.
    CourrielsNonEnvoyes,
    /// « Notifications des instructeurs ».
    Avertissements,
    /// « Consultations ».
    Consultations,
    /// « ProConnect ».
    ProConnect,
    /// « Démarches Simplifiées », to which it is joined.
    Raccordement,
}

impl Ecran {
    /// The list of the fields that `pour` fills in.
    #[must_use]
    pub const fn des_champs(pour: Pour) -> Self {
        match pour {
            Pour::Usagers => Self::Champs,
            Pour::Administration => Self::Annotations,
        }
    }

    /// The screen of a field that `pour` fills in.
    #[must_use]
    pub const fn du_champ(pour: Pour, champ: ChampId) -> Self {
        match pour {
            Pour::Usagers => Self::Champ(champ),
            Pour::Administration => Self::Annotation(champ),
        }
    }

    const fn patron(self) -> &'static str {
        match self {
            Self::Presentation => "/admin/demarches/{numero}/presentation",
            Self::Champs => "/admin/demarches/{numero}/champs",
            Self::Champ(_) => "/admin/demarches/{numero}/champs/{champ}",
            Self::Annotations => "/admin/demarches/{numero}/annotations",
            Self::Annotation(_) => "/admin/demarches/{numero}/annotations/{champ}",
            Self::Service => "/admin/demarches/{numero}/service",
            Self::Administrateurs => "/admin/demarches/{numero}/administrateurs",
            Self::Groupes => "/admin/demarches/{numero}/groupes",
            Self::Emails => "/admin/demarches/{numero}/emails",
            Self::Email(_) => "/admin/demarches/{numero}/emails/{modele}",
            Self::Historique => "/admin/demarches/{numero}/historique",
            Self::Copie => "/admin/demarches/{numero}/copie",
            Self::Rdv => "/admin/demarches/{numero}/rdv",
            Self::AgendaRdv => "/admin/demarches/{numero}/rdv/compte",
            Self::Notifications => "/admin/demarches/{numero}/rdv/notifications",
            Self::CourrielsNonEnvoyes => "/admin/demarches/{numero}/courriels",
            Self::Avertissements => "/admin/demarches/{numero}/notifications",
            Self::Consultations => "/admin/demarches/{numero}/consultations",
            Self::ProConnect => "/admin/demarches/{numero}/proconnect",
            Self::Raccordement => "/admin/demarches/{numero}/raccordement",
        }
    }
}

impl Onglet {
    const fn patron(self) -> &'static str {
        match self {
            Self::Demande => "/instructeur/dossiers/{numero}/demande",
            Self::PiecesJointes => "/instructeur/dossiers/{numero}/pieces-jointes",
            Self::Annotations => "/instructeur/dossiers/{numero}/annotations",
            Self::Avis => "/instructeur/dossiers/{numero}/avis",
            Self::Messagerie => "/instructeur/dossiers/{numero}/messagerie",
            Self::Personnes => "/instructeur/dossiers/{numero}/personnes",
            Self::Reaffectation => "/instructeur/dossiers/{numero}/reaffectation",
        }
    }
}

impl Chemin<'_> {
    /// The address with a name in braces for each of its numbers, as a router reads it.
    #[must_use]
    pub const fn patron(&self) -> &'static str {
        match self {
            Self::Accueil => "/",
            Self::Connexion => "/connexion",
            Self::Deconnexion => "/deconnexion",
            Self::CreerUnCompte => "/creer-un-compte",
            Self::MotDePasseOublie => "/mot-de-passe-oublie",
            Self::MessageEnvoye => "/compte/message-envoye",
            Self::LienDeCompte(_) => "/compte/lien/{jeton}",
            Self::MotDePasse => "/compte/mot-de-passe",
            Self::Identite(Fournisseur::ProConnect) => "/connexion/proconnect",
            Self::Identite(Fournisseur::FranceConnect) => "/connexion/franceconnect",
            Self::RetourIdentite(Fournisseur::ProConnect) => "/connexion/proconnect/retour",
            Self::RetourIdentite(Fournisseur::FranceConnect) => "/connexion/franceconnect/retour",
            Self::SortieIdentite(Fournisseur::ProConnect) => "/connexion/proconnect/sortie",
            Self::SortieIdentite(Fournisseur::FranceConnect) => "/connexion/franceconnect/sortie",
            Self::Rattachement => "/connexion/rattachement",
            Self::RattacherParMotDePasse => "/connexion/rattachement/mot-de-passe",
            Self::RattacherParAdresse => "/connexion/rattachement/adresse",
            Self::RattachementEnvoye => "/connexion/rattachement/envoye",
            Self::LienDeRattachement(_) => "/connexion/rattachement/lien/{jeton}",
            Self::RattacherParLien => "/connexion/rattachement/confirmer",
            Self::MonCompte => "/mon-compte",
            Self::CompteEfface => "/compte/efface",
            Self::MesDonnees => "/mon-compte/mes-donnees",
            Self::MesDonneesZip => "/mon-compte/mes-donnees.zip",
            Self::Preuve => "/mon-compte/preuve",
            Self::ProuverParMotDePasse => "/mon-compte/preuve/mot-de-passe",
            Self::Confirmation => "/confirmation",
            Self::LienDeConfirmation(_) => "/confirmation/lien/{jeton}",
            Self::Confirmer => "/confirmation/confirmer",
            Self::SuiteDeConfirmation => "/confirmation/suite",
            Self::ConfirmationFaite => "/confirmation/faite",
            Self::Affichage => "/affichage",
            Self::PlanDuSite => "/plan-du-site",
            Self::Aide => "/aide",
            Self::Accessibilite => "/accessibilite",
            Self::MentionsLegales => "/mentions-legales",
            Self::DonneesPersonnelles => "/donnees-personnelles",
            Self::CompteRdv => "/rdv-service-public",
            Self::ConnecterRdv => "/rdv-service-public/connecter",
            Self::RetourRdv => "/rdv-service-public/retour",
            Self::PlanRdv => "/rdv-service-public/plan",
            Self::Avis(_) => "/avis/{jeton}",
            Self::Proposition(_) => "/p/{secret}",
            Self::FichierProposition(..) => "/p/{secret}/rendez-vous/{rdv}/rdv.ics",
            Self::Desabonnement(_) => "/desabonnement/{jeton}",
            Self::MesDossiers => "/dossiers",
            Self::Commencer(_) => "/commencer/{numero}",
            Self::Brouillon(_) => "/brouillons/{numero}",
            Self::Dossier(_) => "/dossiers/{numero}",
            Self::Resume(_) => "/dossiers/{numero}/resume",
            Self::Demande(_) => "/dossiers/{numero}/demande",
            Self::Messagerie(_) => "/dossiers/{numero}/messagerie",
            Self::RendezVous(_) => "/dossiers/{numero}/rendez-vous",
            Self::FichierRdv(..) => "/dossiers/{numero}/rendez-vous/{rdv}/rdv.ics",
            Self::Modifier(_) => "/dossiers/{numero}/modifier",
            Self::Attestation(_) => "/dossiers/{numero}/attestation.pdf",
            Self::DossierPdf(_) => "/dossiers/{numero}/dossier.pdf",
            Self::DossierZip(_) => "/dossiers/{numero}/dossier.zip",
            Self::Recherche => "/instructeur/recherche",
            Self::DemarchesSuivies => "/instructeur/demarches",
            Self::DemarcheSuivie(_) => "/instructeur/demarches/{numero}",
            Self::RendezVousDemarche(_) => "/instructeur/demarches/{numero}/rendez-vous",
            Self::ARattacher(_) => "/instructeur/demarches/{numero}/rendez-vous/a-rattacher",
            Self::NotificationsDemarche(_) => "/instructeur/demarches/{numero}/notifications",
            Self::StatistiquesDemarche(_) => "/instructeur/demarches/{numero}/statistiques",
            Self::InstructeursDemarche(_) => "/instructeur/demarches/{numero}/instructeurs",
            Self::AdministrateursDemarche(_) => "/instructeur/demarches/{numero}/administrateurs",
            Self::BrouillonsDemarche(_) => "/instructeur/demarches/{numero}/brouillons",
            Self::ExportsDemarche(_) => "/instructeur/demarches/{numero}/exports",
            Self::DossierSuivi(_) => "/instructeur/dossiers/{numero}",
            Self::Onglet(_, onglet) => onglet.patron(),
            Self::FichierRdvSuivi(..) => "/instructeur/dossiers/{numero}/rendez-vous/{rdv}/rdv.ics",
            Self::Abonnement => "/abonnement",
            Self::AbonnementDemarche(_) => "/abonnement/demarches/{numero}",
            Self::Flux(_) => "/agenda/{secret}.ics",
            Self::Imprimer(_) => "/instructeur/dossiers/{numero}/imprimer",
            Self::DossierSuiviPdf(_) => "/instructeur/dossiers/{numero}/dossier.pdf",
            Self::DossierSuiviZip(_) => "/instructeur/dossiers/{numero}/dossier.zip",
            Self::DemarchesAdministrees => "/admin/demarches",
            Self::ToutesLesDemarches => "/admin/toutes-les-demarches",
            Self::EtatDuService => "/admin/etat-du-service",
            Self::NouveauRaccordement => "/admin/raccordements/nouveau",
            Self::DemarcheAdministree(_) => "/admin/demarches/{numero}",
            Self::Ecran(_, ecran) => ecran.patron(),
            Self::FormulaireVierge(_) => "/admin/demarches/{numero}/formulaire.pdf",
            Self::ConsultationsCsv(_) => "/admin/demarches/{numero}/consultations.csv",
        }
    }

    /// What stands in the first braces of [`Self::patron`].
    fn ecrire_le_sujet(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::LienDeCompte(jeton)
            | Self::LienDeRattachement(jeton)
            | Self::LienDeConfirmation(jeton)
            | Self::Avis(jeton)
            | Self::Proposition(jeton)
            | Self::FichierProposition(jeton, _)
            | Self::Flux(jeton)
            | Self::Desabonnement(jeton) => f.write_str(jeton),
            Self::Commencer(demarche)
            | Self::DemarcheSuivie(demarche)
            | Self::RendezVousDemarche(demarche)
            | Self::ARattacher(demarche)
            | Self::AbonnementDemarche(demarche)
            | Self::NotificationsDemarche(demarche)
            | Self::StatistiquesDemarche(demarche)
            | Self::InstructeursDemarche(demarche)
            | Self::AdministrateursDemarche(demarche)
            | Self::BrouillonsDemarche(demarche)
            | Self::ExportsDemarche(demarche)
            | Self::DemarcheAdministree(demarche)
            | Self::Ecran(demarche, _)
            | Self::ConsultationsCsv(demarche)
            | Self::FormulaireVierge(demarche) => demarche.fmt(f),
            Self::Brouillon(dossier)
            | Self::Dossier(dossier)
            | Self::Resume(dossier)
            | Self::Demande(dossier)
            | Self::Messagerie(dossier)
            | Self::RendezVous(dossier)
            | Self::FichierRdv(dossier, _)
            | Self::FichierRdvSuivi(dossier, _)
            | Self::Modifier(dossier)
            | Self::Attestation(dossier)
            | Self::DossierPdf(dossier)
            | Self::DossierZip(dossier)
            | Self::DossierSuivi(dossier)
            | Self::Onglet(dossier, _)
            | Self::Imprimer(dossier)
            | Self::DossierSuiviPdf(dossier)
            | Self::DossierSuiviZip(dossier) => dossier.fmt(f),
            _ => Ok(()),
        }
    }

    /// What stands in the second braces of [`Self::patron`].
    fn ecrire_le_detail(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ecran(_, Ecran::Champ(champ) | Ecran::Annotation(champ)) => champ.fmt(f),
            Self::FichierRdv(_, rdv)
            | Self::FichierRdvSuivi(_, rdv)
            | Self::FichierProposition(_, rdv) => rdv.fmt(f),
            Self::Ecran(_, Ecran::Email(modele)) => f.write_str(modele.code()),
            _ => Ok(()),
        }
    }
}

impl Display for Chemin<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let mut morceaux = self.patron().split(['{', '}']);
        f.write_str(morceaux.next().unwrap_or_default())?;
        for rang in 0.. {
            let (Some(_), Some(suite)) = (morceaux.next(), morceaux.next()) else { break };
            if rang == 0 {
                self.ecrire_le_sujet(f)?;
            } else {
                self.ecrire_le_detail(f)?;
            }
            f.write_str(suite)?;
        }
        Ok(())
    }
}

/// Whether the page at that address, without what follows « ? », is hydrated by the application of the administrateurs. The
/// others are kept up to date in place, by a small one.
#[must_use]
pub fn a_hydrater(chemin: &str) -> bool {
    chemin.split('/').nth(1) == Some("admin")
}

/// Whether what is at that address is an agent's: where somebody must be who they say, with more than a password.
#[must_use]
pub fn d_agent(chemin: &str) -> bool {
    let mut morceaux = chemin.split('/').skip(1);
    match (morceaux.next(), morceaux.next()) {
        (Some("api"), Some(cote)) => matches!(cote, "instructeur" | "admin" | "rdv-service-public"),
        (Some("abonnement"), Some(suite)) => suite == "demarches",
        (Some(cote), _) => matches!(cote, "instructeur" | "admin" | "rdv-service-public"),
        (None, _) => false,
    }
}

/// The word of the address of a messagerie that says from which message on the thread is shown.
pub const DEPUIS: &str = "depuis";

/// The messagerie whose address is `messagerie`, at a message: shown, however long the thread has become.
#[must_use]
pub fn au_message(messagerie: &str, id: MessageId) -> String {
    format!("{messagerie}?{DEPUIS}={id}#{}", ancre(id))
}

/// The id of a message in the page of its messagerie, that links lead to.
#[must_use]
pub fn ancre(message: MessageId) -> String {
    format!("message-{message}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pages_of_administrateurs_are_hydrated_and_no_other() {
        for chemin in ["/admin/demarches", "/admin/demarches/88454/rdv", "/admin", "/admin/"] {
            assert!(a_hydrater(chemin), "{chemin}");
        }
        for chemin in [
            "/",
            "",
            "/dossiers/12",
            "/instructeur/demarches/88454",
            "/administration",
            "/aide/admin",
        ] {
            assert!(!a_hydrater(chemin), "{chemin}");
        }
    }

    #[test]
    fn what_is_an_agents_is_known_by_its_address() {
        for chemin in [
            "/instructeur/demarches/88454",
            "/admin",
            "/api/instructeur/proposer",
            "/api/admin/rdv/enregistrer",
            "/abonnement/demarches/88454",
            "/rdv-service-public/plan",
            "/api/rdv-service-public/deconnecter",
        ] {
            assert!(d_agent(chemin), "{chemin}");
        }
        for chemin in
            ["/", "", "/dossiers/12", "/abonnement", "/api/usager/inviter", "/aide/instructeur"]
        {
            assert!(!d_agent(chemin), "{chemin}");
        }
    }

    #[test]
    fn an_address_is_written_with_its_numbers() {
        let (dossier, demarche) = (DossierNumero(12), DemarcheNumero(88_454));
        let ecrite = |chemin: Chemin<'_>| chemin.to_string();
        assert_eq!(ecrite(Chemin::Accueil), "/");
        assert_eq!(ecrite(Chemin::MesDossiers), "/dossiers");
        assert_eq!(ecrite(Chemin::Dossier(dossier)), "/dossiers/12");
        assert_eq!(ecrite(Chemin::Attestation(dossier)), "/dossiers/12/attestation.pdf");
        assert_eq!(ecrite(Chemin::LienDeCompte("a1f")), "/compte/lien/a1f");
        let onglet = Chemin::Onglet(dossier, Onglet::PiecesJointes);
        assert_eq!(ecrite(onglet), "/instructeur/dossiers/12/pieces-jointes");
        assert_eq!(ecrite(Chemin::Flux("a1f")), "/agenda/a1f.ics");
        let fichier = Chemin::FichierRdv(dossier, RendezVousId(7));
        assert_eq!(ecrite(fichier), "/dossiers/12/rendez-vous/7/rdv.ics");
        let champ = Ecran::du_champ(Pour::Administration, ChampId(7));
        assert_eq!(ecrite(Chemin::Ecran(demarche, champ)), "/admin/demarches/88454/annotations/7");
        let email = Ecran::Email(Modele::ConfirmationRdv);
        assert_eq!(
            ecrite(Chemin::Ecran(demarche, email)),
            "/admin/demarches/88454/emails/confirmation-rdv"
        );
    }
}
