//! The mails that invite: to modify somebody's dossier, to choose a password.

use super::textes::{Cadre, bouton, equipe, page, signature};
use super::{Courriel, EchecEnvoi};
use crate::acces::comptes::{INVITATION_JOURS, LIEN_HEURES, Motif};
use crate::contexte::Contexte;
use crate::socle::erreur::Echec;
use crate::tables::{brouillon, compte, demarche, dossier, invite, lien_compte};
use domain::ids::InviteId;
use maud::html;
use sea_orm::EntityTrait;

/// Composes the mail of an invitation. `None` once it was withdrawn, or what it is for is gone.
pub(super) async fn invite(
    contexte: &Contexte,
    id: InviteId,
) -> Result<Option<Courriel>, EchecEnvoi> {
    let db = contexte.base.lire();
    let Some(invite) = invite::Entity::find_by_id(id.0).one(db).await? else { return Ok(None) };
    let par = compte::Entity::find_by_id(invite.invite_par).one(db).await?;
    let par = par.ok_or(Echec::Illisible("account of a mail"))?.email;
    let reglages = &contexte.outils.reglages;
    if let Some(dossier) = dossier::Entity::find_by_id(invite.dossier).one(db).await? {
        let demarche = dossier::demarche(db, &dossier).await?;
        let cadre = Cadre::de(invite.dossier, demarche, reglages);
        let lien = cadre.lien(&format!("/dossiers/{}/demande", invite.dossier));
        return Ok(Some(rediger_invite(&cadre, &par, &lien, invite.email)));
    }
    let Some(brouillon) = brouillon::Entity::find_by_id(invite.dossier).one(db).await? else {
        return Ok(None);
    };
    let demarche = demarche::Entity::find_by_id(brouillon.demarche).one(db).await?;
    let demarche = demarche.ok_or(EchecEnvoi::Illisible)?;
    let cadre = Cadre::de(invite.dossier, demarche, reglages);
    let lien = cadre.lien(&format!("/brouillons/{}", invite.dossier));
    Ok(Some(rediger_invite(&cadre, &par, &lien, invite.email)))
}

fn rediger_invite(cadre: &Cadre, par: &str, lien: &str, a: String) -> Courriel {
    let Cadre { dossier, titre, .. } = cadre;
    let sujet =
        format!("Vous êtes invité(e) à modifier le dossier n°{dossier} («\u{a0}{titre}\u{a0}»)");
    let phrase = format!(
        "{par} vous invite à lire et à modifier son dossier n°{dossier} concernant la démarche «\u{a0}{titre}\u{a0}»."
    );
    let compte = format!(
        "Connectez-vous avec l'adresse {a}. Si vous n'avez pas encore de compte, vous pourrez en créer un avec cette adresse."
    );
    let fin = "Seule la personne qui vous invite peut déposer le dossier ou le supprimer. Si vous ne la connaissez pas, ne tenez pas compte de ce message.";
    let equipe = equipe(&cadre.site);
    let texte = format!(
        "Bonjour,\n\n{phrase}\n\n{compte}\n\nOuvrir le dossier\u{a0}:\n{lien}\n\n{fin}\n\nCordialement,\n{equipe}\n"
    );
    let corps = html! {
        p { "Bonjour," }
        p { (phrase) }
        p { (compte) }
        (bouton(lien, "Ouvrir le dossier"))
        p { (fin) }
        (signature(&equipe))
    };
    Courriel { a, html: page(&cadre.site, &sujet, &corps), sujet, texte }
}

/// Composes the mail of a link. `None` once it has served or expired.
pub(super) async fn lien(contexte: &Contexte, id: i64) -> Result<Option<Courriel>, EchecEnvoi> {
    let db = contexte.base.lire();
    let Some(ligne) = lien_compte::Entity::find_by_id(id).one(db).await? else { return Ok(None) };
    if ligne.expire_le <= contexte.horloge.maintenant() {
        return Ok(None);
    }
    let jeton = contexte.outils.coffre.ouvrir_texte(&ligne.jeton_scelle)?;
    let reglages = &contexte.outils.reglages;
    let base = reglages.app_url.as_str().trim_end_matches('/');
    let adresse = format!("{base}/compte/lien/{jeton}");
    let compte = compte::par_email(db, &ligne.email).await?;
    let existe = compte.is_some_and(|compte| !compte::en_attente(&compte));
    let titre = match ligne.demarche {
        Some(numero) => demarche::Entity::find_by_id(numero).one(db).await?.map(|d| d.titre),
        None => None,
    };
    let motif = Motif::from_code(&ligne.motif).ok_or(EchecEnvoi::Illisible)?;
    Ok(Some(rediger_lien(&reglages.nom, Raison::de(motif, existe, titre), &adresse, ligne.email)))
}

/// Why the person gets a link, and what it does.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Raison {
    Creation,
    Oubli,
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

fn rediger_lien(site: &str, raison: Raison, adresse: &str, a: String) -> Courriel {
    let heures = format!("{LIEN_HEURES} heures");
    let jours = format!("{INVITATION_JOURS} jours");
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
    let limite = format!("Ce lien sert une seule fois et reste valable {duree}.");
    let fin = "Si vous n'êtes pas à l'origine de cette demande, ne tenez pas compte de ce message\u{a0}: rien ne changera.";
    let equipe = equipe(site);
    let texte = format!(
        "Bonjour,\n\n{phrase}\n\n{action}\u{a0}:\n{adresse}\n\n{limite}\n\n{fin}\n\nCordialement,\n{equipe}\n"
    );
    let corps = html! {
        p { "Bonjour," }
        p { (phrase) }
        (bouton(adresse, action))
        p { (limite) }
        p { (fin) }
        (signature(&equipe))
    };
    Courriel { a, html: page(site, &sujet, &corps), sujet, texte }
}
