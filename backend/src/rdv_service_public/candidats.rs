//! The dossiers that a rendez-vous may belong to, with what the rule needs to choose among them.

use crate::entities::{compte, dossier, proposition};
use crate::erreur::Echec;
use crate::rendez_vous::dossiers_connus;
use domain::dossier::EtatDossier;
use domain::ids::{DossierNumero, PropositionId, RdvUserId};
use domain::proposition::EtatProposition;
use domain::rapprochement::{Candidat, PropositionFaite, normaliser};
use domain::rendez_vous::{Contenu, Personne};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    Select,
};
use std::collections::HashMap;

/// Those that something proves: filed under an e-mail of its persons, they came for them before, or were
/// invited by name. At most a few, whatever the number of dossiers.
pub(super) async fn prouves(
    db: &impl ConnectionTrait,
    organisation: i64,
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
    organisation: i64,
    contenu: &Contenu,
) -> Result<Vec<i64>, Echec> {
    if contenu.personnes.is_empty() {
        return Ok(vec![]);
    }
    let indices = Indices::chercher(db, organisation, &[contenu]).await?;
    let numeros = prouves_par(&indices).select_only().column(dossier::Column::Numero);
    Ok(numeros.into_tuple().all(db).await?)
}

fn prouves_par(indices: &Indices) -> Select<dossier::Entity> {
    dossier::Entity::find().filter(indices.preuves()).filter(dossier::visible())
}

/// Those among the dossiers of `groupes` that something suggests for one of several rendez-vous.
pub(crate) async fn suggeres(
    db: &impl ConnectionTrait,
    organisation: i64,
    groupes: &[i64],
    contenus: &[&Contenu],
) -> Result<Vec<Candidat>, Echec> {
    let indices = Indices::chercher(db, organisation, contenus).await?;
    let mut choix = indices.preuves();
    choix = choix
        .add(dossier::Column::Numero.is_in(contenus.iter().flat_map(|c| c.numeros_cites.clone())));
    for personne in contenus.iter().flat_map(|contenu| &contenu.personnes) {
        if !personne.nom.trim().is_empty() && !personne.prenom.trim().is_empty() {
            choix = choix.add(
                Condition::all()
                    .add(dossier::Column::Nom.is_in(ecritures(&personne.nom)))
                    .add(dossier::Column::Prenom.is_in(ecritures(&personne.prenom))),
            );
        }
    }
    let dossiers = dossier::Entity::find()
        .filter(dossier::Column::Groupe.is_in(groupes.iter().copied()))
        .filter(dossier::visible())
        .filter(choix)
        .order_by_desc(dossier::Column::Numero)
        .limit(500)
        .all(db)
        .await?;
    indices.candidats(db, organisation, dossiers).await
}

/// The ways a name is usually written: SQLite can't compare accented letters without their case.
fn ecritures(nom: &str) -> Vec<String> {
    let nom = nom.trim();
    let majuscule = |mot: &str| {
        let mut lettres = mot.chars();
        lettres.next().map_or_else(String::new, |premiere| {
            premiere.to_uppercase().chain(lettres.flat_map(char::to_lowercase)).collect()
        })
    };
    let partout = |separateur: &str| {
        nom.split(separateur).map(majuscule).collect::<Vec<String>>().join(separateur)
    };
    vec![nom.to_owned(), nom.to_lowercase(), nom.to_uppercase(), partout("-"), partout(" ")]
}

/// What links the persons of rendez-vous to dossiers.
struct Indices {
    /// Accounts whose e-mail is one of theirs.
    comptes: Vec<i64>,
    /// Dossiers that they came for, with those who did.
    connus: HashMap<i64, Vec<i64>>,
    /// Dossiers that invited one of them by name.
    invites: Vec<i64>,
}

impl Indices {
    async fn chercher(
        db: &impl ConnectionTrait,
        organisation: i64,
        contenus: &[&Contenu],
    ) -> Result<Self, Echec> {
        let personnes: Vec<&Personne> = contenus.iter().flat_map(|c| &c.personnes).collect();
        let ids: Vec<i64> = personnes.iter().map(|personne| personne.id.0).collect();
        let emails = personnes.iter().filter_map(|p| normaliser(p.email.as_deref()?));
        Ok(Self {
            comptes: compte::Entity::find()
                .filter(compte::Column::Email.is_in(emails))
                .select_only()
                .column(compte::Column::Id)
                .into_tuple()
                .all(db)
                .await?,
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
        organisation: i64,
        dossiers: Vec<dossier::Model>,
    ) -> Result<Vec<Candidat>, Echec> {
        let emails = emails(db, &dossiers).await?;
        let mut propositions = propositions(db, organisation, &dossiers).await?;
        dossiers
            .into_iter()
            .map(|dossier| {
                let etat = EtatDossier::from_code(&dossier.etat)
                    .ok_or(Echec::Illisible("état of a dossier"))?;
                let connus = self.connus.get(&dossier.numero).cloned().unwrap_or_default();
                Ok(Candidat {
                    dossier: DossierNumero(dossier.numero),
                    en_cours: etat.en_cours(),
                    email: emails.get(&dossier.usager).cloned().unwrap_or_default(),
                    telephones: telephones(&dossier.champs),
                    connus: connus.into_iter().map(RdvUserId).collect(),
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
) -> Result<HashMap<i64, String>, Echec> {
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
    organisation: i64,
    dossiers: &[dossier::Model],
) -> Result<HashMap<i64, Vec<PropositionFaite>>, Echec> {
    let lignes = proposition::Entity::find()
        .filter(proposition::Column::Dossier.is_in(dossiers.iter().map(|d| d.numero)))
        .filter(proposition::Column::Organisation.eq(organisation))
        .order_by_desc(proposition::Column::Id)
        .all(db)
        .await?;
    let mut faites: HashMap<i64, Vec<PropositionFaite>> = HashMap::new();
    for ligne in lignes {
        let etat = EtatProposition::from_code(&ligne.etat)
            .ok_or(Echec::Illisible("état of a proposition"))?;
        faites.entry(ligne.dossier).or_default().push(PropositionFaite {
            id: PropositionId(ligne.id),
            etat,
            faite_le: ligne.proposee_le,
            invitation: ligne.rdv_user.map(RdvUserId),
        });
    }
    Ok(faites)
}

/// The values that were filled in and look like a telephone.
fn telephones(champs: &str) -> Vec<String> {
    let champs: Vec<(String, String)> = serde_json::from_str(champs).unwrap_or_default();
    let ressemble = |valeur: &String| {
        let chiffres = valeur.chars().filter(char::is_ascii_digit).count();
        (10..=13).contains(&chiffres)
            && valeur.chars().all(|c| c.is_ascii_digit() || " +.-()\u{a0}".contains(c))
    };
    champs.into_iter().map(|(_, valeur)| valeur).filter(ressemble).collect()
}
