//! The link that opens an account or changes its password.

use super::cadre::{absolue, equipe};
use super::echec::EchecEnvoi;
use super::gabarit::{Gabarit, Lettre};
use super::pied::Pourquoi;
use crate::acces::comptes::{INVITATION_JOURS, LIEN_HEURES, Motif};
use crate::contexte::Contexte;
use crate::socle::erreur::Echec;
use crate::socle::outils::Reglages;
use crate::tables::{compte, demarche, lien_compte};
use domain::ids::LienCompteId;
use sea_orm::EntityTrait;

/// Composes the mail of a link. `None` once it has served or expired.
///
/// # Errors
/// The database failed, or the link can't be read.
pub(super) async fn composer(
    contexte: &Contexte,
    id: LienCompteId,
) -> Result<Option<Lettre>, EchecEnvoi> {
    let db = contexte.base.lire();
    let Some(ligne) = lien_compte::Entity::find_by_id(id).one(db).await? else { return Ok(None) };
    if ligne.expire_le <= contexte.horloge.maintenant() {
        return Ok(None);
    }
    let jeton = contexte.outils.coffre.ouvrir_texte(&ligne.jeton_scelle)?;
    let compte = compte::par_email(db, &ligne.email).await?;
    let existe = compte.is_some_and(|compte| !compte::en_attente(&compte));
    let titre = match ligne.demarche {
        Some(numero) => demarche::Entity::find_by_id(numero).one(db).await?.map(|d| d.titre),
        None => None,
    };
    let motif = ligne.motif;
    let raison = Raison::de(motif, existe, titre);
    Ok(Some(rediger(&contexte.outils.reglages, &raison, &jeton, ligne.email)))
}

/// Why the person gets a link, and what it does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Raison {
    /// They want an account.
    Creation,
    /// They want one, and have it already.
    Oubli,
    /// Somebody gave them a role in a démarche.
    Nomination { role: &'static str, titre: String },
}

impl Raison {
    fn de(motif: Motif, existe: bool, titre: Option<String>) -> Self {
        let titre = titre.unwrap_or_default();
        match (motif, existe) {
            (Motif::Instructeur, _) => Self::Nomination { role: "instructeur", titre },
            (Motif::Administrateur, _) => Self::Nomination { role: "administrateur", titre },
            (Motif::Demande, true) => Self::Oubli,
            (Motif::Demande, false) => Self::Creation,
        }
    }
}

/// `jeton`: what the link holds.
pub(super) fn rediger(reglages: &Reglages, raison: &Raison, jeton: &str, a: String) -> Lettre {
    let site = &reglages.nom;
    let heures = format!("{LIEN_HEURES} heures");
    let jours = format!("{INVITATION_JOURS} jours");
    let pourquoi = match raison {
        Raison::Creation | Raison::Oubli => Pourquoi::ADonneSonAdresse { site },
        Raison::Nomination { titre, .. } => Pourquoi::EstNomme { titre },
    };
    let si_ce_n_est_vous = match raison {
        Raison::Creation | Raison::Oubli => {
            "Si vous n'êtes pas à l'origine de cette demande, ne tenez pas compte de ce message\u{a0}: rien ne changera."
        }
        Raison::Nomination { .. } => {
            "Si ce message ne vous est pas destiné, n'en tenez pas compte\u{a0}: sans ce lien, le compte ne peut pas être ouvert."
        }
    };
    let (sujet, phrase, action, duree) = match raison {
        Raison::Creation => (
            format!("Créez votre compte {site}"),
            format!("Vous avez demandé à créer un compte sur {site} avec l'adresse {a}."),
            "Choisir mon mot de passe",
            heures,
        ),
        Raison::Oubli => (
            format!("Votre compte {site}"),
            format!(
                "Vous avez demandé un lien pour le compte {a}. Ce compte existe déjà\u{a0}: vous pouvez vous connecter avec votre mot de passe, ou en choisir un nouveau."
            ),
            "Choisir un nouveau mot de passe",
            heures,
        ),
        Raison::Nomination { role, titre } => (
            format!("Vous êtes {role} de la démarche «\u{a0}{titre}\u{a0}»"),
            format!(
                "Vous avez été ajouté(e) comme {role} de la démarche «\u{a0}{titre}\u{a0}» sur {site}. Choisissez un mot de passe pour ouvrir votre compte {a}."
            ),
            "Choisir mon mot de passe",
            jours,
        ),
    };
    Gabarit::new(sujet)
        .dit(phrase)
        .bouton(&absolue(&reglages.app_url, &format!("/compte/lien/{jeton}")), action)
        .dit(format!("Ce lien sert une seule fois et reste valable {duree}."))
        .dit(si_ce_n_est_vous)
        .signe(&equipe(site))
        .pour(a, site, &pourquoi)
}

/// Composes the mail that says that an account is erased. `adresse`: what was its address, sealed.
///
/// # Errors
/// It can't be read.
pub(super) async fn composer_l_effacement(
    contexte: &Contexte,
    adresse: &str,
) -> Result<Option<Lettre>, EchecEnvoi> {
    let scelle = hex::decode(adresse).map_err(|_| Echec::Inutilisable("address"))?;
    let a = contexte.outils.coffre.ouvrir_texte(&scelle)?;
    Ok(Some(rediger_l_effacement(&contexte.outils.reglages, a)))
}

pub(super) fn rediger_l_effacement(reglages: &Reglages, a: String) -> Lettre {
    let site = &reglages.nom;
    Gabarit::new(format!("Votre compte {site} est effacé"))
        .dit(format!(
            "Vous avez demandé la fermeture de votre compte {a} sur {site}. C'est fait\u{a0}: vos sessions sont fermées, vos brouillons et vos réglages sont effacés."
        ))
        .dit("Les dossiers que vous avez déposés appartiennent à l'administration chargée de la démarche, qui les conserve selon ses propres règles. Elle n'a plus votre adresse par ce service.")
        .dit("Si ce n'est pas vous, écrivez à l'administration chargée de votre démarche.")
        .signe(&equipe(site))
        .pour(a, site, &Pourquoi::ADemande { quoi: "la fermeture de votre compte" })
}
