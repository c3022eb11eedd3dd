//! What mails about a dossier know: the dossier, its démarche, who gets them.

use super::echec::EchecEnvoi;
use super::pied::{Gestion, Pourquoi};
use crate::contexte::Contexte;
use crate::demarche::administration::courriels;
use crate::socle::erreur::Echec;
use crate::socle::outils::Reglages;
use crate::socle::telephone;
use crate::tables::{compte, demarche, dossier, groupe};
use domain::ids::{CompteId, DossierNumero};
use domain::modele::{Modele, Texte};
use sea_orm::EntityTrait;
use std::sync::Arc;
use url::Url;

/// The dossier that a mail is about.
#[derive(Debug, Clone)]
pub(super) struct Cadre {
    /// Its number.
    pub(super) dossier: DossierNumero,
    /// Who files it; empty of a draft.
    pub(super) demandeur: String,
    /// Title of its démarche.
    pub(super) titre: String,
    /// The service in charge, on one or more lines.
    pub(super) service: String,
    /// Where the service can be reached.
    pub(super) coordonnees: Coordonnees,
    /// Address of this application.
    pub(super) base: Url,
    /// Name of this application.
    pub(super) site: Arc<str>,
    /// What its reader chose to be told of, of an instructeur who may choose.
    pub(super) gestion: Option<Gestion>,
}

/// Where a service can be reached. Each is empty until an administrateur gives it.
#[derive(Debug, Clone, Default)]
pub(super) struct Coordonnees {
    /// Postal address, on one or more lines.
    pub(super) adresse: String,
    /// Telephone.
    pub(super) telephone: String,
    /// E-mail.
    pub(super) email: String,
    /// When it answers.
    pub(super) horaires: String,
}

impl Cadre {
    /// Of a dossier, whose number is `dossier`, of `demarche`.
    pub(super) fn de(
        dossier: DossierNumero,
        demarche: demarche::Model,
        reglages: &Reglages,
    ) -> Self {
        Self {
            dossier,
            demandeur: String::new(),
            titre: demarche.titre,
            service: demarche.service,
            coordonnees: Coordonnees {
                adresse: demarche.service_adresse,
                telephone: telephone::presenter(&demarche.service_telephone),
                email: demarche.service_email,
                horaires: demarche.service_horaires,
            },
            base: reglages.app_url.clone(),
            site: Arc::clone(&reglages.nom),
            gestion: None,
        }
    }

    pub(super) fn lien(&self, chemin: &str) -> String {
        absolue(&self.base, chemin)
    }

    pub(super) fn messagerie_usager(&self) -> String {
        self.lien(&format!("/dossiers/{}/messagerie", self.dossier))
    }

    pub(super) fn messagerie_instructeur(&self) -> String {
        self.lien(&format!("/instructeur/dossiers/{}/messagerie", self.dossier))
    }

    /// Why an instructeur gets a mail about the dossier.
    pub(super) const fn instruit(&self) -> Pourquoi<'_> {
        match &self.gestion {
            Some(gestion) => Pourquoi::Gere(gestion),
            None => Pourquoi::Instruit { titre: self.titre.as_str() },
        }
    }

    /// Who signs a mail to an instructeur.
    pub(super) fn equipe(&self) -> String {
        equipe(&self.site)
    }
}

/// Address of a page, as people open it. `base`: address of this application.
pub(super) fn absolue(base: &Url, chemin: &str) -> String {
    format!("{}{chemin}", base.as_str().trim_end_matches('/'))
}

/// Who signs a mail that no service sends.
pub(super) fn equipe(site: &str) -> String {
    format!("L'équipe {site}")
}

/// What a mail about a dossier says, in the words of its démarche.
pub(super) async fn texte(
    contexte: &Contexte,
    dossier: &dossier::Model,
    modele: Modele,
) -> Result<Texte, EchecEnvoi> {
    let numero = dossier.demarche;
    Ok(courriels::texte(contexte.base.lire(), numero, modele).await?)
}

/// The dossier that a mail is about, and what mails say of it. `None` once its usager deleted it.
pub(super) async fn cadre(
    contexte: &Contexte,
    numero: DossierNumero,
) -> Result<Option<(Cadre, dossier::Model)>, EchecEnvoi> {
    let (cadre, dossier) = cadre_meme_supprime(contexte, numero).await?;
    Ok(dossier.supprime_le.is_none().then_some((cadre, dossier)))
}

/// The same, of a dossier that may be deleted.
///
/// # Errors
/// The database failed, or the dossier is gone.
pub(super) async fn cadre_meme_supprime(
    contexte: &Contexte,
    numero: DossierNumero,
) -> Result<(Cadre, dossier::Model), EchecEnvoi> {
    let db = contexte.base.lire();
    let dossier = dossier::Entity::find_by_id(numero).one(db).await?;
    let dossier = dossier.ok_or(EchecEnvoi::Illisible)?;
    let demarche = dossier::demarche(db, &dossier).await?;
    let cadre = Cadre::de(numero, demarche, &contexte.outils.reglages);
    let demandeur = dossier::demandeur(&dossier);
    Ok((Cadre { demandeur, ..cadre }, dossier))
}

/// The dossier that a mail to its usager is about, and the usager's address. `None` once they deleted it.
pub(super) async fn vers_l_usager(
    contexte: &Contexte,
    numero: DossierNumero,
) -> Result<Option<(Cadre, String)>, EchecEnvoi> {
    let Some((cadre, dossier)) = cadre(contexte, numero).await? else { return Ok(None) };
    Ok(Some((cadre, email(contexte, dossier.usager).await?)))
}

/// Where somebody gets mails.
pub(super) async fn email(contexte: &Contexte, id: CompteId) -> Result<String, EchecEnvoi> {
    let compte = compte::Entity::find_by_id(id).one(contexte.base.lire()).await?;
    Ok(compte.ok_or(Echec::illisible("comptes", "id", id))?.email)
}

/// The address of somebody who may see the dossier.
pub(super) async fn membre(
    contexte: &Contexte,
    dossier: &dossier::Model,
    compte: CompteId,
) -> Result<Option<String>, EchecEnvoi> {
    let membres = groupe::membres(contexte.base.lire(), dossier.groupe).await?;
    if membres.contains(&compte) { Ok(Some(email(contexte, compte).await?)) } else { Ok(None) }
}
