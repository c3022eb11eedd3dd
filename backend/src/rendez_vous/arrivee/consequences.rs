//! What follows from the state of a rendez-vous attached to a dossier: its proposition, the automatic message,
//! the mails, what is remembered of its persons.

use crate::demarche::avertissements::decision::{self, Cause, Detail};
use crate::demarches_simplifiees::envois::porte;
use crate::dossier::examen::reaffectations;
use crate::socle::direct;
use crate::socle::erreur::Echec;
use crate::socle::journal;
use crate::tables::message::{Nouveau, RoleAuteur};
use crate::tables::{dossier, message, personne_rdv, proposition, rendez_vous};
use crate::taches::{self, Courriel, Destinataire, Nouvelle};
use chrono::{DateTime, Utc};
use domain::ids::{AgendaId, CompteId, DossierNumero, PropositionId, RendezVousId};
use domain::journal::Action;
use domain::message::{GenreMessage, automatique};
use domain::proposition::EtatProposition;
use domain::rapprochement::normaliser;
use domain::rendez_vous::{Changement, Etat, Personne, Situation, Suppression};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel,
    PaginatorTrait, QueryFilter,
};
use std::collections::BTreeSet;

/// What a rendez-vous is attached to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Lien {
    /// The dossier.
    pub(crate) dossier: DossierNumero,
    /// The proposition that it answers, if it does.
    pub(crate) proposition: Option<PropositionId>,
    /// Who is told of it when it answers none: whoever attached it.
    pub(crate) instructeur: Option<CompteId>,
}

impl Lien {
    /// What a row is attached to.
    pub(crate) fn de(ligne: &rendez_vous::Model) -> Option<Self> {
        Some(Self {
            dossier: ligne.dossier?,
            proposition: ligne.proposition,
            instructeur: ligne.instructeur,
        })
    }
}

/// A rendez-vous attached to a dossier.
pub(crate) struct Suite<'a> {
    /// Its row.
    pub(crate) id: RendezVousId,
    /// To what.
    pub(crate) lien: Lien,
    /// Its organisation's row.
    pub(crate) organisation: AgendaId,
    /// What is known of it.
    pub(crate) etat: &'a Etat,
}

impl Suite<'_> {
    /// Carries its new state, and what is to be said of it, to everything that depends on it. Its dossier is locked.
    pub(crate) async fn repercuter(
        &self,
        db: &impl ConnectionTrait,
        dit: Option<&Changement>,
        maintenant: DateTime<Utc>,
    ) -> Result<(), Echec> {
        let dossier = dossier::Entity::find_by_id(self.lien.dossier).one(db).await?;
        let dossier = dossier.ok_or_else(|| self.illisible("dossier"))?;
        self.suivre_proposition(db, maintenant).await?;
        self.retenir_personnes(db).await?;
        if let Some(dit) = dit {
            self.ecrire(db, &dossier, dit, maintenant).await?;
            self.prevenir(db, &dossier, dit, maintenant).await?;
            let detail = format!("dossier:{}", self.lien.dossier);
            journal::noter(db, None, action(dit), self.id, Some(detail), maintenant).await?;
        }
        porte::suivre(db, &dossier, maintenant).await?;
        direct::annoncer(db, &dossier::sujets(&dossier), maintenant).await?;
        Ok(())
    }

    /// The proposition follows its rendez-vous; while one of several still holds, it is prise.
    async fn suivre_proposition(
        &self,
        db: &impl ConnectionTrait,
        maintenant: DateTime<Utc>,
    ) -> Result<(), Echec> {
        let Some(proposition) = self.proposition(db).await? else { return Ok(()) };
        let autres = self.autres_reponses(db).await?;
        let situation = if autres.contains(&Situation::Prevu) {
            Situation::Prevu
        } else {
            self.etat.situation()
        };
        let etat = proposition.etat.suivre(situation);
        let prise_le = self.etat.contenu.cree_le.unwrap_or(maintenant);
        let prise_le = Some(proposition.prise_le.unwrap_or(prise_le));
        changer(db, proposition.clone(), proposition::Model { etat, prise_le, ..proposition }).await
    }

    /// The proposition is no longer answered by this rendez-vous. One that waits again has its whole time again.
    pub(crate) async fn liberer_proposition(
        &self,
        db: &impl ConnectionTrait,
        maintenant: DateTime<Utc>,
    ) -> Result<(), Echec> {
        let Some(proposition) = self.proposition(db).await? else { return Ok(()) };
        let autres = self.autres_reponses(db).await?;
        let tient = autres.iter().find(|situation| **situation == Situation::Prevu);
        let apres = match tient.or(autres.last()) {
            Some(situation) => {
                let etat = proposition.etat.suivre(*situation);
                proposition::Model { etat, ..proposition.clone() }
            }
            None => {
                let autre = self.une_autre_attend(db, &proposition).await?;
                let etat = proposition.etat.liberer(proposition.expiree_le.is_some(), autre);
                let libre = proposition::Model { etat, prise_le: None, ..proposition.clone() };
                if etat == EtatProposition::Proposee {
                    proposition::attendre(libre, maintenant)
                } else {
                    libre
                }
            }
        };
        changer(db, proposition, apres).await
    }

    fn illisible(&self, colonne: &'static str) -> Echec {
        Echec::illisible("rendez_vous", colonne, self.id)
    }

    /// Nobody withdraws it at this very moment: its dossier is locked.
    async fn proposition(
        &self,
        db: &impl ConnectionTrait,
    ) -> Result<Option<proposition::Model>, Echec> {
        let Some(id) = self.lien.proposition else { return Ok(None) };
        let proposition = proposition::Entity::find_by_id(id).one(db).await?;
        proposition.map(Some).ok_or_else(|| self.illisible("proposition"))
    }

    /// Where the other rendez-vous that answer the same proposition stand.
    async fn autres_reponses(&self, db: &impl ConnectionTrait) -> Result<Vec<Situation>, Echec> {
        rendez_vous::Entity::find()
            .filter(rendez_vous::Column::Proposition.eq(self.lien.proposition))
            .filter(rendez_vous::Column::Id.ne(self.id))
            .all(db)
            .await?
            .iter()
            .map(|autre| Ok(rendez_vous::lire(autre)?.situation()))
            .collect()
    }

    async fn une_autre_attend(
        &self,
        db: &impl ConnectionTrait,
        proposition: &proposition::Model,
    ) -> Result<bool, Echec> {
        let autres = proposition::Entity::find()
            .filter(proposition::Column::Dossier.eq(proposition.dossier))
            .filter(proposition::Column::Id.ne(proposition.id))
            .filter(proposition::Column::Etat.eq(EtatProposition::Proposee));
        Ok(autres.count(db).await? > 0)
    }

    /// The next rendez-vous of these persons will be known by their id.
    async fn retenir_personnes(&self, db: &impl ConnectionTrait) -> Result<(), Echec> {
        if self.etat.suppression == Some(Suppression::Rgpd) {
            return Ok(());
        }
        for personne in self.etat.contenu.personnes.iter().filter(|personne| existe(personne)) {
            let ligne = personne_rdv::ActiveModel {
                organisation: Set(self.organisation),
                personne: Set(personne.id),
                dossier: Set(self.lien.dossier),
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

    /// Unlearns that `personnes` came for the dossier, unless another of its rendez-vous says so; removes the
    /// link to the video room from its messages.
    pub(crate) async fn oublier(
        &self,
        db: &impl ConnectionTrait,
        personnes: &[Personne],
    ) -> Result<(), Echec> {
        let autres = rendez_vous::Entity::find()
            .filter(rendez_vous::Column::Dossier.eq(self.lien.dossier))
            .filter(rendez_vous::Column::Organisation.eq(self.organisation))
            .filter(rendez_vous::Column::Id.ne(self.id))
            .all(db)
            .await?;
        let mut restent = BTreeSet::new();
        for autre in &autres {
            restent.extend(rendez_vous::lire(autre)?.contenu.personnes.iter().map(|p| p.id));
        }
        let oubliees = personnes.iter().map(|p| p.id).filter(|id| !restent.contains(id));
        personne_rdv::Entity::delete_many()
            .filter(personne_rdv::Column::Organisation.eq(self.organisation))
            .filter(personne_rdv::Column::Dossier.eq(self.lien.dossier))
            .filter(personne_rdv::Column::Personne.is_in(oubliees))
            .exec(db)
            .await?;
        message::Entity::update_many()
            .set(message::ActiveModel { lien: Set(None), ..Default::default() })
            .filter(message::Column::RendezVous.eq(self.id))
            .exec(db)
            .await?;
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
        let lien = contenu.visio.clone();
        self.dire(db, dossier, role, corps, lien, maintenant).await
    }

    /// Puts a message about the rendez-vous in the messagerie.
    pub(crate) async fn dire(
        &self,
        db: &impl ConnectionTrait,
        dossier: &dossier::Model,
        role: RoleAuteur,
        corps: String,
        lien: Option<String>,
        maintenant: DateTime<Utc>,
    ) -> Result<(), Echec> {
        let nouveau = Nouveau {
            dossier: dossier.numero,
            role,
            auteur: dossier.usager,
            genre: GenreMessage::RendezVous,
            corps,
            lien,
            proposition: self.lien.proposition,
            cle: None,
        };
        porte::ecrire(db, nouveau, Some(self.id), maintenant).await.map(|_| ())
    }

    /// Whether the messagerie of the dossier already speaks of this rendez-vous.
    pub(crate) async fn deja_dit(&self, db: &impl ConnectionTrait) -> Result<bool, Echec> {
        let dits = message::Entity::find()
            .filter(message::Column::RendezVous.eq(self.id))
            .filter(message::Column::Dossier.eq(self.lien.dossier));
        Ok(dits.count(db).await? > 0)
    }

    /// The instructeur hears of everything; the usager of what they did not do themselves.
    async fn prevenir(
        &self,
        db: &impl ConnectionTrait,
        dossier: &dossier::Model,
        dit: &Changement,
        maintenant: DateTime<Utc>,
    ) -> Result<(), Echec> {
        let contenu = &self.etat.contenu;
        let voulu = match (self.lien.instructeur, self.lien.proposition) {
            (Some(compte), _) => Some(compte),
            (None, Some(proposition)) => proposition::Entity::find_by_id(proposition)
                .one(db)
                .await?
                .map(|proposition| proposition.instructeur),
            (None, None) => None,
        };
        let concernes = reaffectations::a_prevenir(db, dossier, voulu).await?;
        let detail = Detail {
            changement: dit.clone(),
            genre: contenu.genre,
            horaire: contenu.horaire.clone(),
        };
        let cause = Cause::RendezVous(self.id, &detail);
        let instructeurs = decision::avertir(db, dossier, cause, &concernes, maintenant).await?;
        let mut a_dire: Vec<(Destinataire, Option<CompteId>)> =
            instructeurs.into_iter().map(|i| (Destinataire::Instructeur, Some(i))).collect();
        if dit.dire_a_l_usager() {
            a_dire.push((Destinataire::Usager, None));
        }
        for (a, instructeur) in a_dire {
            let courriel = Courriel::RendezVous(Nouvelle {
                dossier: self.lien.dossier,
                proposition: self.lien.proposition,
                rendez_vous: Some(self.id),
                instructeur,
                changement: dit.clone(),
                genre: contenu.genre,
                horaire: contenu.horaire.clone(),
                duree_minutes: contenu.duree_minutes,
                a,
            });
            taches::ajouter(db, &courriel, maintenant).await?;
        }
        Ok(())
    }
}

/// Whether the platform still knows who they are.
fn existe(personne: &Personne) -> bool {
    personne.email.as_deref().is_none_or(|email| normaliser(email).is_some())
}

async fn changer(
    db: &impl ConnectionTrait,
    avant: proposition::Model,
    apres: proposition::Model,
) -> Result<(), Echec> {
    if avant != apres {
        apres.into_active_model().reset_all().update(db).await?;
    }
    Ok(())
}

const fn action(dit: &Changement) -> Action {
    match dit {
        Changement::Pris => Action::RdvPris,
        Changement::Fixe => Action::RdvFixe,
        Changement::Deplace { .. } => Action::RdvDeplace,
        Changement::ModalitesChangees => Action::RdvModalitesChangees,
        Changement::AnnuleParUsager => Action::RdvAnnuleParUsager,
        Changement::AnnuleParService => Action::RdvAnnuleParService,
        Changement::Retabli => Action::RdvRetabli,
    }
}
