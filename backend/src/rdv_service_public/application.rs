//! A decoded delivery changes what is stored, and what people see of it.

use crate::direct;
use crate::entities::{
    compte, demarche, dossier, organisation, personne_rdv, proposition, rendez_vous,
};
use crate::erreur::Echec;
use crate::journal;
use crate::messages::{self, Nouveau, RoleAuteur};
use crate::rendez_vous as lectures;
use crate::sessions;
use crate::taches::{self, Destinataire, Tache};
use chrono::{DateTime, Utc};
use domain::ids::{CompteId, DossierNumero, PropositionId, RdvUserId};
use domain::message::{GenreMessage, automatique};
use domain::proposition::EtatProposition;
use domain::rapprochement::{Candidat, Rapprochement, rapprocher};
use domain::rendez_vous::{
    Changement, Constat, Etat, Genre, Personne, Situation, Suppression, changement,
};
use domain::sujet::Sujet;
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DbBackend,
    EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect, Statement,
};
use std::collections::HashMap;

/// What a delivery did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effet {
    /// It is known to a dossier, and something changed for people.
    Change,
    /// It is known to a dossier, and nothing changed for people.
    Inchange,
    /// No dossier could be told: somebody must choose.
    ARattacher,
}

impl Effet {
    /// A label for the metrics.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Change => "change",
            Self::Inchange => "inchange",
            Self::ARattacher => "a_rattacher",
        }
    }
}

/// Applies a delivery of `organisation`, as part of the change under way on `db`.
///
/// # Errors
/// The database failed; nothing was changed.
pub async fn appliquer(
    db: &impl ConnectionTrait,
    organisation: &organisation::Model,
    constat: &Constat,
    maintenant: DateTime<Utc>,
) -> Result<Effet, Echec> {
    verrouiller(db, organisation.id, constat.rdv.0).await?;
    let ligne = rendez_vous::Entity::find()
        .filter(rendez_vous::Column::Organisation.eq(organisation.id))
        .filter(rendez_vous::Column::Rdv.eq(constat.rdv.0))
        .one(db)
        .await?;
    let avant = ligne.as_ref().map(lectures::lire).transpose()?;
    let apres = Etat::integrer(avant.clone(), constat);
    let attache = ligne.as_ref().and_then(|l| Some((l.dossier?, l.proposition?)));
    let (lien, dit) = match attache {
        Some(lien) => (Some(lien), changement(avant.as_ref(), &apres, maintenant)),
        // Attached now, people hear of it now, whatever came before.
        None => (chercher(db, organisation, &apres).await?, changement(None, &apres, maintenant)),
    };
    let change_le = match (&ligne, &dit) {
        (Some(ligne), None) => ligne.change_le,
        _ => maintenant,
    };
    let id = enregistrer(db, organisation, constat, ligne, &apres, lien, change_le).await?;
    let Some((numero, proposition)) = lien else {
        signaler(db, organisation.id, maintenant).await?;
        return Ok(Effet::ARattacher);
    };
    let suite = Suite { id, numero, proposition, organisation: organisation.id, etat: &apres };
    suite.repercuter(db, dit.as_ref(), maintenant).await?;
    Ok(if dit.is_some() { Effet::Change } else { Effet::Inchange })
}

/// One delivery at a time for a rendez-vous, whatever the number of processes. On SQLite a change is
/// alone anyway.
async fn verrouiller(db: &impl ConnectionTrait, organisation: i64, rdv: i64) -> Result<(), Echec> {
    if db.get_database_backend() == DbBackend::Postgres {
        let cle = format!("rdv:{organisation}:{rdv}");
        db.execute_raw(Statement::from_sql_and_values(
            DbBackend::Postgres,
            "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))",
            [cle.into()],
        ))
        .await?;
    }
    Ok(())
}

/// The dossier and the proposition that a rendez-vous belongs to, if there is exactly one.
async fn chercher(
    db: &impl ConnectionTrait,
    organisation: &organisation::Model,
    etat: &Etat,
) -> Result<Option<(i64, i64)>, Echec> {
    let candidats = candidats(db, organisation.id, &etat.contenu.personnes).await?;
    Ok(match rapprocher(&etat.contenu.personnes, &candidats) {
        Rapprochement::Unique { dossier, proposition } => Some((dossier.0, proposition.0)),
        Rapprochement::Ambigu(_) | Rapprochement::Aucun => None,
    })
}

/// The dossiers, with a proposition for this agenda, that these persons may have come for: those filed
/// under one of their e-mails, and those they came for before.
async fn candidats(
    db: &impl ConnectionTrait,
    organisation: i64,
    personnes: &[Personne],
) -> Result<Vec<Candidat>, Echec> {
    let ids = personnes.iter().map(|personne| personne.id.0);
    let connues = lectures::dossiers_connus(db, organisation, ids.collect()).await?;
    let emails = personnes.iter().filter_map(|p| p.email.as_deref()).map(sessions::normaliser);
    let emails: HashMap<i64, String> = compte::Entity::find()
        .filter(compte::Column::Email.is_in(emails))
        .all(db)
        .await?
        .into_iter()
        .map(|compte| (compte.id, compte.email))
        .collect();
    let siens = Condition::any()
        .add(dossier::Column::Usager.is_in(emails.keys().copied()))
        .add(dossier::Column::Numero.is_in(connues.keys().copied()));
    let dossiers =
        dossier::Entity::find().filter(siens).order_by_asc(dossier::Column::Numero).all(db).await?;
    let mut candidats = Vec::new();
    for dossier in dossiers {
        let derniere = proposition::Entity::find()
            .filter(proposition::Column::Dossier.eq(dossier.numero))
            .filter(proposition::Column::Organisation.eq(organisation))
            .order_by_desc(proposition::Column::Id)
            .one(db)
            .await?;
        let Some(proposition) = derniere else { continue };
        let email = emails.get(&dossier.usager).cloned().unwrap_or_default();
        let connus = connues.get(&dossier.numero).cloned().unwrap_or_default();
        candidats.push(candidat(&dossier, email, &proposition, connus)?);
    }
    Ok(candidats)
}

fn candidat(
    dossier: &dossier::Model,
    email: String,
    proposition: &proposition::Model,
    connus: Vec<i64>,
) -> Result<Candidat, Echec> {
    Ok(Candidat {
        dossier: DossierNumero(dossier.numero),
        proposition: PropositionId(proposition.id),
        etat: EtatProposition::from_code(&proposition.etat)
            .ok_or(Echec::Illisible("état of a proposition"))?,
        proposee_le: proposition.proposee_le,
        email,
        connus: connus.into_iter().map(RdvUserId).collect(),
    })
}

async fn enregistrer(
    db: &impl ConnectionTrait,
    organisation: &organisation::Model,
    constat: &Constat,
    ligne: Option<rendez_vous::Model>,
    etat: &Etat,
    lien: Option<(i64, i64)>,
    change_le: DateTime<Utc>,
) -> Result<i64, Echec> {
    let connue = ligne.is_some();
    let mut change = match ligne {
        Some(ligne) => ligne.into_active_model(),
        None => rendez_vous::ActiveModel {
            organisation: Set(organisation.id),
            rdv: Set(constat.rdv.0),
            ..Default::default()
        },
    };
    change.dossier = Set(lien.map(|(dossier, _)| dossier));
    change.proposition = Set(lien.map(|(_, proposition)| proposition));
    change.calcule_le = Set(etat.cle.calcule_le);
    change.modifie = Set(etat.cle.modifie);
    change.suppression = Set(etat.suppression.map(|s| s.code().to_owned()));
    change.statut = Set(etat.contenu.statut.code().to_owned());
    change.debut = Set(etat.contenu.debut);
    change.fin = Set(etat.contenu.fin());
    change.contenu = Set(contenu(etat)?);
    change.change_le = Set(change_le);
    if connue {
        return Ok(change.update(db).await?.id);
    }
    Ok(rendez_vous::Entity::insert(change).exec(db).await?.last_insert_id)
}

/// What is kept of the content: after an erasure, nothing of the person.
fn contenu(etat: &Etat) -> Result<String, Echec> {
    let mut contenu = etat.contenu.clone();
    if etat.suppression == Some(Suppression::Rgpd) {
        contenu.personnes.clear();
        contenu.visio = None;
        if contenu.genre == Genre::Domicile {
            contenu.adresse.clear();
        }
    }
    serde_json::to_string(&contenu).map_err(|_| Echec::Illisible("content of a rendez-vous"))
}

/// Tells the démarches of an organisation that their counts may have changed.
pub(super) async fn signaler(
    db: &impl ConnectionTrait,
    organisation: i64,
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    let sujets: Vec<Sujet> = demarche::Entity::find()
        .filter(demarche::Column::Organisation.eq(organisation))
        .all(db)
        .await?
        .into_iter()
        .map(|demarche| Sujet::Demarche(domain::ids::DemarcheNumero(demarche.numero)))
        .collect();
    Ok(direct::annoncer(db, &sujets, maintenant).await?)
}

/// What follows from the new state of a rendez-vous attached to a dossier.
struct Suite<'a> {
    id: i64,
    numero: i64,
    proposition: i64,
    organisation: i64,
    etat: &'a Etat,
}

impl Suite<'_> {
    async fn repercuter(
        &self,
        db: &impl ConnectionTrait,
        dit: Option<&Changement>,
        maintenant: DateTime<Utc>,
    ) -> Result<(), Echec> {
        let dossier = dossier::Entity::find_by_id(self.numero).one(db).await?;
        let dossier = dossier.ok_or(Echec::Illisible("dossier of a rendez-vous"))?;
        self.suivre_proposition(db).await?;
        self.retenir_personnes(db).await?;
        if let Some(dit) = dit {
            self.ecrire(db, &dossier, dit, maintenant).await?;
            self.prevenir(db, dit, maintenant).await?;
            let objet = format!("rendez-vous:{}", self.id);
            let detail = format!("dossier:{}", self.numero);
            journal::noter(db, None, nom(dit), &objet, Some(detail), maintenant).await?;
        }
        direct::annoncer(db, &messages::sujets(&dossier), maintenant).await?;
        Ok(())
    }

    /// The proposition follows its rendez-vous; while one of several still holds, it is prise.
    async fn suivre_proposition(&self, db: &impl ConnectionTrait) -> Result<(), Echec> {
        // Locked: an instructeur may be withdrawing it at this very moment.
        let proposition =
            proposition::Entity::find_by_id(self.proposition).lock_exclusive().one(db).await?;
        let proposition = proposition.ok_or(Echec::Illisible("proposition of a rendez-vous"))?;
        let avant = EtatProposition::from_code(&proposition.etat)
            .ok_or(Echec::Illisible("état of a proposition"))?;
        let situation =
            if self.un_autre_tient(db).await? { Situation::Prevu } else { self.etat.situation() };
        let apres = avant.suivre(situation);
        if avant != apres {
            let mut change = proposition.into_active_model();
            change.etat = Set(apres.code().to_owned());
            change.update(db).await?;
        }
        Ok(())
    }

    async fn un_autre_tient(&self, db: &impl ConnectionTrait) -> Result<bool, Echec> {
        let autres = rendez_vous::Entity::find()
            .filter(rendez_vous::Column::Proposition.eq(self.proposition))
            .filter(rendez_vous::Column::Id.ne(self.id))
            .all(db)
            .await?;
        for autre in &autres {
            if lectures::lire(autre)?.situation() == Situation::Prevu {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The next rendez-vous of these persons will be known by their id.
    async fn retenir_personnes(&self, db: &impl ConnectionTrait) -> Result<(), Echec> {
        if self.etat.suppression == Some(Suppression::Rgpd) {
            return Ok(());
        }
        for personne in &self.etat.contenu.personnes {
            let ligne = personne_rdv::ActiveModel {
                organisation: Set(self.organisation),
                personne: Set(personne.id.0),
                dossier: Set(self.numero),
            };
            personne_rdv::Entity::insert(ligne)
                .on_conflict(
                    OnConflict::columns([
                        personne_rdv::Column::Organisation,
                        personne_rdv::Column::Personne,
                        personne_rdv::Column::Dossier,
                    ])
                    .do_nothing()
                    .to_owned(),
                )
                .exec_without_returning(db)
                .await?;
        }
        Ok(())
    }

    /// The automatic message of the messagerie: from the usager when it is their doing.
    async fn ecrire(
        &self,
        db: &impl ConnectionTrait,
        dossier: &dossier::Model,
        dit: &Changement,
        maintenant: DateTime<Utc>,
    ) -> Result<(), Echec> {
        let contenu = &self.etat.contenu;
        let role = match dit {
            Changement::Pris | Changement::AnnuleParUsager => RoleAuteur::Usager,
            _ => RoleAuteur::Systeme,
        };
        let corps = automatique(dit, contenu.genre, &contenu.horaire, contenu.duree_minutes);
        let nouveau = Nouveau {
            dossier: DossierNumero(self.numero),
            role,
            auteur: CompteId(dossier.usager),
            genre: GenreMessage::RendezVous,
            corps,
            lien: contenu.visio.clone(),
            proposition: Some(self.proposition),
            cle: None,
        };
        messages::inserer(db, nouveau, maintenant).await
    }

    /// The instructeur hears of everything; the usager of what they did not do themselves.
    async fn prevenir(
        &self,
        db: &impl ConnectionTrait,
        dit: &Changement,
        maintenant: DateTime<Utc>,
    ) -> Result<(), Echec> {
        let contenu = &self.etat.contenu;
        let mut destinataires = vec![Destinataire::Instructeur];
        if matches!(dit, Changement::AnnuleParService | Changement::Retabli) {
            destinataires.push(Destinataire::Usager);
        }
        for a in destinataires {
            let tache = Tache::CourrielRendezVous {
                dossier: DossierNumero(self.numero),
                proposition: PropositionId(self.proposition),
                changement: dit.clone(),
                genre: contenu.genre,
                horaire: contenu.horaire.clone(),
                duree_minutes: contenu.duree_minutes,
                a,
            };
            taches::ajouter(db, &tache, maintenant).await?;
        }
        Ok(())
    }
}

const fn nom(dit: &Changement) -> &'static str {
    match dit {
        Changement::Pris => "rendez-vous pris",
        Changement::Deplace { .. } => "rendez-vous déplacé",
        Changement::ModalitesChangees => "lieu ou lien changé",
        Changement::AnnuleParUsager => "rendez-vous annulé par l'usager",
        Changement::AnnuleParService => "rendez-vous annulé par le service",
        Changement::Retabli => "rendez-vous rétabli",
    }
}
