//! A démarche as it is worked on: dossiers in all états, some followed, some with corrections or a rendez-vous, and one
//! whose messagerie is long.

use backend::acces::mots_de_passe;
use backend::socle::base::Base;
use backend::socle::secrets::hasard::Hasard;
use backend::tables::{compte, message};
use chrono::{DateTime, Duration as Delai, Utc};
use domain::ids::{CompteId, DossierNumero};
use domain::message::GenreMessage;
use domain::rendez_vous::Statut;
use epreuves::bases::{self, ADMINISTRATEUR, MOT_DE_PASSE, ORGANISATION};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter,
};

/// How many dossiers the démarche has; the list shows the last ones.
const DOSSIERS: i64 = 400;
/// The person of one dossier in that many.
const UN_SUR: i64 = 16;
/// The dossier of the messagerie: one of the person's, and on the first page of the list.
const LE_SIEN: i64 = 385;
/// How many messages it has.
const MESSAGES: i64 = 30;

/// Its number.
pub const MESSAGERIE: i64 = bases::numero(LE_SIEN);

/// The address of the person who has several dossiers.
pub fn usager() -> String {
    bases::email(LE_SIEN)
}

/// Fills a fresh database.
pub async fn remplir(url: &str, hote: &str, maintenant: DateTime<Utc>) {
    let base = bases::preparer(url, hote, DOSSIERS, maintenant).await;
    varier(&base, maintenant).await;
    let agent = compte_de(&base, ADMINISTRATEUR).await;
    let usager = compte_de(&base, &usager()).await;
    let ligne = compte::ActiveModel {
        id: Set(usager),
        mot_de_passe: Set(mots_de_passe::empreinte(MOT_DE_PASSE, &Hasard::systeme()).unwrap()),
        ..Default::default()
    };
    ligne.update(base.lire()).await.unwrap();
    ecrire(&base, (agent, usager), maintenant).await;
    base.lire().execute_unprepared("ANALYZE").await.unwrap();
}

async fn compte_de(base: &Base, email: &str) -> CompteId {
    let compte = compte::Entity::find().filter(compte::Column::Email.eq(email));
    compte.one(base.lire()).await.unwrap().unwrap().id
}

/// Of five dossiers one has a rendez-vous to come, one has no proposition, one is examined, one was decided on; a third is
/// followed, a seventh has something to be corrected.
async fn varier(base: &Base, maintenant: DateTime<Utc>) {
    let texte = |instant: DateTime<Utc>| instant.format("'%Y-%m-%d %H:%M:%S+00:00'").to_string();
    let (le, debut) = (texte(maintenant - Delai::days(2)), maintenant + Delai::days(20));
    let fin = texte(debut + Delai::minutes(30));
    let contenu = serde_json::to_string(&bases::contenu(Statut::Inconnu, debut)).unwrap();
    let (debut, agent, usager) = (
        texte(debut),
        format!("(SELECT id FROM comptes WHERE email = '{ADMINISTRATEUR}')"),
        format!("(SELECT id FROM comptes WHERE email = '{}')", usager()),
    );
    for requete in [
        format!(
            "UPDATE dossiers SET usager = {usager} WHERE numero % {UN_SUR} = {}",
            MESSAGERIE % UN_SUR
        ),
        "UPDATE dossiers SET etat = 'en_instruction' WHERE numero % 5 = 3".to_owned(),
        "UPDATE dossiers SET etat = 'accepte' WHERE numero % 5 = 4".to_owned(),
        "UPDATE propositions SET etat = 'prise' WHERE dossier % 5 = 1".to_owned(),
        "DELETE FROM propositions WHERE dossier % 5 = 2".to_owned(),
        format!(
            "INSERT INTO rendez_vous (organisation, rdv, dossier, proposition, calcule_le, modifie, statut, debut, fin, contenu, change_le, participant) \
             SELECT o.id, p.dossier, p.dossier, p.id, {le}, false, 'unknown', {debut}, {fin}, '{contenu}', {le}, 0 \
             FROM propositions p, organisations o WHERE p.etat = 'prise' AND o.organisation = {ORGANISATION}"
        ),
        format!(
            "INSERT INTO suivis (dossier, compte, depuis, vu_le) SELECT numero, {agent}, {le}, {le} FROM dossiers WHERE numero % 3 = 0"
        ),
        format!(
            "INSERT INTO corrections (dossier, instructeur, etat, cle, demandee_le) \
             SELECT numero, {agent}, 'demandee', 'k' || numero, {le} FROM dossiers WHERE numero % 7 = 0 AND etat = 'en_construction'"
        ),
    ] {
        base.lire().execute_unprepared(&requete).await.unwrap();
    }
}

/// The messages of the one, and of all the others the question that each began with.
async fn ecrire(base: &Base, (agent, usager): (CompteId, CompteId), maintenant: DateTime<Utc>) {
    let ecrit = |dossier, rang: i64| {
        let (role_auteur, auteur) = if rang % 2 == 0 {
            (message::RoleAuteur::Usager, usager)
        } else {
            (message::RoleAuteur::Instructeur, agent)
        };
        message::ActiveModel {
            dossier: Set(DossierNumero(dossier)),
            role_auteur: Set(role_auteur),
            auteur: Set(auteur),
            genre: Set(GenreMessage::Libre),
            corps: Set(format!(
                "Bonjour,\n\nvoici ce qui manquait au point {rang} de la demande\u{a0}: le plan du bâtiment, \
                 la liste des personnes et l'avis de la commission.\n\nMerci d'avance"
            )),
            ecrit_le: Set(maintenant - Delai::days(1) + Delai::minutes(rang)),
            ..Default::default()
        }
    };
    let autres = (0..DOSSIERS).filter(|n| *n != LE_SIEN).map(|n| ecrit(bases::numero(n), 0));
    let tous = (0..MESSAGES).map(|rang| ecrit(MESSAGERIE, rang)).chain(autres);
    message::Entity::insert_many(tous).exec_without_returning(base.lire()).await.unwrap();
}
