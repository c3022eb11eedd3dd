//! What an administrateur does about a raccordement: another token, looking again, stopping, going on, webhooks.

use super::constat::{self, Constat};
use super::{de, noter_echec, ouvrir};
use crate::acces::autorisations;
use crate::acces::limites;
use crate::contexte::Contexte;
use crate::demarches_simplifiees::envois::porte;
use crate::demarches_simplifiees::signalements::{self, PREFIXE, cle_du_secret};
use crate::socle::changement::Changement;
use crate::socle::erreur::Echec;
use crate::socle::temps;
use crate::tables::{dossier_ecarte, raccordement};
use crate::taches;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use chrono::{DateTime, Utc};
use domain::ids::DemarcheNumero;
use domain::journal::Action;
use domain::raccordement::{ErreurDistante, EtatRaccordement, demande};
use domain::role::Acteur;
use domain::sujet::Sujet;
use domain::{Champ, Erreur, Saisie, saisie};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel};

/// How long a key that signs may be, in octets (Standard Webhooks).
const CLE: std::ops::RangeInclusive<usize> = 24..=64;

/// « Vérifier à nouveau »: labels, annotation and title are those of now, and a raccordement that was broken goes on when
/// nothing is wrong any more.
///
/// # Errors
/// [`Erreur::Introuvable`]; [`Erreur::Distante`], which is kept as the reason of the raccordement.
pub async fn verifier(
    contexte: &Contexte,
    acteur: &Acteur,
    numero: DemarcheNumero,
) -> Result<(), Echec> {
    let raccordement = sien(contexte, acteur, numero).await?;
    compter(contexte, acteur)?;
    let constat = match ouvrir(contexte, &raccordement).await {
        Ok(distante) => constat::verifier(&distante.pressee(), raccordement.numero_distant).await,
        Err(Echec::Metier(Erreur::Distante(erreur))) => Err(erreur),
        Err(autre) => return Err(autre),
    };
    let constat = match constat {
        Ok(constat) => constat,
        Err(erreur) => {
            noter_echec(contexte, raccordement.id, &erreur).await?;
            return Err(erreur.into());
        }
    };
    contexte
        .changer(acteur, async |c| {
            let actuel = sien_dans(c, numero).await?;
            let change = avec(actuel.clone().into_active_model(), &constat);
            retenir(c, actuel, change, Action::RaccordementVerifie).await
        })
        .await
}

/// « Enregistrer » another token: it is checked first, as when the démarche was joined.
///
/// # Errors
/// [`Erreur::Introuvable`]; an error about [`Champ::Jeton`] or [`Champ::JetonExpire`]; [`Erreur::Distante`].
pub async fn remplacer_le_jeton(
    contexte: &Contexte,
    acteur: &Acteur,
    numero: DemarcheNumero,
    (jeton, expire): (&str, &str),
) -> Result<(), Echec> {
    let raccordement = sien(contexte, acteur, numero).await?;
    let aujourd_hui = temps::a_paris(contexte.horloge.maintenant()).date();
    let jeton = demande::jeton(jeton)?;
    let expire_le = demande::expiration(expire, aujourd_hui)?;
    compter(contexte, acteur)?;
    let site = contexte.plateformes.site(&raccordement.site);
    let site = site.ok_or(Erreur::from(ErreurDistante::AdresseInterdite))?;
    let distante = contexte.plateformes.distante(site, &jeton).pressee();
    // A token that does not give this démarche is the one that is wrong: its number can't be changed here.
    let constat = match constat::verifier(&distante, raccordement.numero_distant).await {
        Err(erreur @ (ErreurDistante::DroitsPerdus | ErreurDistante::Introuvable)) => {
            return Err(Erreur::champ(Champ::Jeton, Saisie::Distante(erreur)).into());
        }
        lu => lu.map_err(demande::refus)?,
    };
    contexte
        .changer(acteur, async |c| {
            let actuel = sien_dans(c, numero).await?;
            let mut change = avec(actuel.clone().into_active_model(), &constat);
            change.jeton_scelle = Set(c.outils.coffre.sceller(jeton.as_bytes(), &c.outils.hasard));
            change.jeton_expire_le = Set(Some(expire_le));
            change.expiration_annoncee = Set(None);
            retenir(c, actuel, change, Action::JetonRemplace).await
        })
        .await
}

/// What was found, in the row.
fn avec(mut change: raccordement::ActiveModel, constat: &Constat) -> raccordement::ActiveModel {
    change.etiquette_propose = Set(constat.etiquette_propose.clone());
    change.etiquette_pris = Set(constat.etiquette_pris.clone());
    change.annotation = Set(constat.annotation.clone());
    change
}

/// Keeps what was found right: unless it was stopped, the raccordement is synchronised at once, and what waits to be sent
/// leaves.
async fn retenir(
    c: &Changement<'_>,
    actuel: raccordement::Model,
    mut change: raccordement::ActiveModel,
    action: Action,
) -> Result<(), Echec> {
    change.raison = Set(None);
    change.rompu_le = Set(None);
    if actuel.etat != EtatRaccordement::Arrete {
        change.etat = Set(EtatRaccordement::Actif);
        change.prochaine_le = Set(Some(c.maintenant));
    }
    let reperes = |ligne: &raccordement::Model| {
        let raccordement::Model { etiquette_propose, etiquette_pris, annotation, .. } = ligne;
        (etiquette_propose.clone(), etiquette_pris.clone(), annotation.clone())
    };
    let apres = change.update(&c.tx).await?;
    if reperes(&apres) != reperes(&actuel) {
        porte::suivre_tous(&c.tx, apres.id, c.maintenant).await?;
    }
    conclure(c, actuel.demarche, action).await
}

/// « Arrêter la synchronisation »: nothing is asked any more, nor sent. What was read stays, and it goes on where it was.
///
/// # Errors
/// [`Erreur::Introuvable`].
pub async fn arreter(c: &Changement<'_>, numero: DemarcheNumero) -> Result<(), Echec> {
    let actuel = sien_dans(c, numero).await?;
    if actuel.etat == EtatRaccordement::Arrete {
        return Ok(());
    }
    let mut change = actuel.into_active_model();
    change.etat = Set(EtatRaccordement::Arrete);
    change.prochaine_le = Set(None);
    change.update(&c.tx).await?;
    conclure(c, numero, Action::RaccordementArrete).await
}

/// « Reprendre la synchronisation »: where it was.
///
/// # Errors
/// [`Erreur::Introuvable`].
pub async fn reprendre(c: &Changement<'_>, numero: DemarcheNumero) -> Result<(), Echec> {
    let actuel = sien_dans(c, numero).await?;
    if actuel.etat != EtatRaccordement::Arrete {
        return Ok(());
    }
    let mut change = actuel.into_active_model();
    change.etat = Set(EtatRaccordement::Actif);
    change.raison = Set(None);
    change.rompu_le = Set(None);
    change.prochaine_le = Set(Some(c.maintenant));
    change.update(&c.tx).await?;
    conclure(c, numero, Action::RaccordementRepris).await
}

/// « Compte de la démarche »: in whose name one writes there when whoever acts may not. Empty: in nobody's.
///
/// # Errors
/// [`Erreur::Introuvable`]; an error about [`Champ::Auteur`] when nobody there has this address.
pub async fn choisir_l_auteur(
    c: &Changement<'_>,
    numero: DemarcheNumero,
    auteur: &str,
) -> Result<(), Echec> {
    let actuel = sien_dans(c, numero).await?;
    let auteur = match auteur.trim() {
        "" => None,
        auteur => Some(saisie::email(Champ::Auteur, auteur)?.to_lowercase()),
    };
    if let Some(auteur) = &auteur
        && !super::lecture::est_instructeur(&c.tx, actuel.id, auteur).await?
    {
        return Err(Erreur::champ(Champ::Auteur, Saisie::PasInstructeurLaBas).into());
    }
    let mut change = actuel.into_active_model();
    change.auteur = Set(auteur);
    change.update(&c.tx).await?;
    conclure(c, numero, Action::AuteurDistantChoisi).await
}

/// « Réessayer » a dossier that was set aside: it is asked for soon.
///
/// # Errors
/// [`Erreur::Introuvable`], also when it is not set aside any more.
pub async fn reessayer(
    c: &Changement<'_>,
    numero: DemarcheNumero,
    distant: i64,
) -> Result<(), Echec> {
    let actuel = sien_dans(c, numero).await?;
    let ecarte = dossier_ecarte::Entity::find_by_id((actuel.id, distant)).one(&c.tx).await?;
    ecarte.ok_or(Erreur::Introuvable)?;
    signalements::noter(&c.tx, actuel.id, &[distant].into(), c.maintenant).await?;
    conclure(c, numero, Action::DossierEcarteDemande).await
}

/// « Activer les webhooks », with the secret that the platform gave, or one that is made here: also to change it. It is
/// shown once, to whoever had it made.
///
/// # Errors
/// [`Erreur::Introuvable`]; an error about [`Champ::SecretWebhook`].
pub async fn activer_les_webhooks(
    c: &Changement<'_>,
    numero: DemarcheNumero,
    donne: &str,
) -> Result<(), Echec> {
    let actuel = sien_dans(c, numero).await?;
    let (secret, fait_ici) = match donne.trim() {
        "" => (fabriquer(c), true),
        donne => (lire_le_secret(donne)?.to_owned(), false),
    };
    let mut change = actuel.into_active_model();
    change.webhooks_actifs = Set(true);
    change.secret_webhook_scelle =
        Set(Some(c.outils.coffre.sceller(secret.as_bytes(), &c.outils.hasard)));
    change.secret_pour = Set(fait_ici.then_some(c.acteur.compte));
    change.update(&c.tx).await?;
    conclure(c, numero, Action::WebhooksActives).await
}

/// « Désactiver les webhooks »: they are answered as if there was no such address.
///
/// # Errors
/// [`Erreur::Introuvable`].
pub async fn desactiver_les_webhooks(
    c: &Changement<'_>,
    numero: DemarcheNumero,
) -> Result<(), Echec> {
    let mut change = sien_dans(c, numero).await?.into_active_model();
    change.webhooks_actifs = Set(false);
    change.secret_webhook_scelle = Set(None);
    change.secret_pour = Set(None);
    change.update(&c.tx).await?;
    conclure(c, numero, Action::WebhooksDesactives).await
}

fn fabriquer(c: &Changement<'_>) -> String {
    format!("{PREFIXE}{}", BASE64_STANDARD.encode(c.outils.hasard.octets::<32>()))
}

fn lire_le_secret(texte: &str) -> Result<&str, Erreur> {
    let cle = cle_du_secret(texte).filter(|cle| CLE.contains(&cle.len()));
    cle.map(|_| texte).ok_or(Erreur::champ(Champ::SecretWebhook, Saisie::PasUnSecret))
}

/// The raccordement of a démarche that one manages.
async fn sien(
    contexte: &Contexte,
    acteur: &Acteur,
    numero: DemarcheNumero,
) -> Result<raccordement::Model, Echec> {
    let db = contexte.base.lire();
    autorisations::demarche_de_l_administrateur(db, acteur, numero).await?;
    de(db, numero).await
}

/// The same, inside a change.
async fn sien_dans(
    c: &Changement<'_>,
    numero: DemarcheNumero,
) -> Result<raccordement::Model, Echec> {
    autorisations::demarche_de_l_administrateur(&c.tx, c.acteur, numero).await?;
    crate::socle::verrous::demarche(&c.tx, numero).await?;
    de(&c.tx, numero).await
}

pub(super) fn compter(contexte: &Contexte, acteur: &Acteur) -> Result<(), Erreur> {
    let compte = acteur.compte.to_string();
    let maintenant: DateTime<Utc> = contexte.horloge.maintenant();
    let regle = (limites::RACCORDEMENTS, &[compte.as_str()][..]);
    contexte.acces.tentatives.faire(&[regle], maintenant).map(|_| ())
}

async fn conclure(c: &Changement<'_>, numero: DemarcheNumero, action: Action) -> Result<(), Echec> {
    taches::avancer(&c.tx, taches::de(numero), c.maintenant).await?;
    c.noter(action, numero).await?;
    c.annoncer(&[Sujet::Demarche(numero)]).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_that_of_the_specification() {
        for juste in
            ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", &format!("whsec_{}", "A".repeat(84))]
        {
            assert_eq!(lire_le_secret(juste), Ok(juste));
        }
        for faux in ["", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_", "whsec_é", "whsec_QUJD"] {
            assert!(
                lire_le_secret(faux).unwrap_err().sur(Champ::SecretWebhook).is_some(),
                "{faux}"
            );
        }
    }
}
