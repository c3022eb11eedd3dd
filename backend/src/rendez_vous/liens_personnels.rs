//! The personal link of a proposition: with it the usager books as a person known to RDV Service Public, and
//! the rendez-vous is matched by that person's number, whatever e-mail they use there.
//!
//! It is prepared after the proposition is made, in the name of the instructeur, when they connected their
//! account. Until then, and when it can't be had, the usager has the agenda's own link.

use crate::contexte::Contexte;
use crate::plateforme::client::api::{Api, NouvellePersonne};
use crate::plateforme::comptes_rdv;
use crate::socle::changement::Changement;
use crate::socle::direct;
use crate::socle::erreur::Echec;
use crate::socle::outils::Outils;
use crate::socle::verrous;
use crate::tables::lien_personnel::EtatLien;
use crate::tables::{agenda, compte, dossier, lien_personnel, proposition};
use crate::taches::Demande;
use domain::Erreur;
use domain::ids::{AgendaId, CompteId, DossierNumero, OrganisationId, PropositionId, RdvUserId};
use domain::plateforme::ErreurPlateforme;
use domain::proposition::EtatProposition;
use domain::vues::{Invitation, MessageVue};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder, QuerySelect,
};
use url::Url;

/// Plans the personal link of a proposition that was just made, if its instructeur is connected to the site
/// of the agenda.
pub(crate) async fn prevoir(
    c: &Changement<'_>,
    proposition: PropositionId,
    agenda: &Url,
) -> Result<(), Echec> {
    let hote = agenda.origin().ascii_serialization();
    if !comptes_rdv::active(&c.tx, c.acteur.compte, &hote).await? {
        return Ok(());
    }
    let ligne = lien_personnel::ActiveModel {
        proposition: Set(proposition),
        etat: Set(EtatLien::AFaire),
        personne: Set(None),
        lien_scelle: Set(None),
        echec: Set(None),
        changee_le: Set(c.maintenant),
    };
    lien_personnel::Entity::insert(ligne).exec_without_returning(&c.tx).await?;
    c.prevoir(&Demande::LienPersonnel { proposition }).await
}

/// Prepares the link: the task. Harmless when done twice, and once the proposition is withdrawn or used.
///
/// # Errors
/// It may be tried again.
pub(crate) async fn preparer(contexte: &Contexte, id: PropositionId) -> Result<(), Echec> {
    let Some(faits) = Faits::lire(contexte.base.lire(), id).await? else { return Ok(()) };
    match faits.demander(contexte).await {
        Ok((personne, lien)) => faits.retenir(contexte, personne, &lien).await,
        Err(Echec::Metier(Erreur::Plateforme(erreur))) => {
            faits.noter(contexte, &erreur).await?;
            if erreur.passagere() { Err(erreur.into()) } else { Ok(()) }
        }
        Err(autre) => Err(autre),
    }
}

/// What the platform needs to know.
struct Faits {
    proposition: PropositionId,
    dossier: dossier::Model,
    instructeur: CompteId,
    hote: String,
    organisation: OrganisationId,
    agenda: Url,
    personne: NouvellePersonne,
    /// The number of the person there, known from an earlier invitation.
    connue: Option<RdvUserId>,
}

impl Faits {
    /// `None` when there is nothing to do any more.
    async fn lire(db: &impl ConnectionTrait, id: PropositionId) -> Result<Option<Self>, Echec> {
        let proposition = proposition::Entity::find_by_id(id).one(db).await?;
        let proposition =
            proposition.ok_or(Echec::illisible("invitations_rdv", "proposition", id))?;
        let invitation = lien_personnel::Entity::find_by_id(id).one(db).await?;
        let a_faire = invitation.is_some_and(|i| i.etat == EtatLien::AFaire);
        if !a_faire || proposition.etat != EtatProposition::Proposee {
            return Ok(None);
        }
        let illisible = |colonne| Echec::illisible("propositions", colonne, id);
        let dossier = dossier::Entity::find_by_id(proposition.dossier).one(db).await?;
        let dossier = dossier.ok_or(illisible("dossier"))?;
        let organisation = agenda::Entity::find_by_id(proposition.organisation).one(db).await?;
        let organisation = organisation.ok_or(illisible("organisation"))?;
        let agenda = Url::parse(&proposition.url_agenda);
        Ok(Some(Self {
            proposition: id,
            instructeur: proposition.instructeur,
            hote: organisation.hote,
            organisation: organisation.organisation,
            agenda: agenda.map_err(|_| illisible("url_agenda"))?,
            personne: personne(db, &dossier).await?,
            connue: connue(db, dossier.usager, organisation.id).await?,
            dossier,
        }))
    }

    /// Finds or creates the person, and gets their link.
    async fn demander(&self, contexte: &Contexte) -> Result<(RdvUserId, Url), Echec> {
        let organisation = self.organisation;
        comptes_rdv::avec_api(contexte, self.instructeur, &self.hote, |api| {
            let (personne, connue) = (self.personne.clone(), self.connue);
            let agenda = self.agenda.clone();
            async move {
                let (id, jeton) = inviter(&api, organisation, &personne, connue).await?;
                // A page for everybody: without it the link is built by hand.
                let suite = api.suite_de_l_agenda(&agenda).await.unwrap_or_default();
                Ok((id, lien(&agenda, suite, organisation, &jeton)))
            }
        })
        .await
    }

    async fn retenir(
        &self,
        contexte: &Contexte,
        personne: RdvUserId,
        lien: &Url,
    ) -> Result<(), Echec> {
        let Outils { coffre, hasard, .. } = &contexte.outils;
        let maintenant = contexte.horloge.maintenant();
        let tx = contexte.base.ecrire().await?;
        // Read again: it may have been withdrawn while the platform answered.
        verrous::dossier(&tx, self.dossier.numero).await?;
        let Some(proposition) = ouverte(&tx, self.proposition).await? else { return Ok(()) };
        let mut change = proposition.into_active_model();
        change.rdv_user = Set(Some(personne));
        change.update(&tx).await?;
        let change = lien_personnel::ActiveModel {
            proposition: Set(self.proposition),
            etat: Set(EtatLien::Faite),
            personne: Set(Some(personne)),
            lien_scelle: Set(Some(coffre.sceller(lien.as_str().as_bytes(), hasard))),
            echec: Set(None),
            changee_le: Set(maintenant),
        };
        change.update(&tx).await?;
        direct::annoncer(&tx, &dossier::sujets(&self.dossier), maintenant).await?;
        tx.valider().await
    }

    /// Keeps why there is no link, for the instructeur.
    async fn noter(&self, contexte: &Contexte, erreur: &ErreurPlateforme) -> Result<(), Echec> {
        let code = erreur.code();
        tracing::warn!(proposition = self.proposition.0, code, "no personal link");
        let etat = if erreur.passagere() { EtatLien::AFaire } else { EtatLien::Echouee };
        let maintenant = contexte.horloge.maintenant();
        let tx = contexte.base.ecrire().await?;
        let change = lien_personnel::ActiveModel {
            proposition: Set(self.proposition),
            etat: Set(etat),
            echec: Set(Some(code.to_owned())),
            changee_le: Set(maintenant),
            ..Default::default()
        };
        change.update(&tx).await?;
        direct::annoncer(&tx, &dossier::sujets(&self.dossier), maintenant).await?;
        tx.valider().await
    }
}

/// The proposition while it waits for an answer.
async fn ouverte(
    db: &impl ConnectionTrait,
    id: PropositionId,
) -> Result<Option<proposition::Model>, Echec> {
    Ok(proposition::Entity::find_by_id(id)
        .filter(proposition::Column::Etat.eq(EtatProposition::Proposee))
        .one(db)
        .await?)
}

/// Who is invited. The platform takes nobody without a name: the account's stands for the dossier's, and
/// neutral words for both.
pub(crate) async fn personne(
    db: &impl ConnectionTrait,
    dossier: &dossier::Model,
) -> Result<NouvellePersonne, Echec> {
    let compte = compte::Entity::find_by_id(dossier.usager).one(db).await?;
    let compte = compte.ok_or_else(|| Echec::illisible("dossiers", "usager", dossier.numero))?;
    let nommee = |prenom: &str, nom: &str| {
        let (prenom, nom) = (prenom.trim(), nom.trim());
        (!prenom.is_empty() && !nom.is_empty()).then(|| (prenom.to_owned(), nom.to_owned()))
    };
    let (first_name, last_name) = nommee(&dossier.prenom, &dossier.nom)
        .or_else(|| nommee(&compte.prenom, &compte.nom))
        .unwrap_or_else(|| ("Usager".to_owned(), format!("Dossier {}", dossier.numero)));
    Ok(NouvellePersonne { first_name, last_name, email: compte.email })
}

/// The number of an usager at an organisation, from an earlier invitation.
pub(crate) async fn connue(
    db: &impl ConnectionTrait,
    usager: CompteId,
    organisation: AgendaId,
) -> Result<Option<RdvUserId>, Echec> {
    let dossiers = dossier::Entity::find()
        .filter(dossier::Column::Usager.eq(usager))
        .select_only()
        .column(dossier::Column::Numero)
        .into_tuple::<DossierNumero>()
        .all(db)
        .await?;
    let propositions = proposition::Entity::find()
        .filter(proposition::Column::Dossier.is_in(dossiers))
        .filter(proposition::Column::Organisation.eq(organisation))
        .select_only()
        .column(proposition::Column::Id)
        .into_tuple::<PropositionId>()
        .all(db)
        .await?;
    let derniere = lien_personnel::Entity::find()
        .filter(lien_personnel::Column::Proposition.is_in(propositions))
        .filter(lien_personnel::Column::Personne.is_not_null())
        .order_by_desc(lien_personnel::Column::Proposition)
        .one(db)
        .await?;
    Ok(derniere.and_then(|invitation| invitation.personne))
}

async fn inviter(
    api: &Api,
    organisation: OrganisationId,
    personne: &NouvellePersonne,
    connue: Option<RdvUserId>,
) -> Result<(RdvUserId, String), ErreurPlateforme> {
    if let Some(id) = connue {
        match api.jeton_d_invitation(id).await {
            Ok(jeton) => return Ok((id, jeton)),
            // Merged into another record, or out of reach of this agent.
            Err(ErreurPlateforme::Introuvable | ErreurPlateforme::Refuse) => {}
            Err(autre) => return Err(autre),
        }
    }
    let id = api.creer_personne(organisation, personne).await?;
    Ok((id, api.jeton_d_invitation(id).await?))
}

/// The agenda's page, opened as the person invited. `suite`: where the agenda's public link leads.
fn lien(agenda: &Url, suite: Option<Url>, organisation: OrganisationId, jeton: &str) -> Url {
    const PAGE: &str = "/prendre_rdv";
    let suite = suite.filter(|suite| suite.path() == PAGE);
    let mut lien = suite.unwrap_or_else(|| agenda.clone());
    if lien.path() != PAGE {
        lien.set_path(PAGE);
        lien.set_query(None);
    }
    let deja = |nom: &str| lien.query_pairs().any(|(autre, _)| autre == nom);
    let numero = organisation.to_string();
    let mut ajouts = vec![];
    if !deja("public_link_organisation_id") {
        ajouts.push(("public_link_organisation_id", numero.as_str()));
    }
    if !deja("organisation_ids[]") {
        ajouts.push(("organisation_ids[]", numero.as_str()));
    }
    ajouts.push(("invitation_token", jeton));
    lien.query_pairs_mut().extend_pairs(ajouts);
    lien.set_fragment(None);
    lien
}

pub(crate) fn personnaliser(message: &mut MessageVue, lien: &str) {
    if message.proposition == Some(EtatProposition::Proposee) && !message.supprime {
        message.invitation = Some(Invitation::Lien(lien.to_owned()));
    }
}

/// The personal link of the open proposition of a dossier.
pub(crate) async fn lien_de(
    db: &impl ConnectionTrait,
    outils: &Outils,
    numero: DossierNumero,
) -> Result<Option<String>, Echec> {
    let ouverte = proposition::Entity::find()
        .filter(proposition::Column::Dossier.eq(numero))
        .filter(proposition::Column::Etat.eq(EtatProposition::Proposee))
        .one(db)
        .await?;
    let Some(ouverte) = ouverte else { return Ok(None) };
    let invitation = lien_personnel::Entity::find_by_id(ouverte.id).one(db).await?;
    match invitation.and_then(|invitation| invitation.lien_scelle) {
        Some(scelle) => Ok(Some(outils.coffre.ouvrir_texte(&scelle)?)),
        None => Ok(None),
    }
}

/// What the instructeur reads of the personal link of a proposition: never the link.
pub(crate) fn pour_l_instructeur(ligne: &lien_personnel::Model) -> Invitation {
    let erreur = ligne.echec.as_deref().and_then(ErreurPlateforme::from_code);
    match (ligne.etat, erreur) {
        (EtatLien::Faite, _) => Invitation::Faite,
        (EtatLien::Echouee, Some(erreur)) => Invitation::Echouee(erreur),
        (_, Some(erreur)) => Invitation::Retardee(erreur),
        (_, None) => Invitation::EnPreparation,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(texte: &str) -> Url {
        Url::parse(texte).unwrap()
    }

    #[test]
    fn the_personal_link_is_the_agenda_s_own_page_with_the_token() {
        let cent = OrganisationId(100);
        let agenda = url("https://rdv.anct.gouv.fr/org/100/demarches-simplifiees#x");
        let suite = url(
            "https://rdv.anct.gouv.fr/prendre_rdv?public_link_organisation_id=100&departement=07",
        );
        let fin = "organisation_ids%5B%5D=100&invitation_token=VS5JNYJB";
        assert_eq!(
            lien(&agenda, Some(suite.clone()), cent, "VS5JNYJB").as_str(),
            format!("{suite}&{fin}")
        );
        let seul = "https://rdv.anct.gouv.fr/prendre_rdv?public_link_organisation_id=100&";
        let ailleurs = url("https://rdv.anct.gouv.fr/users/sign_in");
        for suite in [None, Some(ailleurs)] {
            assert_eq!(lien(&agenda, suite, cent, "VS5JNYJB").as_str(), format!("{seul}{fin}"));
        }
    }
}
