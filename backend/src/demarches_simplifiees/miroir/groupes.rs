//! The groupes of a mirrored démarche and their members: those of the platform. Who is removed there sees nothing here any
//! more.

use super::comptes;
use super::lecture::DossierLu;
use super::requetes::{GroupeDistant, MembreDistant};
use crate::acces::comptes::{Motif, inviter as envoyer_l_invitation};
use crate::socle::direct;
use crate::socle::erreur::Echec;
use crate::socle::journal;
use crate::socle::outils::Outils;
use crate::socle::verrous;
use crate::tables::{auteur_distant, compte, groupe, groupe_miroir, instructeur, raccordement};
use chrono::{DateTime, Utc};
use domain::ids::{CompteId, GroupeId};
use domain::journal::Action;
use domain::sujet::Sujet;
use sea_orm::sea_query::{Expr, Query, SelectStatement};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The groupes of these dossiers, by their ids there. One that was not heard of yet is made, without its members: those are
/// read with the next round.
pub(super) async fn des_dossiers(
    tx: &impl ConnectionTrait,
    raccordement: &raccordement::Model,
    lus: &[DossierLu],
) -> Result<HashMap<String, GroupeId>, Echec> {
    let distants: BTreeMap<&str, &GroupeDistant> =
        lus.iter().map(|lu| (lu.groupe.id.as_str(), &lu.groupe)).collect();
    let connus = groupe_miroir::Entity::find()
        .filter(groupe_miroir::Column::Raccordement.eq(raccordement.id))
        .filter(groupe_miroir::Column::IdDistant.is_in(distants.keys().copied()))
        .all(tx)
        .await?;
    let mut groupes: HashMap<String, GroupeId> =
        connus.into_iter().map(|connu| (connu.id_distant, connu.groupe)).collect();
    for (id, distant) in distants {
        if !groupes.contains_key(id) {
            groupes.insert(id.to_owned(), creer(tx, raccordement, distant).await?);
        }
    }
    Ok(groupes)
}

async fn creer(
    tx: &impl ConnectionTrait,
    raccordement: &raccordement::Model,
    distant: &GroupeDistant,
) -> Result<GroupeId, Echec> {
    let ligne = groupe::ActiveModel {
        demarche: Set(raccordement.demarche),
        nom: Set(distant.label.clone()),
        ..Default::default()
    };
    let id = groupe::Entity::insert(ligne).exec(tx).await?.last_insert_id;
    let miroir = groupe_miroir::ActiveModel {
        groupe: Set(id),
        raccordement: Set(raccordement.id),
        id_distant: Set(distant.id.clone()),
        numero_distant: Set(distant.number),
        ferme: Set(distant.closed),
    };
    groupe_miroir::Entity::insert(miroir).exec_without_returning(tx).await?;
    Ok(id)
}

/// What is known here of the groupes of a raccordement.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Etat {
    groupes: BTreeMap<String, Connu>,
    /// Who is a member, by groupe and by address, with their id there.
    membres: BTreeMap<(String, String), String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Connu {
    nom: String,
    ferme: bool,
}

/// What the platform says of them. A groupe that it does not name any more is closed, and has no member.
fn voulu(distants: &[GroupeDistant], avant: &Etat) -> Etat {
    let mut etat = Etat::default();
    for (id, connu) in &avant.groupes {
        etat.groupes.insert(id.clone(), Connu { ferme: true, ..connu.clone() });
    }
    for distant in distants {
        let connu = Connu { nom: distant.label.clone(), ferme: distant.closed };
        etat.groupes.insert(distant.id.clone(), connu);
        for MembreDistant { id, email } in &distant.instructeurs {
            let email = compte::normaliser(email);
            etat.membres.insert((distant.id.clone(), email), id.clone());
        }
    }
    etat
}

/// Whether what the platform says of the groupes is what is known of them: most of the time it is.
pub(super) async fn a_jour(
    db: &impl ConnectionTrait,
    raccordement: &raccordement::Model,
    distants: &[GroupeDistant],
) -> Result<bool, Echec> {
    let (avant, _) = lire(db, raccordement).await?;
    Ok(voulu(distants, &avant) == avant)
}

async fn lire(
    db: &impl ConnectionTrait,
    raccordement: &raccordement::Model,
) -> Result<(Etat, HashMap<String, GroupeId>), Echec> {
    let miroirs = groupe_miroir::Entity::find()
        .filter(groupe_miroir::Column::Raccordement.eq(raccordement.id))
        .all(db)
        .await?;
    let ids = || miroirs.iter().map(|miroir| miroir.groupe);
    let groupes = groupe::Entity::find().filter(groupe::Column::Id.is_in(ids())).all(db).await?;
    let noms: HashMap<GroupeId, String> = groupes.into_iter().map(|g| (g.id, g.nom)).collect();
    let auteurs =
        auteur_distant::Entity::find().filter(auteur_distant::Column::Groupe.is_in(ids()));
    let auteurs = auteurs.all(db).await?;
    let comptes = compte::Entity::find()
        .filter(compte::Column::Id.is_in(auteurs.iter().map(|auteur| auteur.compte)))
        .all(db)
        .await?;
    let emails: HashMap<CompteId, String> =
        comptes.into_iter().map(|compte| (compte.id, compte.email)).collect();
    let mut etat = Etat::default();
    for miroir in &miroirs {
        let nom = noms.get(&miroir.groupe).cloned().unwrap_or_default();
        etat.groupes.insert(miroir.id_distant.clone(), Connu { nom, ferme: miroir.ferme });
    }
    let par_groupe: HashMap<GroupeId, &str> =
        miroirs.iter().map(|miroir| (miroir.groupe, miroir.id_distant.as_str())).collect();
    for auteur in auteurs {
        let groupe = par_groupe.get(&auteur.groupe);
        if let (Some(groupe), Some(email)) = (groupe, emails.get(&auteur.compte)) {
            etat.membres.insert(((*groupe).to_owned(), email.clone()), auteur.id_distant);
        }
    }
    let locaux = miroirs.into_iter().map(|miroir| (miroir.id_distant, miroir.groupe)).collect();
    Ok((etat, locaux))
}

/// Has the groupes and their members be those of the platform, under the lock of the raccordement.
pub(super) async fn suivre(
    tx: &impl ConnectionTrait,
    raccordement: &raccordement::Model,
    distants: &[GroupeDistant],
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    verrous::demarche(tx, raccordement.demarche).await?;
    let (avant, mut locaux) = lire(tx, raccordement).await?;
    let apres = voulu(distants, &avant);
    for distant in distants {
        if !locaux.contains_key(&distant.id) {
            locaux.insert(distant.id.clone(), creer(tx, raccordement, distant).await?);
        }
    }
    for (id, connu) in &apres.groupes {
        if let (Some(local), Some(ancien)) = (locaux.get(id), avant.groupes.get(id))
            && connu != ancien
        {
            changer(tx, *local, connu).await?;
        }
    }
    let emails: BTreeSet<&str> = apres.membres.keys().map(|(_, email)| email.as_str()).collect();
    let comptes = comptes::ouvrir(tx, &emails, maintenant).await?;
    let des_membres = Membres { raccordement, locaux: &locaux, maintenant };
    let mut sujets = BTreeSet::from([Sujet::Demarche(raccordement.demarche)]);
    for ((groupe, email), id) in &apres.membres {
        if let Some(compte) = comptes.get(email)
            && avant.membres.get(&(groupe.clone(), email.clone())) != Some(id)
        {
            des_membres.ajouter(tx, groupe, *compte, id).await?;
            sujets.insert(Sujet::Compte(*compte));
        }
    }
    for (groupe, email) in avant.membres.keys() {
        if !apres.membres.contains_key(&(groupe.clone(), email.clone()))
            && let Some(compte) = compte::par_email(tx, email).await?
        {
            des_membres.retirer(tx, groupe, compte.id).await?;
            sujets.insert(Sujet::Compte(compte.id));
        }
    }
    let sujets: Vec<Sujet> = sujets.into_iter().collect();
    Ok(direct::annoncer(tx, &sujets, maintenant).await?)
}

async fn changer(tx: &impl ConnectionTrait, local: GroupeId, connu: &Connu) -> Result<(), Echec> {
    groupe::Entity::update_many()
        .col_expr(groupe::Column::Nom, Expr::value(connu.nom.clone()))
        .filter(groupe::Column::Id.eq(local))
        .exec(tx)
        .await?;
    groupe_miroir::Entity::update_many()
        .col_expr(groupe_miroir::Column::Ferme, Expr::value(connu.ferme))
        .filter(groupe_miroir::Column::Groupe.eq(local))
        .exec(tx)
        .await?;
    Ok(())
}

struct Membres<'a> {
    raccordement: &'a raccordement::Model,
    locaux: &'a HashMap<String, GroupeId>,
    maintenant: DateTime<Utc>,
}

impl Membres<'_> {
    async fn ajouter(
        &self,
        tx: &impl ConnectionTrait,
        groupe: &str,
        compte: CompteId,
        id_distant: &str,
    ) -> Result<(), Echec> {
        let Some(groupe) = self.locaux.get(groupe).copied() else { return Ok(()) };
        let deja = auteur_distant::Entity::find_by_id((groupe, compte)).one(tx).await?;
        let auteur = auteur_distant::ActiveModel {
            groupe: Set(groupe),
            compte: Set(compte),
            id_distant: Set(id_distant.to_owned()),
            ..Default::default()
        };
        if deja.is_some() {
            auteur_distant::Entity::update(auteur).exec(tx).await?;
            return Ok(());
        }
        auteur_distant::Entity::insert(auteur).exec_without_returning(tx).await?;
        if instructeur::Entity::find_by_id((groupe, compte)).one(tx).await?.is_none() {
            let membre = instructeur::ActiveModel { groupe: Set(groupe), compte: Set(compte) };
            instructeur::Entity::insert(membre).exec_without_returning(tx).await?;
        }
        self.noter(tx, Action::InstructeurAjoute, compte).await
    }

    async fn retirer(
        &self,
        tx: &impl ConnectionTrait,
        groupe: &str,
        compte: CompteId,
    ) -> Result<(), Echec> {
        let Some(groupe) = self.locaux.get(groupe).copied() else { return Ok(()) };
        auteur_distant::Entity::delete_by_id((groupe, compte)).exec(tx).await?;
        instructeur::Entity::delete_by_id((groupe, compte)).exec(tx).await?;
        self.noter(tx, Action::InstructeurRetire, compte).await
    }

    async fn noter(
        &self,
        tx: &impl ConnectionTrait,
        action: Action,
        compte: CompteId,
    ) -> Result<(), Echec> {
        let detail = Some(format!("compte:{compte}"));
        let sujet = Sujet::Demarche(self.raccordement.demarche);
        Ok(journal::noter(tx, None, action, sujet, detail, self.maintenant).await?)
    }
}

/// Sends an invitation to the members who never had one and whom nobody can sign in as yet, once the first synchronisation is done:
/// before, they would find nothing. Each has one, of however many groupes they are.
pub(super) async fn inviter(
    tx: &impl ConnectionTrait,
    outils: &Outils,
    raccordement: &raccordement::Model,
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    use auteur_distant::Column;
    let membres =
        || auteur_distant::Entity::find().filter(Column::Groupe.in_subquery(groupes(raccordement)));
    let nouveaux = membres().filter(Column::PrevenuLe.is_null()).all(tx).await?;
    let nouveaux: BTreeSet<CompteId> = nouveaux.into_iter().map(|membre| membre.compte).collect();
    if nouveaux.is_empty() {
        return Ok(());
    }
    let prevenus = membres()
        .filter(Column::Compte.is_in(nouveaux.iter().copied()))
        .filter(Column::PrevenuLe.is_not_null())
        .all(tx)
        .await?;
    let prevenus: BTreeSet<CompteId> = prevenus.into_iter().map(|membre| membre.compte).collect();
    let a_inviter = compte::Entity::find()
        .filter(compte::Column::Id.is_in(nouveaux.difference(&prevenus).copied()))
        .order_by_asc(compte::Column::Id)
        .all(tx)
        .await?;
    for compte in a_inviter {
        let pour = (Motif::Instructeur, raccordement.demarche);
        envoyer_l_invitation(tx, outils, &compte, pour, maintenant).await?;
    }
    auteur_distant::Entity::update_many()
        .col_expr(Column::PrevenuLe, Expr::value(maintenant))
        .filter(Column::Groupe.in_subquery(groupes(raccordement)))
        .filter(Column::PrevenuLe.is_null())
        .exec(tx)
        .await?;
    Ok(())
}

/// The groupes of a raccordement.
fn groupes(raccordement: &raccordement::Model) -> SelectStatement {
    Query::select()
        .column(groupe_miroir::Column::Groupe)
        .from(groupe_miroir::Entity)
        .and_where(groupe_miroir::Column::Raccordement.eq(raccordement.id))
        .to_owned()
}
