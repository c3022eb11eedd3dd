//! « Confirmez que c'est bien vous »: before what is an agent's, a session that proves one factor waits for a link sent by
//! mail, then its browser is trusted for a month.
//!
//! The browser that becomes trusted is always the one that waits, never the one where the mail was read: a link opened
//! elsewhere confirms nothing without the code that the screen which waits shows. So somebody who knows the password of
//! another, and waits for them to press a button, waits in vain (docs/decisions/2026-11-30-second-facteur.md).

use crate::acces::{limites, preuves, sessions};
use crate::contexte::Contexte;
use crate::socle::direct;
use crate::socle::erreur::Echec;
use crate::socle::journal;
use crate::socle::secrets::coffre;
use crate::socle::temps;
use crate::socle::verrous;
use crate::tables::{compte, confirmation, navigateur, session};
use crate::taches::{self, Courriel};
use chrono::{DateTime, Duration, Utc};
use domain::ids::{CompteId, ConfirmationId, NavigateurId};
use domain::journal::Action;
use domain::role::Acteur;
use domain::sujet::Sujet;
use domain::vues::{AttenteDeConfirmation, LienDeConfirmation, LienEnvoye};
use domain::{Champ, Erreur, Saisie};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait,
    IntoActiveModel, QueryFilter, QueryOrder,
};

/// How long a browser is trusted, in days.
pub const CONFIANCE_JOURS: i64 = domain::retention::NAVIGATEUR_JOURS;

/// How long a link serves, in minutes.
pub const LIEN_MINUTES: i64 = 30;

/// How long to wait before another link is sent, in seconds.
const PATIENCE_SECONDES: i64 = 60;

/// How many wrong codes may be typed.
const ESSAIS_MAX: i32 = 5;

/// How many accounts may be trusted in one browser.
const COMPTES_MAX: usize = 4;

/// What stands for the password of an account.
fn marque(compte: &compte::Model) -> String {
    coffre::empreinte(&compte.mot_de_passe).chars().take(32).collect()
}

/// The session that waits, if it is open.
pub(super) async fn qui_attend(
    db: &impl ConnectionTrait,
    empreinte: &str,
    maintenant: DateTime<Utc>,
) -> Result<Option<session::Model>, Echec> {
    let celle_la = session::Entity::find_by_id(empreinte.to_owned());
    Ok(celle_la.filter(sessions::en_cours(maintenant)).one(db).await?)
}

/// The page where one waits.
///
/// # Errors
/// [`Erreur::NonConnecte`].
pub async fn attente(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    jeton: &str,
    maintenant: DateTime<Utc>,
) -> Result<AttenteDeConfirmation, Echec> {
    let session = qui_attend(db, &coffre::empreinte(jeton), maintenant).await?;
    let session = session.ok_or(Erreur::NonConnecte)?;
    let confirme = match session.confiance {
        Some(id) => valable(db, id, maintenant).await?.is_some(),
        None => false,
    };
    let envoye = envoye(db, &session.empreinte, false, maintenant).await?;
    Ok(AttenteDeConfirmation {
        email: acteur.email.clone(),
        confirmee: acteur.assurance.confirmee,
        a_prendre: confirme && !acteur.assurance.confirmee,
        envoye,
    })
}

/// The link that was sent to whoever waits, as long as it serves.
pub(super) async fn envoye(
    db: &impl ConnectionTrait,
    session: &str,
    preuve: bool,
    maintenant: DateTime<Utc>,
) -> Result<Option<LienEnvoye>, Echec> {
    let lien = confirmation::Entity::find()
        .filter(confirmation::Column::Session.eq(session))
        .filter(confirmation::Column::Preuve.eq(preuve))
        .filter(confirmation::Column::ExpireLe.gt(maintenant))
        .order_by_desc(confirmation::Column::Id)
        .one(db)
        .await?;
    Ok(lien.map(|lien| LienEnvoye { le: temps::a_paris(lien.cree_le), code: lien.code }))
}

async fn valable(
    db: &impl ConnectionTrait,
    id: NavigateurId,
    maintenant: DateTime<Utc>,
) -> Result<Option<navigateur::Model>, Echec> {
    let celui_la = navigateur::Entity::find_by_id(id);
    Ok(celui_la.filter(navigateur::Column::ExpireLe.gt(maintenant)).one(db).await?)
}

/// « Recevoir le lien ». The link takes the place of the one that the same session asked for before.
///
/// # Errors
/// [`Erreur::NonConnecte`], [`Erreur::TropVite`].
pub async fn demander(
    contexte: &Contexte,
    acteur: &Acteur,
    jeton: &str,
    retour: &str,
) -> Result<(), Echec> {
    envoyer(contexte, acteur, jeton, retour, false).await
}

/// Sends a link. `preuve`: what it is for, as its row says.
pub(super) async fn envoyer(
    contexte: &Contexte,
    acteur: &Acteur,
    jeton: &str,
    retour: &str,
    preuve: bool,
) -> Result<(), Echec> {
    let (outils, maintenant) = (&contexte.outils, contexte.horloge.maintenant());
    let tx = contexte.base.ecrire().await?;
    let session = qui_attend(&tx, &coffre::empreinte(jeton), maintenant).await?;
    let session = session.ok_or(Erreur::NonConnecte)?;
    let precedents = || {
        confirmation::Entity::find().filter(confirmation::Column::Session.eq(&session.empreinte))
    };
    let dernier = precedents().order_by_desc(confirmation::Column::Id).one(&tx).await?;
    let encore =
        dernier.map(|lien| lien.cree_le + Duration::seconds(PATIENCE_SECONDES) - maintenant);
    if let Some(encore) = encore.filter(|encore| *encore > Duration::zero()) {
        let secondes = u32::try_from(encore.num_seconds() + 1).unwrap_or(u32::MAX);
        return Err(Erreur::TropVite { secondes }.into());
    }
    let compte = acteur.compte.to_string();
    contexte.acces.tentatives.compter(limites::CONFIRMATIONS, &[&compte], maintenant)?;
    confirmation::Entity::delete_many()
        .filter(confirmation::Column::Session.eq(&session.empreinte))
        .exec(&tx)
        .await?;
    let secret = outils.hasard.secret();
    let [haut, bas] = outils.hasard.octets::<2>();
    let ligne = confirmation::ActiveModel {
        compte: Set(acteur.compte),
        empreinte: Set(coffre::empreinte(&secret)),
        jeton_scelle: Set(outils.coffre.sceller(secret.as_bytes(), &outils.hasard)),
        session: Set(session.empreinte),
        code: Set(format!("{:04}", u16::from_be_bytes([haut, bas]) % 10_000)),
        retour: Set(retour.chars().take(500).collect()),
        essais: Set(0),
        cree_le: Set(maintenant),
        expire_le: Set(maintenant + Duration::minutes(LIEN_MINUTES)),
        preuve: Set(preuve),
        ..Default::default()
    };
    let id = confirmation::Entity::insert(ligne).exec(&tx).await?.last_insert_id;
    taches::ajouter(&tx, &Courriel::Confirmation { confirmation: id }, maintenant).await?;
    let sujets = [Sujet::Compte(acteur.compte)];
    direct::annoncer(&tx, &sujets, maintenant).await?;
    tx.valider().await
}

/// What the mail of a link is made of, as long as it serves: whose account, its token, what waits and since when.
pub(crate) async fn a_envoyer(
    contexte: &Contexte,
    id: ConfirmationId,
) -> Result<Option<AEnvoyer>, Echec> {
    let (db, maintenant) = (contexte.base.lire(), contexte.horloge.maintenant());
    let lien = confirmation::Entity::find_by_id(id)
        .filter(confirmation::Column::ExpireLe.gt(maintenant))
        .one(db)
        .await?;
    let Some(lien) = lien else { return Ok(None) };
    let Some(session) = qui_attend(db, &lien.session, maintenant).await? else { return Ok(None) };
    let Some(compte) = compte::Entity::find_by_id(lien.compte).one(db).await? else {
        return Ok(None);
    };
    let jeton = contexte.outils.coffre.ouvrir_texte(&lien.jeton_scelle)?;
    Ok(Some(AEnvoyer { email: compte.email, jeton, session, preuve: lien.preuve }))
}

/// See [`a_envoyer`].
pub(crate) struct AEnvoyer {
    pub(crate) email: String,
    pub(crate) jeton: String,
    pub(crate) session: session::Model,
    /// Whether it proves who they are, for a few minutes.
    pub(crate) preuve: bool,
}

async fn lien(
    db: &impl ConnectionTrait,
    jeton: &str,
    maintenant: DateTime<Utc>,
) -> Result<(confirmation::Model, session::Model), Echec> {
    let lien = confirmation::Entity::find()
        .filter(confirmation::Column::Empreinte.eq(coffre::empreinte(jeton)))
        .filter(confirmation::Column::ExpireLe.gt(maintenant))
        .one(db)
        .await?
        .ok_or(Erreur::LienPerime)?;
    let session = qui_attend(db, &lien.session, maintenant).await?.ok_or(Erreur::LienPerime)?;
    Ok((lien, session))
}

/// What a link would confirm, in the browser that has the session `ici`. Changes nothing: what reads mails before people
/// do uses nothing up.
///
/// # Errors
/// [`Erreur::LienPerime`].
pub async fn lire_lien(
    db: &impl ConnectionTrait,
    jeton: &str,
    ici: Option<&str>,
    maintenant: DateTime<Utc>,
) -> Result<LienDeConfirmation, Echec> {
    let (lien, session) = lien(db, jeton, maintenant).await?;
    let compte = compte::Entity::find_by_id(lien.compte).one(db).await?;
    let compte = compte.ok_or(Erreur::LienPerime)?;
    Ok(LienDeConfirmation {
        email: compte.email,
        navigateur: session.navigateur,
        ouverte_le: temps::a_paris(session.cree_le),
        ici: ici.is_some_and(|jeton| coffre::empreinte(jeton) == lien.session),
        preuve: lien.preuve,
    })
}

/// What the button of a link did.
#[derive(Debug, PartialEq, Eq)]
pub enum Confirme {
    /// The browser that waited is this one: it has a new session, and is trusted by this secret.
    Ici {
        /// What the browser keeps.
        remis: Remis,
        /// The page to come to.
        retour: String,
    },
    /// It is another one, which goes on by itself.
    Ailleurs,
}

/// What a browser that is trusted keeps.
#[derive(Debug, PartialEq, Eq)]
pub struct Remis {
    /// The token of its session, which is another one than before.
    pub jeton: String,
    /// The secret of its trust, if it is trusted from now on.
    pub secret: Option<String>,
}

/// « Confirmer »: the browser that waits is trusted. `ici`: the token of the session of the browser where the link was
/// opened; `code`: that of the screen which waits, needed when it is another one.
///
/// # Errors
/// [`Erreur::LienPerime`], or an error about [`Champ::Code`].
pub async fn confirmer(
    contexte: &Contexte,
    jeton: &str,
    code: &str,
    ici: Option<&str>,
) -> Result<Confirme, Echec> {
    let (hasard, maintenant) = (&contexte.outils.hasard, contexte.horloge.maintenant());
    let tx = contexte.base.ecrire().await?;
    let (lien, session) = lien(&tx, jeton, maintenant).await?;
    let ici = ici.is_some_and(|jeton| coffre::empreinte(jeton) == lien.session);
    let tape: String = code.chars().filter(char::is_ascii_digit).collect();
    if !ici && tape != lien.code {
        compter_l_essai(&tx, &lien).await?;
        tx.valider().await?;
        return Err(Erreur::champ(Champ::Code, Saisie::CodeFaux).into());
    }
    let pris = confirmation::Entity::delete_by_id(lien.id).exec(&tx).await?;
    if pris.rows_affected == 0 {
        // The second of two clicks.
        return Err(Erreur::LienPerime.into());
    }
    if lien.preuve {
        let jeton = preuves::prouver(&tx, session, ici.then_some(hasard), maintenant).await?;
        tx.valider().await?;
        let remis = jeton.map(|jeton| Remis { jeton, secret: None });
        return Ok(match remis {
            Some(remis) => Confirme::Ici { remis, retour: lien.retour },
            None => Confirme::Ailleurs,
        });
    }
    let compte = compte::Entity::find_by_id(lien.compte).one(&tx).await?;
    let compte = compte.ok_or(Erreur::LienPerime)?;
    let secret = ici.then(|| hasard.secret());
    let ligne = navigateur::ActiveModel {
        compte: Set(compte.id),
        empreinte: Set(secret.as_deref().map(coffre::empreinte)),
        marque: Set(marque(&compte)),
        navigateur: Set(session.navigateur.clone()),
        cree_le: Set(maintenant),
        vue_le: Set(Some(maintenant)),
        expire_le: Set(maintenant + Duration::days(CONFIANCE_JOURS)),
        ..Default::default()
    };
    let id = navigateur::Entity::insert(ligne).exec(&tx).await?.last_insert_id;
    let mut session = session;
    session.confiance = Some(id);
    let fait = match secret {
        Some(secret) => {
            let jeton = sessions::renouveler(&tx, session, hasard, maintenant).await?;
            let remis = Remis { jeton, secret: Some(secret) };
            Confirme::Ici { remis, retour: lien.retour }
        }
        None => {
            let mut change = session.into_active_model();
            change.confiance = Set(Some(id));
            change.update(&tx).await?;
            Confirme::Ailleurs
        }
    };
    let qui = Some(compte.id);
    journal::noter(&tx, qui, Action::NavigateurDeConfiance, compte.id, None, maintenant).await?;
    direct::annoncer(&tx, &[Sujet::Compte(compte.id)], maintenant).await?;
    tx.valider().await?;
    Ok(fait)
}

/// A link that is guessed at serves no more.
async fn compter_l_essai(
    db: &impl ConnectionTrait,
    lien: &confirmation::Model,
) -> Result<(), Echec> {
    if lien.essais + 1 >= ESSAIS_MAX {
        confirmation::Entity::delete_by_id(lien.id).exec(db).await?;
        return Ok(());
    }
    let mut change = lien.clone().into_active_model();
    change.essais = Set(lien.essais + 1);
    change.update(db).await?;
    Ok(())
}

/// « Continuer », in the browser that waited for a link which was opened elsewhere: it has a new session, and is trusted.
///
/// # Errors
/// [`Erreur::NonConnecte`]; [`Erreur::AConfirmer`] when nobody confirmed anything.
pub async fn prendre(contexte: &Contexte, jeton: &str) -> Result<Remis, Echec> {
    let (hasard, maintenant) = (&contexte.outils.hasard, contexte.horloge.maintenant());
    let tx = contexte.base.ecrire().await?;
    let session = qui_attend(&tx, &coffre::empreinte(jeton), maintenant).await?;
    let session = session.ok_or(Erreur::NonConnecte)?;
    let id = session.confiance.ok_or(Erreur::AConfirmer)?;
    let secret = hasard.secret();
    // Once: the browser that comes after finds it taken.
    let pris = navigateur::Entity::update_many()
        .set(navigateur::ActiveModel {
            empreinte: Set(Some(coffre::empreinte(&secret))),
            ..Default::default()
        })
        .filter(navigateur::Column::Id.eq(id))
        .filter(navigateur::Column::Empreinte.is_null())
        .filter(navigateur::Column::ExpireLe.gt(maintenant))
        .exec(&tx)
        .await?;
    if pris.rows_affected == 0 {
        return Err(Erreur::AConfirmer.into());
    }
    let jeton = sessions::renouveler(&tx, session, hasard, maintenant).await?;
    tx.valider().await?;
    Ok(Remis { jeton, secret: Some(secret) })
}

/// Whether the browser that came with `cookie` is trusted for an account: the session of `jeton` is confirmed then.
///
/// # Errors
/// The database failed.
pub async fn reconnaitre(
    contexte: &Contexte,
    acteur: &Acteur,
    jeton: &str,
    cookie: &str,
) -> Result<bool, Echec> {
    let (db, maintenant) = (contexte.base.lire(), contexte.horloge.maintenant());
    let empreintes: Vec<String> = secrets(cookie).map(coffre::empreinte).collect();
    if empreintes.is_empty() {
        return Ok(false);
    }
    let connu = navigateur::Entity::find()
        .filter(navigateur::Column::Compte.eq(acteur.compte))
        .filter(navigateur::Column::Empreinte.is_in(empreintes))
        .filter(navigateur::Column::ExpireLe.gt(maintenant))
        .one(db)
        .await?;
    let Some(connu) = connu else { return Ok(false) };
    let compte = compte::Entity::find_by_id(acteur.compte).one(db).await?;
    if compte.is_none_or(|compte| marque(&compte) != connu.marque) {
        return Ok(false);
    }
    let tx = contexte.base.ecrire().await?;
    let confirmees = session::Entity::update_many()
        .set(session::ActiveModel { confiance: Set(Some(connu.id)), ..Default::default() })
        .filter(session::Column::Empreinte.eq(coffre::empreinte(jeton)))
        .filter(session::Column::Compte.eq(acteur.compte))
        .exec(&tx)
        .await?;
    let mut vu = connu.into_active_model();
    vu.vue_le = Set(Some(maintenant));
    vu.update(&tx).await?;
    tx.valider().await?;
    Ok(confirmees.rows_affected == 1)
}

/// The secrets that a cookie holds: one for each account that is trusted in the browser.
fn secrets(cookie: &str) -> impl Iterator<Item = &str> {
    let secret = |mot: &&str| mot.len() == 64 && mot.bytes().all(|c| c.is_ascii_hexdigit());
    cookie.split('.').filter(secret).take(COMPTES_MAX)
}

/// What the cookie of a browser holds once it has one more secret.
#[must_use]
pub fn avec(cookie: Option<&str>, secret: &str) -> String {
    let anciens = cookie.into_iter().flat_map(secrets);
    let tous: Vec<&str> = std::iter::once(secret).chain(anciens).take(COMPTES_MAX).collect();
    tous.join(".")
}

/// No browser is trusted any more for an account.
pub(crate) async fn oublier_tous(db: &impl ConnectionTrait, compte: CompteId) -> Result<(), Echec> {
    navigateur::Entity::delete_many()
        .filter(navigateur::Column::Compte.eq(compte))
        .exec(db)
        .await?;
    confirmation::Entity::delete_many()
        .filter(confirmation::Column::Compte.eq(compte))
        .exec(db)
        .await?;
    Ok(())
}

/// Forgets the links and the trust that have expired.
///
/// # Errors
/// The database failed.
pub async fn purger(db: &impl ConnectionTrait, maintenant: DateTime<Utc>) -> Result<(), Echec> {
    let liens = Condition::all().add(confirmation::Column::ExpireLe.lte(maintenant));
    verrous::purger::<confirmation::Entity>(db, liens).await?;
    let navigateurs = Condition::all().add(navigateur::Column::ExpireLe.lte(maintenant));
    verrous::purger::<navigateur::Entity>(db, navigateurs).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_is_trusted_for_a_few_accounts() {
        let secret = |n: usize| format!("{n:064x}");
        let mut cookie = avec(None, &secret(0));
        assert_eq!(cookie, secret(0));
        for n in 1..10 {
            cookie = avec(Some(&cookie), &secret(n));
        }
        let gardes: Vec<&str> = secrets(&cookie).collect();
        assert_eq!(gardes, [9, 8, 7, 6].map(secret));
        assert_eq!(secrets("pas un secret.zz").count(), 0);
    }
}
