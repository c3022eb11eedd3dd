//! The dossiers that a rendez-vous may belong to, with what the rule needs to choose among them.

use crate::dossier::mots;
use crate::socle::erreur::Echec;
use crate::socle::telephone;
use crate::tables::personne_rdv::dossiers_connus;
use crate::tables::{compte, demarche, dossier, miroir, proposition, raccordement};
use domain::ids::{AgendaId, CompteId, DossierNumero, GroupeId, RdvUserId};
use domain::raccordement::{Suppression, noms};
use domain::rapprochement::{Candidat, PropositionFaite, normaliser};
use domain::rendez_vous::{Contenu, Personne};
use sea_orm::sea_query::Query;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    Select,
};
use std::collections::HashMap;

/// Those that something proves: filed under an e-mail of its persons, they came for them before, or were
/// invited by name. At most a few, whatever the number of dossiers.
pub(super) async fn prouves(
    db: &impl ConnectionTrait,
    organisation: AgendaId,
    contenu: &Contenu,
) -> Result<Vec<Candidat>, Echec> {
    if contenu.personnes.is_empty() {
        return Ok(vec![]);
    }
    let indices = Indices::chercher(db, organisation, &[contenu]).await?;
    let dossiers = prouves_par(&indices).all(db).await?;
    indices.candidats(db, organisation, dossiers).await
}

/// The numbers of the same dossiers.
pub(super) async fn numeros_prouves(
    db: &impl ConnectionTrait,
    organisation: AgendaId,
    contenu: &Contenu,
) -> Result<Vec<DossierNumero>, Echec> {
    if contenu.personnes.is_empty() {
        return Ok(vec![]);
    }
    let indices = Indices::chercher(db, organisation, &[contenu]).await?;
    let numeros = prouves_par(&indices).select_only().column(dossier::Column::Numero);
    Ok(numeros.into_tuple().all(db).await?)
}

/// The dossiers of another platform whose addresses are written beside a rendez-vous, and which are mirrored here, in a
/// démarche that has its agenda: who wrote them there may have proposed it without us.
pub(super) async fn cites(
    db: &impl ConnectionTrait,
    organisation: AgendaId,
    contenu: &Contenu,
) -> Result<Vec<DossierNumero>, Echec> {
    if contenu.dossiers_cites.is_empty() {
        return Ok(vec![]);
    }
    let mut ceux_la = Condition::any();
    for cite in &contenu.dossiers_cites {
        let par = Query::select()
            .column(raccordement::Column::Id)
            .from(raccordement::Entity)
            .and_where(raccordement::Column::Site.is_in(noms(&cite.site)))
            .and_where(raccordement::Column::NumeroDistant.eq(cite.demarche))
            .to_owned();
        ceux_la = ceux_la.add(
            Condition::all()
                .add(miroir::Column::NumeroDistant.eq(cite.dossier))
                .add(miroir::Column::Raccordement.in_subquery(par)),
        );
    }
    let miroirs = Query::select()
        .column(miroir::Column::Dossier)
        .from(miroir::Entity)
        .cond_where(ceux_la)
        .and_where(miroir::Column::Suppression.eq(Suppression::Aucune))
        .to_owned();
    let demarches = Query::select()
        .column(demarche::Column::Numero)
        .from(demarche::Entity)
        .and_where(demarche::Column::Organisation.eq(organisation))
        .to_owned();
    Ok(dossier::visibles()
        .filter(dossier::Column::Numero.in_subquery(miroirs))
        .filter(dossier::Column::Demarche.in_subquery(demarches))
        .order_by_asc(dossier::Column::Numero)
        .select_only()
        .column(dossier::Column::Numero)
        .into_tuple()
        .all(db)
        .await?)
}

fn prouves_par(indices: &Indices) -> Select<dossier::Entity> {
    dossier::visibles().filter(indices.preuves())
}

/// Those among the dossiers of `groupes` that something suggests for one of several rendez-vous.
pub(crate) async fn suggeres(
    db: &impl ConnectionTrait,
    organisation: AgendaId,
    groupes: &[GroupeId],
    contenus: &[&Contenu],
) -> Result<Vec<Candidat>, Echec> {
    let indices = Indices::chercher(db, organisation, contenus).await?;
    let mut choix = indices.preuves();
    choix = choix
        .add(dossier::Column::Numero.is_in(contenus.iter().flat_map(|c| c.numeros_cites.clone())));
    let personnes = contenus.iter().flat_map(|contenu| &contenu.personnes);
    let noms = personnes.map(|personne| (personne.nom.as_str(), personne.prenom.as_str()));
    if let Some(homonymes) = mots::homonymes(noms) {
        choix = choix.add(dossier::Column::Numero.in_subquery(homonymes));
    }
    let dossiers = dossier::visibles()
        .filter(dossier::Column::Groupe.is_in(groupes.iter().copied()))
        .filter(choix)
        .order_by_desc(dossier::Column::Numero)
        .limit(500)
        .all(db)
        .await?;
    indices.candidats(db, organisation, dossiers).await
}

/// What links the persons of rendez-vous to dossiers.
struct Indices {
    /// Accounts whose e-mail is one of theirs.
    comptes: Vec<CompteId>,
    /// Dossiers that they came for, with those who did.
    connus: HashMap<DossierNumero, Vec<RdvUserId>>,
    /// Dossiers that invited one of them by name.
    invites: Vec<DossierNumero>,
}

impl Indices {
    async fn chercher(
        db: &impl ConnectionTrait,
        organisation: AgendaId,
        contenus: &[&Contenu],
    ) -> Result<Self, Echec> {
        let personnes: Vec<&Personne> = contenus.iter().flat_map(|c| &c.personnes).collect();
        let ids: Vec<RdvUserId> = personnes.iter().map(|personne| personne.id).collect();
        let emails = personnes.iter().filter_map(|p| normaliser(p.email.as_deref()?));
        Ok(Self {
            comptes: compte::de_ces_emails(db, emails).await?,
            connus: dossiers_connus(db, organisation, ids.clone()).await?,
            invites: proposition::Entity::find()
                .filter(proposition::Column::Organisation.eq(organisation))
                .filter(proposition::Column::RdvUser.is_in(ids))
                .select_only()
                .column(proposition::Column::Dossier)
                .into_tuple()
                .all(db)
                .await?,
        })
    }

    fn preuves(&self) -> Condition {
        let dossiers = self.connus.keys().chain(&self.invites).copied();
        Condition::any()
            .add(dossier::Column::Usager.is_in(self.comptes.iter().copied()))
            .add(dossier::Column::Numero.is_in(dossiers))
    }

    async fn candidats(
        &self,
        db: &impl ConnectionTrait,
        organisation: AgendaId,
        dossiers: Vec<dossier::Model>,
    ) -> Result<Vec<Candidat>, Echec> {
        let emails = emails(db, &dossiers).await?;
        let mut propositions = propositions(db, organisation, &dossiers).await?;
        dossiers
            .into_iter()
            .map(|dossier| {
                let connus = self.connus.get(&dossier.numero).cloned().unwrap_or_default();
                Ok(Candidat {
                    dossier: dossier.numero,
                    en_cours: dossier.etat.en_cours(),
                    email: emails.get(&dossier.usager).cloned().unwrap_or_default(),
                    telephones: telephones(&dossier)?,
                    connus,
                    propositions: propositions.remove(&dossier.numero).unwrap_or_default(),
                    prenom: dossier.prenom,
                    nom: dossier.nom,
                })
            })
            .collect()
    }
}

async fn emails(
    db: &impl ConnectionTrait,
    dossiers: &[dossier::Model],
) -> Result<HashMap<CompteId, String>, Echec> {
    Ok(compte::Entity::find()
        .filter(compte::Column::Id.is_in(dossiers.iter().map(|d| d.usager)))
        .all(db)
        .await?
        .into_iter()
        .map(|compte| (compte.id, compte.email))
        .collect())
}

/// The propositions of each dossier for an agenda, the latest first.
async fn propositions(
    db: &impl ConnectionTrait,
    organisation: AgendaId,
    dossiers: &[dossier::Model],
) -> Result<HashMap<DossierNumero, Vec<PropositionFaite>>, Echec> {
    let lignes = proposition::Entity::find()
        .filter(proposition::Column::Dossier.is_in(dossiers.iter().map(|d| d.numero)))
        .filter(proposition::Column::Organisation.eq(organisation))
        .order_by_desc(proposition::Column::Id)
        .all(db)
        .await?;
    let mut faites: HashMap<DossierNumero, Vec<PropositionFaite>> = HashMap::new();
    for ligne in lignes {
        faites.entry(ligne.dossier).or_default().push(PropositionFaite {
            id: ligne.id,
            etat: ligne.etat,
            faite_le: ligne.proposee_le,
            invitation: ligne.rdv_user,
        });
    }
    Ok(faites)
}

/// The telephones among what was filled in, in the forms in which they are compared.
fn telephones(dossier: &dossier::Model) -> Result<Vec<String>, Echec> {
    /// A longer answer is no number, and takes long to read.
    const LONGUEUR_MAX: usize = 40;
    let reponses = dossier::reponses(dossier)?;
    let courtes = reponses.iter().filter(|reponse| reponse.valeur.len() <= LONGUEUR_MAX);
    Ok(courtes.flat_map(|reponse| telephone::formes(&reponse.valeur)).collect())
}
