//! The journal says what was done by a code; it was said in words until then. What no version wrote stays as it stands.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

/// Each code, and the words that it takes the place of: all that any version wrote.
const ACTIONS: [(&str, &str); 92] = [
    ("dossier_depose", "dossier déposé"),
    ("dossier_modifie", "dossier modifié"),
    ("dossier_supprime", "dossier supprimé"),
    ("dossier_restaure", "dossier restauré"),
    ("dossier_expire", "dossier expiré"),
    ("dossier_purge", "dossier purgé"),
    ("expiration_annoncee", "expiration annoncée"),
    ("conservation_prolongee", "conservation prolongée"),
    ("personne_invitee", "personne invitée"),
    ("invitation_retiree", "invitation retirée"),
    ("dossier_passe_en_instruction", "dossier passé en instruction"),
    ("dossier_accepte", "dossier accepté"),
    ("dossier_classe_sans_suite", "dossier classé sans suite"),
    ("dossier_refuse", "dossier refusé"),
    ("dossier_repasse_en_construction", "dossier repassé en construction"),
    ("dossier_repasse_en_instruction", "dossier repassé en instruction"),
    ("dossier_suivi", "dossier suivi"),
    ("dossier_plus_suivi", "dossier plus suivi"),
    ("dossier_envoye", "dossier envoyé"),
    ("dossier_reaffecte", "dossier réaffecté"),
    ("dossier_archive", "dossier archivé"),
    ("dossier_supprime_de_la_liste", "dossier supprimé de la liste"),
    ("dossier_remis_dans_la_liste", "dossier remis dans la liste"),
    ("annotation_modifiee", "annotation modifiée"),
    ("correction_demandee", "correction demandée"),
    ("correction_retiree", "demande de correction retirée"),
    ("correction_declaree", "correction déclarée"),
    ("avis_demande", "avis demandé"),
    ("avis_relance", "expert relancé"),
    ("avis_revoque", "demande d'avis révoquée"),
    ("avis_rendu", "avis rendu"),
    ("avis_modifie", "avis modifié"),
    ("avis_clos", "avis clos"),
    ("message_envoye", "message envoyé"),
    ("message_supprime", "message supprimé"),
    ("proposition_faite", "proposition faite"),
    ("proposition_remplacee", "proposition remplacée"),
    ("proposition_retiree", "proposition retirée"),
    ("creneau_a_choisir", "créneau à choisir par l'instructeur"),
    ("rdv_pris", "rendez-vous pris"),
    ("rdv_fixe", "rendez-vous fixé par le service"),
    ("rdv_deplace", "rendez-vous déplacé"),
    ("rdv_modalites_changees", "lieu ou lien changé"),
    ("rdv_annule_par_usager", "rendez-vous annulé par l'usager"),
    ("rdv_annule_par_service", "rendez-vous annulé par le service"),
    ("rdv_retabli", "rendez-vous rétabli"),
    ("rdv_rattache", "rendez-vous rattaché"),
    ("rdv_rattache_annule", "rendez-vous rattaché, annulé"),
    ("rdv_detache", "rendez-vous détaché"),
    ("rdv_detache_annule", "rendez-vous détaché, annulé"),
    ("rdv_mis_de_cote", "rendez-vous mis de côté"),
    ("rdv_mis_de_cote_annule", "rendez-vous mis de côté, annulé"),
    ("rdv_remis_a_rattacher", "rendez-vous remis à rattacher"),
    ("rdv_remis_a_rattacher_annule", "rendez-vous remis à rattacher, annulé"),
    ("demarche_creee", "démarche créée"),
    ("demarche_publiee", "démarche publiée"),
    ("demarche_close", "démarche close"),
    ("demarche_rouverte", "démarche rouverte"),
    ("copie_envoyee", "copie envoyée"),
    ("presentation_modifiee", "présentation modifiée"),
    ("conservation_modifiee", "durée de conservation modifiée"),
    ("service_modifie", "service modifié"),
    ("champ_ajoute", "champ ajouté"),
    ("champ_modifie", "champ modifié"),
    ("champ_deplace", "champ déplacé"),
    ("champ_supprime", "champ supprimé"),
    ("champ_prive_ajoute", "champ privé ajouté"),
    ("champ_prive_modifie", "champ privé modifié"),
    ("champ_prive_deplace", "champ privé déplacé"),
    ("champ_prive_supprime", "champ privé supprimé"),
    ("groupe_cree", "groupe créé"),
    ("groupe_renomme", "groupe renommé"),
    ("groupe_supprime", "groupe supprimé"),
    ("instructeur_ajoute", "instructeur ajouté"),
    ("instructeur_retire", "instructeur retiré"),
    ("administrateur_ajoute", "administrateur ajouté"),
    ("administrateur_retire", "administrateur retiré"),
    ("modele_modifie", "email modifié"),
    ("modele_retabli", "email rétabli"),
    ("rdv_actives", "rendez-vous activés"),
    ("rdv_desactives", "rendez-vous désactivés"),
    ("agenda_modifie", "agenda des rendez-vous modifié"),
    ("secret_renouvele", "secret renouvelé"),
    ("webhook_enregistre", "webhook enregistré"),
    ("synchronisation_demandee", "synchronisation demandée"),
    ("notifications_rejouees", "notifications rejouées"),
    ("courriels_rejoues", "courriels rejoués"),
    ("lien_de_compte_envoye", "lien de compte envoyé"),
    ("mot_de_passe_choisi", "mot de passe choisi"),
    ("compte_rdv_connecte", "compte RDV Service Public connecté"),
    ("compte_rdv_deconnecte", "compte RDV Service Public déconnecté"),
    ("compte_rdv_perdu", "connexion à RDV Service Public perdue"),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        remplacer(m, ACTIONS.map(|(code, phrase)| (phrase, code))).await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        remplacer(m, ACTIONS).await
    }
}

/// Writes the second of each pair where the first stands, in one reading of the table.
async fn remplacer<const N: usize>(
    m: &SchemaManager<'_>,
    paires: [(&str, &str); N],
) -> Result<(), DbErr> {
    let action = || Expr::col(Alias::new("action"));
    let mut nouvelle = CaseStatement::new();
    for (avant, apres) in paires {
        nouvelle = nouvelle.case(action().eq(avant), apres);
    }
    let requete = Query::update()
        .table(Alias::new("journal"))
        .value(Alias::new("action"), nouvelle.finally(action()))
        .and_where(action().is_in(paires.map(|(avant, _)| avant)))
        .to_owned();
    m.execute(requete).await
}
