//! What the journal may say: each thing that is done and kept, with its code in the database and its words on screens.

use std::fmt;

macro_rules! actions {
    ($($variante:ident $code:literal $phrase:literal;)+) => {
        /// Something that was done.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Action {
            $(#[doc = concat!("« ", $phrase, " ».")] $variante,)+
        }

        impl Action {
            /// All of them.
            pub const TOUTES: &'static [Self] = &[$(Self::$variante),+];

            /// Its word in the database, which never changes.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variante => $code,)+ }
            }

            /// As people read it.
            #[must_use]
            pub const fn phrase(self) -> &'static str {
                match self { $(Self::$variante => $phrase,)+ }
            }
        }
    };
}

actions! {
    DossierDepose "dossier_depose" "dossier déposé";
    DossierModifie "dossier_modifie" "dossier modifié";
    DossierSupprime "dossier_supprime" "dossier supprimé";
    DossierRestaure "dossier_restaure" "dossier restauré";
    DossierExpire "dossier_expire" "dossier expiré";
    DossierPurge "dossier_purge" "dossier purgé";
    ExpirationAnnoncee "expiration_annoncee" "expiration annoncée";
    ConservationProlongee "conservation_prolongee" "conservation prolongée";
    PersonneInvitee "personne_invitee" "personne invitée";
    InvitationRetiree "invitation_retiree" "invitation retirée";

    DossierPasseEnInstruction "dossier_passe_en_instruction" "dossier passé en instruction";
    DossierAccepte "dossier_accepte" "dossier accepté";
    DossierClasseSansSuite "dossier_classe_sans_suite" "dossier classé sans suite";
    DossierRefuse "dossier_refuse" "dossier refusé";
    DossierRepasseEnConstruction "dossier_repasse_en_construction" "dossier repassé en construction";
    DossierRepasseEnInstruction "dossier_repasse_en_instruction" "dossier repassé en instruction";
    DossierSuivi "dossier_suivi" "dossier suivi";
    DossierPlusSuivi "dossier_plus_suivi" "dossier plus suivi";
    DossierEnvoye "dossier_envoye" "dossier envoyé";
    DossierReaffecte "dossier_reaffecte" "dossier réaffecté";
    DossierArchive "dossier_archive" "dossier archivé";
    DossierSupprimeDeLaListe "dossier_supprime_de_la_liste" "dossier supprimé de la liste";
    DossierRemisDansLaListe "dossier_remis_dans_la_liste" "dossier remis dans la liste";
    AnnotationModifiee "annotation_modifiee" "annotation modifiée";
    CorrectionDemandee "correction_demandee" "correction demandée";
    CorrectionRetiree "correction_retiree" "demande de correction retirée";
    CorrectionDeclaree "correction_declaree" "correction déclarée";
    AvisDemande "avis_demande" "avis demandé";
    AvisRelance "avis_relance" "expert relancé";
    AvisRevoque "avis_revoque" "demande d'avis révoquée";
    AvisRendu "avis_rendu" "avis rendu";
    AvisModifie "avis_modifie" "avis modifié";
    AvisClos "avis_clos" "avis clos";
    MessageEnvoye "message_envoye" "message envoyé";
    MessageSupprime "message_supprime" "message supprimé";

    PropositionFaite "proposition_faite" "proposition faite";
    PropositionRemplacee "proposition_remplacee" "proposition remplacée";
    PropositionRetiree "proposition_retiree" "proposition retirée";
    PropositionRelancee "proposition_relancee" "rappel d'une proposition envoyé";
    PropositionExpiree "proposition_expiree" "proposition expirée";
    CreneauAChoisir "creneau_a_choisir" "créneau à choisir par l'instructeur";
    RdvPris "rdv_pris" "rendez-vous pris";
    RdvFixe "rdv_fixe" "rendez-vous fixé par le service";
    RdvDeplace "rdv_deplace" "rendez-vous déplacé";
    RdvModalitesChangees "rdv_modalites_changees" "lieu ou lien changé";
    RdvAnnuleParUsager "rdv_annule_par_usager" "rendez-vous annulé par l'usager";
    RdvAnnuleParService "rdv_annule_par_service" "rendez-vous annulé par le service";
    RdvRetabli "rdv_retabli" "rendez-vous rétabli";
    RdvRattache "rdv_rattache" "rendez-vous rattaché";
    RdvRattacheAnnule "rdv_rattache_annule" "rendez-vous rattaché, annulé";
    RdvDetache "rdv_detache" "rendez-vous détaché";
    RdvDetacheAnnule "rdv_detache_annule" "rendez-vous détaché, annulé";
    RdvMisDeCote "rdv_mis_de_cote" "rendez-vous mis de côté";
    RdvMisDeCoteAnnule "rdv_mis_de_cote_annule" "rendez-vous mis de côté, annulé";
    RdvRemisARattacher "rdv_remis_a_rattacher" "rendez-vous remis à rattacher";
    RdvRemisARattacherAnnule "rdv_remis_a_rattacher_annule" "rendez-vous remis à rattacher, annulé";

    DemarcheCreee "demarche_creee" "démarche créée";
    DemarcheRaccordee "demarche_raccordee" "démarche raccordée à Démarches Simplifiées";
    RaccordementVerifie "raccordement_verifie" "raccordement vérifié";
    RaccordementRompu "raccordement_rompu" "connexion à Démarches Simplifiées rompue";
    RaccordementArrete "raccordement_arrete" "synchronisation arrêtée";
    RaccordementRepris "raccordement_repris" "synchronisation reprise";
    JetonRemplace "jeton_remplace" "jeton de Démarches Simplifiées remplacé";
    AuteurDistantChoisi "auteur_distant_choisi" "compte de la démarche choisi";
    DossierEcarteDemande "dossier_ecarte_demande" "dossier écarté demandé à nouveau";
    WebhooksActives "webhooks_actives" "webhooks de Démarches Simplifiées activés";
    WebhooksDesactives "webhooks_desactives" "webhooks de Démarches Simplifiées désactivés";
    DemarchePubliee "demarche_publiee" "démarche publiée";
    DemarcheClose "demarche_close" "démarche close";
    DemarcheRouverte "demarche_rouverte" "démarche rouverte";
    CopieEnvoyee "copie_envoyee" "copie envoyée";
    PresentationModifiee "presentation_modifiee" "présentation modifiée";
    ConservationModifiee "conservation_modifiee" "durée de conservation modifiée";
    ServiceModifie "service_modifie" "service modifié";
    ChampAjoute "champ_ajoute" "champ ajouté";
    ChampModifie "champ_modifie" "champ modifié";
    ChampDeplace "champ_deplace" "champ déplacé";
    ChampSupprime "champ_supprime" "champ supprimé";
    ChampPriveAjoute "champ_prive_ajoute" "champ privé ajouté";
    ChampPriveModifie "champ_prive_modifie" "champ privé modifié";
    ChampPriveDeplace "champ_prive_deplace" "champ privé déplacé";
    ChampPriveSupprime "champ_prive_supprime" "champ privé supprimé";
    GroupeCree "groupe_cree" "groupe créé";
    GroupeRenomme "groupe_renomme" "groupe renommé";
    GroupeSupprime "groupe_supprime" "groupe supprimé";
    InstructeurAjoute "instructeur_ajoute" "instructeur ajouté";
    InstructeurRetire "instructeur_retire" "instructeur retiré";
    AdministrateurAjoute "administrateur_ajoute" "administrateur ajouté";
    AdministrateurRetire "administrateur_retire" "administrateur retiré";
    NotificationsReglees "notifications_reglees" "notifications des instructeurs réglées";
    ProConnectRegle "proconnect_regle" "ProConnect demandé ou non";
    ModeleModifie "modele_modifie" "email modifié";
    ModeleRetabli "modele_retabli" "email rétabli";
    RdvActives "rdv_actives" "rendez-vous activés";
    RdvDesactives "rdv_desactives" "rendez-vous désactivés";
    AgendaModifie "agenda_modifie" "agenda des rendez-vous modifié";
    RelancesModifiees "relances_modifiees" "rappels des propositions modifiés";
    SecretRenouvele "secret_renouvele" "secret renouvelé";
    WebhookEnregistre "webhook_enregistre" "webhook enregistré";
    SynchronisationDemandee "synchronisation_demandee" "synchronisation demandée";
    NotificationsRejouees "notifications_rejouees" "notifications rejouées";
    CourrielsRejoues "courriels_rejoues" "courriels rejoués";
    ExportDemande "export_demande" "export demandé";
    ExportSupprime "export_supprime" "export supprimé";
    BrouillonsContactes "brouillons_contactes" "usagers ayant un brouillon contactés";

    FichierInfecte "fichier_infecte" "fichier infecté, bloqué par l'antivirus";
    LienDeCompteEnvoye "lien_de_compte_envoye" "lien de compte envoyé";
    MotDePasseChoisi "mot_de_passe_choisi" "mot de passe choisi";
    CompteEfface "compte_efface" "compte fermé et effacé";
    SessionFermee "session_fermee" "session fermée à distance";
    NavigateurDeConfiance "navigateur_de_confiance" "navigateur rendu de confiance";
    NavigateurOublie "navigateur_oublie" "navigateur de confiance retiré";
    CompteRdvConnecte "compte_rdv_connecte" "compte RDV Service Public connecté";
    CompteRdvDeconnecte "compte_rdv_deconnecte" "compte RDV Service Public déconnecté";
    AbonnementCree "abonnement_cree" "abonnement d'agenda créé";
    AbonnementSupprime "abonnement_supprime" "abonnement d'agenda supprimé";
    IdentiteRattachee "identite_rattachee" "identité rattachée";
    IdentiteDetachee "identite_detachee" "identité détachée";
    CompteOuvert "compte_ouvert" "compte ouvert par une identité";
    CompteRdvPerdu "compte_rdv_perdu" "connexion à RDV Service Public perdue";
}

impl Action {
    /// The action of a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::TOUTES.iter().copied().find(|action| action.code() == code)
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.phrase())
    }
}

/// What a line of the journal says, as people read it. A line that says something else than an [`Action`], because it
/// was written by hand or by another version, is read as it stands.
#[must_use]
pub fn lire(action: &str) -> &str {
    match Action::from_code(action) {
        Some(action) => action.phrase(),
        None => action,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn each_action_has_its_code_and_its_words_and_reads_back() {
        let mut codes = BTreeSet::new();
        let mut phrases = BTreeSet::new();
        for action in Action::TOUTES {
            let code = action.code();
            assert!(code.chars().all(|c| c.is_ascii_lowercase() || c == '_'), "{code}");
            assert_eq!(Action::from_code(code), Some(*action));
            assert_eq!(lire(code), action.to_string());
            assert!(codes.insert(code), "{code} stands for two actions");
            assert!(phrases.insert(action.phrase()), "{action} is said of two actions");
        }
    }

    #[test]
    fn a_line_that_no_version_wrote_is_read_as_it_stands() {
        assert_eq!(lire("base restaurée à la main"), "base restaurée à la main");
    }
}
