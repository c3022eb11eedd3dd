//! The calls of the API (`/api/v1`) that this application makes, each in the name of an agent.

use super::Client;
use super::oauth::adresse;
use super::requete::{Demande, Reponse, en_json, refus};
use domain::ids::{OrganisationId, RdvId, RdvUserId};
use domain::plateforme::ErreurPlateforme;
use reqwest::Method;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::fmt;
use url::Url;

/// How many pages of a list are read at most: 100 entries each.
const PAGES_MAX: u32 = 200;

/// The API of one site, in the name of one agent.
#[derive(Clone)]
pub struct Api {
    client: Client,
    site: Url,
    jeton: String,
}

impl fmt::Debug for Api {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Api").field("site", &self.site.as_str()).finish_non_exhaustive()
    }
}

/// Who acts.
#[derive(Debug, Clone, Deserialize)]
pub struct Agent {
    /// Their number.
    pub id: i64,
    /// Their e-mail.
    #[serde(default)]
    pub email: Option<String>,
}

/// An organisation of the agent.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Organisation {
    /// Its number.
    pub id: OrganisationId,
    /// Its name.
    #[serde(default)]
    pub name: String,
}

/// A reason for a rendez-vous.
#[derive(Debug, Clone, Deserialize)]
pub struct Motif {
    /// Its name.
    #[serde(default)]
    pub name: String,
    /// Whether anybody may book it (the older way to say it).
    #[serde(default)]
    bookable_publicly: Option<bool>,
    /// Who may book it.
    #[serde(default)]
    bookable_by: Option<String>,
    /// When it was withdrawn.
    #[serde(default)]
    deleted_at: Option<String>,
}

impl Motif {
    /// Whether the person may book it alone with the agenda's link.
    #[must_use]
    pub fn reservable(&self) -> bool {
        let par_tous = match self.bookable_by.as_deref() {
            Some(qui) => qui == "everyone",
            None => self.bookable_publicly == Some(true),
        };
        par_tous && self.deleted_at.is_none()
    }
}

/// Where the platform sends the notifications of an organisation.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct PointWebhook {
    /// Its number.
    pub id: i64,
    /// The address.
    #[serde(default)]
    pub target_url: String,
    /// What it tells of.
    #[serde(default)]
    pub subscriptions: Vec<String>,
}

/// A person to be created or found.
#[derive(Clone, Serialize)]
pub struct NouvellePersonne {
    /// First name. Mandatory there.
    pub first_name: String,
    /// Last name. Mandatory there.
    pub last_name: String,
    /// E-mail.
    pub email: String,
}

/// For whom a plan is made.
#[derive(Clone, Serialize)]
pub struct PersonneDuPlan {
    /// Known already.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<RdvUserId>,
    /// Who.
    #[serde(flatten)]
    pub personne: NouvellePersonne,
}

/// A rendez-vous that an agent plans.
#[derive(Debug, Clone, Deserialize)]
pub struct Plan {
    /// Its number.
    pub id: i64,
    /// For whom.
    pub user_id: RdvUserId,
    /// The page where the agent chooses the slot.
    pub url: String,
    /// Once chosen.
    #[serde(default)]
    pub rdv: Option<RdvDuPlan>,
}

/// The rendez-vous of a plan.
#[derive(Debug, Clone, Deserialize)]
pub struct RdvDuPlan {
    /// Its number.
    pub id: RdvId,
}

/// Which rendez-vous to read. There is no way to ask for none in particular: the platform understands an
/// empty filter as « everything ».
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FiltreRdv {
    /// These. Never empty: nothing is asked then.
    Ids(Vec<RdvId>),
    /// Those of a person.
    Personne(RdvUserId),
    /// Those of an organisation that begin between two days, `AAAA-MM-JJ`.
    Periode {
        /// The organisation.
        organisation: OrganisationId,
        /// From that day.
        du: chrono::NaiveDate,
        /// To that day.
        au: chrono::NaiveDate,
    },
}

/// How many numbers are asked for at once, so that the address stays short.
const IDS_PAR_DEMANDE: usize = 50;

impl Api {
    /// The API of `site` with the access token `jeton`.
    #[must_use]
    pub fn new(client: Client, site: Url, jeton: String) -> Self {
        Self { client, site, jeton }
    }

    /// Who the token acts for.
    ///
    /// # Errors
    /// [`ErreurPlateforme`].
    pub async fn moi(&self) -> Result<Agent, ErreurPlateforme> {
        self.lire("/api/v1/agents/me", &[], "agent").await
    }

    /// The organisations of the agent.
    ///
    /// # Errors
    /// [`ErreurPlateforme`].
    pub async fn organisations(&self) -> Result<Vec<Organisation>, ErreurPlateforme> {
        self.lister("/api/v1/organisations", &[], "organisations").await
    }

    /// The motifs of an organisation that are in use.
    ///
    /// # Errors
    /// [`ErreurPlateforme`].
    pub async fn motifs(&self, id: OrganisationId) -> Result<Vec<Motif>, ErreurPlateforme> {
        let chemin = format!("/api/v1/organisations/{id}/motifs");
        self.lister(&chemin, &[("active", "true".to_owned())], "motifs").await
    }

    /// Where the notifications of an organisation are sent.
    ///
    /// # Errors
    /// [`ErreurPlateforme`].
    pub async fn webhooks(
        &self,
        id: OrganisationId,
    ) -> Result<Vec<PointWebhook>, ErreurPlateforme> {
        let chemin = format!("/api/v1/organisations/{id}/webhook_endpoints");
        self.lister(&chemin, &[], "webhook_endpoints").await
    }

    /// Has the notifications of an organisation's rendez-vous sent to `url`, signed with `secret`.
    /// `existant`: the endpoint to correct instead of adding one.
    ///
    /// # Errors
    /// [`ErreurPlateforme`]; [`ErreurPlateforme::Refuse`] for those who are not territorial admin.
    pub async fn enregistrer_webhook(
        &self,
        organisation: OrganisationId,
        existant: Option<i64>,
        url: &str,
        secret: &str,
    ) -> Result<(), ErreurPlateforme> {
        let base = format!("/api/v1/organisations/{organisation}/webhook_endpoints");
        let corps = json!({ "target_url": url, "secret": secret, "subscriptions": ["rdv"] });
        let demande = match existant {
            Some(id) => self.ecrire(Method::PATCH, &format!("{base}/{id}"), corps).repetable(),
            None => self.ecrire(Method::POST, &base, corps),
        };
        juste(&self.client.envoyer(&demande).await?).map(|_| ())
    }

    /// Creates a person in an organisation, or has the person who has this e-mail already join it. Gives
    /// their number.
    ///
    /// # Errors
    /// [`ErreurPlateforme`].
    pub async fn creer_personne(
        &self,
        organisation: OrganisationId,
        personne: &NouvellePersonne,
    ) -> Result<RdvUserId, ErreurPlateforme> {
        let mut corps = en_json(personne);
        corps["organisation_ids"] = json!([organisation]);
        let mut demande = self.ecrire(Method::POST, "/api/v1/users", corps);
        demande.montrer_422 = true;
        let reponse = self.client.envoyer(&demande).await?;
        if reponse.statut.is_success() {
            let cree: Personne = element(&juste(&reponse)?, "user")?;
            return Ok(cree.id);
        }
        let connue = deja_prise(&reponse.corps, "email");
        let id = RdvUserId(connue.ok_or_else(|| refus(reponse.statut, &reponse.corps))?);
        self.faire_entrer(organisation, id).await?;
        Ok(id)
    }

    /// Adds somebody known to an organisation, where they may be already.
    async fn faire_entrer(
        &self,
        organisation: OrganisationId,
        id: RdvUserId,
    ) -> Result<(), ErreurPlateforme> {
        let corps = json!({ "user_id": id, "organisation_id": organisation });
        let mut demande = self.ecrire(Method::POST, "/api/v1/user_profiles", corps).repetable();
        demande.montrer_422 = true;
        self.client.envoyer(&demande).await.map(|_| ())
    }

    /// The secret with which a person books without signing in: always the same for one person.
    ///
    /// # Errors
    /// [`ErreurPlateforme`].
    pub async fn jeton_d_invitation(&self, id: RdvUserId) -> Result<String, ErreurPlateforme> {
        let chemin = format!("/api/v1/users/{id}/rdv_invitation_token");
        let demande = self.ecrire(Method::POST, &chemin, json!({})).repetable();
        let corps = juste(&self.client.envoyer(&demande).await?)?;
        let jeton: String = element(&corps, "invitation_token")?;
        let propre = !jeton.is_empty() && jeton.bytes().all(|c| c.is_ascii_alphanumeric());
        if propre { Ok(jeton) } else { Err(ErreurPlateforme::ReponseIllisible) }
    }

    /// Where the public page of an agenda leads, if it leads to another page of the site.
    ///
    /// # Errors
    /// [`ErreurPlateforme`].
    pub async fn suite_de_l_agenda(&self, agenda: &Url) -> Result<Option<Url>, ErreurPlateforme> {
        // Without the token: it is a page for everybody.
        let demande = Demande { jeton: None, ..Demande::lire(agenda.clone(), "") };
        let reponse = self.client.envoyer(&demande).await?;
        let lieu = reponse.entete("location").and_then(|lieu| agenda.join(lieu).ok());
        Ok(lieu.filter(|lieu| lieu.origin() == agenda.origin()))
    }

    /// Prepares a rendez-vous that the agent will plan for a person.
    ///
    /// # Errors
    /// [`ErreurPlateforme`].
    pub async fn creer_plan(
        &self,
        personne: &PersonneDuPlan,
        retour: &Url,
        dossier: &Url,
    ) -> Result<Plan, ErreurPlateforme> {
        let corps = json!({ "user": personne, "return_url": retour, "dossier_url": dossier });
        let demande = self.ecrire(Method::POST, "/api/v1/rdv_plans", corps);
        let corps = juste(&self.client.envoyer(&demande).await?)?;
        let plan: Plan = element(&corps, "rdv_plan")?;
        // The page is opened in the agent's browser: on this site, nowhere else.
        let page = Url::parse(&plan.url).ok();
        if page.is_some_and(|page| page.origin() == self.site.origin()) {
            Ok(plan)
        } else {
            Err(ErreurPlateforme::ReponseIllisible)
        }
    }

    /// Reads a plan of the agent again.
    ///
    /// # Errors
    /// [`ErreurPlateforme`].
    pub async fn plan(&self, id: i64) -> Result<Plan, ErreurPlateforme> {
        self.lire(&format!("/api/v1/rdv_plans/{id}"), &[], "rdv_plan").await
    }

    /// Rendez-vous, as the platform writes them (`data` of a webhook), each once, in no order.
    ///
    /// # Errors
    /// [`ErreurPlateforme`].
    pub async fn rendez_vous(&self, filtre: &FiltreRdv) -> Result<Vec<Value>, ErreurPlateforme> {
        let mut lus = match filtre {
            FiltreRdv::Ids(ids) => {
                let mut lus = Vec::new();
                for ids in ids.chunks(IDS_PAR_DEMANDE) {
                    let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
                    let question = [("id", ids.join(","))];
                    lus.extend(self.lister("/api/v1/rdvs", &question, "rdvs").await?);
                }
                lus
            }
            FiltreRdv::Personne(id) => {
                let question = [("user_id", id.to_string())];
                self.lister("/api/v1/rdvs", &question, "rdvs").await?
            }
            FiltreRdv::Periode { organisation, du, au } => {
                let question =
                    [("starts_after", du.to_string()), ("starts_before", au.to_string())];
                let chemin = format!("/api/v1/organisations/{organisation}/rdvs");
                self.lister(&chemin, &question, "rdvs").await?
            }
        };
        // Pages have no order of their own, and may overlap.
        let mut vus = std::collections::HashSet::new();
        lus.retain(|rdv: &Value| rdv["id"].as_i64().is_some_and(|id| vus.insert(id)));
        Ok(lus)
    }

    fn url(&self, chemin: &str, question: &[(&str, String)]) -> Url {
        let mut url = adresse(&self.site, chemin);
        if !question.is_empty() {
            url.query_pairs_mut().extend_pairs(question);
        }
        url
    }

    fn ecrire(&self, methode: Method, chemin: &str, corps: Value) -> Demande {
        Demande::ecrire(methode, self.url(chemin, &[]), &self.jeton, corps)
    }

    async fn lire<T: DeserializeOwned>(
        &self,
        chemin: &str,
        question: &[(&str, String)],
        racine: &str,
    ) -> Result<T, ErreurPlateforme> {
        let demande = Demande::lire(self.url(chemin, question), &self.jeton);
        element(&juste(&self.client.envoyer(&demande).await?)?, racine)
    }

    /// All pages of a list.
    async fn lister<T: DeserializeOwned>(
        &self,
        chemin: &str,
        question: &[(&str, String)],
        racine: &str,
    ) -> Result<Vec<T>, ErreurPlateforme> {
        let mut tous = Vec::new();
        let mut page = 1;
        loop {
            let mut question = question.to_vec();
            question.push(("page", page.to_string()));
            let demande = Demande::lire(self.url(chemin, &question), &self.jeton);
            let corps = juste(&self.client.envoyer(&demande).await?)?;
            tous.extend(element::<Vec<T>>(&corps, racine)?);
            let suivante = corps["meta"]["next_page"].as_u64().and_then(|n| u32::try_from(n).ok());
            match suivante {
                // A list that ends before its end would look like rendez-vous that do not exist any more.
                Some(suivante) if suivante > PAGES_MAX || suivante <= page => {
                    return Err(ErreurPlateforme::ReponseIllisible);
                }
                Some(suivante) => page = suivante,
                None => return Ok(tous),
            }
        }
    }
}

/// Who has already the value of an attribute that must be unique, when a 422 says it.
fn deja_prise(corps: &[u8], attribut: &str) -> Option<i64> {
    let lu: Value = serde_json::from_slice(corps).ok()?;
    lu["errors"][attribut]
        .as_array()?
        .iter()
        .find(|erreur| erreur["error"] == "taken")
        .and_then(|erreur| erreur["id"].as_i64())
}

#[derive(Deserialize)]
struct Personne {
    id: RdvUserId,
}

/// The JSON of an answer that is one: neither sent elsewhere, nor a page of HTML.
fn juste(reponse: &Reponse) -> Result<Value, ErreurPlateforme> {
    if !reponse.statut.is_success() {
        return Err(ErreurPlateforme::ReponseIllisible);
    }
    serde_json::from_slice(&reponse.corps).map_err(|_| ErreurPlateforme::ReponseIllisible)
}

fn element<T: DeserializeOwned>(corps: &Value, racine: &str) -> Result<T, ErreurPlateforme> {
    let element = corps.get(racine).ok_or(ErreurPlateforme::ReponseIllisible)?;
    T::deserialize(element).map_err(|_| ErreurPlateforme::ReponseIllisible)
}
