//! What a summary tells, as it is when its mail leaves: only what its reader may see then, and what still holds. As many
//! statements whatever there is to tell.

use crate::acces::autorisations;
use crate::demarche::avertissements::agenda;
use crate::demarche::avertissements::decision::Detail;
use crate::demarche::avertissements::recapitulatifs::{Moment, precedent};
use crate::demarche::avertissements::reglages::{self, DUneDemarche};
use crate::messagerie::lus;
use crate::socle::erreur::Echec;
use crate::socle::temps;
use crate::tables::{
    avertissement, avis, dossier, message, proposition, recapitulatif, rendez_vous as table,
};
use chrono::{DateTime, NaiveDateTime, Utc};
use domain::avertissement::{Avertissement, Rythme};
use domain::avis::EtatAvis;
use domain::ids::{
    AvertissementId, AvisId, CompteId, DemarcheNumero, DossierNumero, MessageId, RendezVousId,
};
use domain::proposition::EtatProposition;
use domain::rendez_vous::{Changement, Contenu, Genre};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use std::collections::{BTreeMap, BTreeSet};

/// A dossier, as a summary names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::courriels) struct Nomme {
    /// Its number.
    pub(in crate::courriels) numero: DossierNumero,
    /// Its démarche.
    pub(in crate::courriels) demarche: DemarcheNumero,
    /// Who filed it.
    pub(in crate::courriels) demandeur: String,
}

/// A rendez-vous of the day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::courriels) struct DuJour {
    /// Its dossier.
    pub(in crate::courriels) dossier: Nomme,
    /// When and where.
    pub(in crate::courriels) contenu: Contenu,
}

/// Something that happened to a rendez-vous.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::courriels) struct Change {
    /// Its dossier.
    pub(in crate::courriels) dossier: Nomme,
    /// What happened, since its reader last heard of it.
    pub(in crate::courriels) changement: Changement,
    /// The rendez-vous as it is.
    pub(in crate::courriels) contenu: Contenu,
}

/// What a summary tells, in the order of what is to be done.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::courriels) struct Dit {
    /// The title of each démarche that it speaks of.
    pub(in crate::courriels) demarches: BTreeMap<DemarcheNumero, String>,
    /// The rendez-vous of the day, the earliest first.
    pub(in crate::courriels) du_jour: Vec<DuJour>,
    /// Propositions that nobody answered, and when they were made.
    pub(in crate::courriels) proposees: Vec<(Nomme, NaiveDateTime)>,
    /// How many messages were not read, by dossier.
    pub(in crate::courriels) messages: Vec<(Nomme, usize)>,
    /// New dossiers.
    pub(in crate::courriels) deposes: Vec<Nomme>,
    /// What happened to rendez-vous.
    pub(in crate::courriels) changes: Vec<Change>,
    /// Opinions that were given, and by whom.
    pub(in crate::courriels) avis: Vec<(Nomme, String)>,
    /// Dossiers that their usager changed.
    pub(in crate::courriels) modifies: Vec<Nomme>,
}

impl Dit {
    /// Whether there is nothing to say.
    pub(in crate::courriels) const fn vide(&self) -> bool {
        self.du_jour.is_empty()
            && self.proposees.is_empty()
            && self.messages.is_empty()
            && self.deposes.is_empty()
            && self.changes.is_empty()
            && self.avis.is_empty()
            && self.modifies.is_empty()
    }

    /// The dossiers that it speaks of.
    fn dossiers(&self) -> impl Iterator<Item = &Nomme> {
        let du_jour = self.du_jour.iter().map(|rdv| &rdv.dossier);
        let proposees = self.proposees.iter().map(|(dossier, _)| dossier);
        let messages = self.messages.iter().map(|(dossier, _)| dossier);
        let changes = self.changes.iter().map(|change| &change.dossier);
        let avis = self.avis.iter().map(|(dossier, _)| dossier);
        let nus = self.deposes.iter().chain(&self.modifies);
        du_jour.chain(proposees).chain(messages).chain(changes).chain(avis).chain(nus)
    }
}

/// Reads what `recapitulatif` tells; gives also what it was to tell of dossiers that its reader may not see now.
pub(super) async fn lire(
    db: &impl ConnectionTrait,
    recapitulatif: &recapitulatif::Model,
    maintenant: DateTime<Utc>,
) -> Result<(Dit, Vec<AvertissementId>), Echec> {
    let (compte, moment) = (recapitulatif.compte, Moment::du(recapitulatif.jour));
    let demarches = reglages::de_la_personne(db, compte).await?;
    let lignes = avertissement::Entity::find()
        .filter(avertissement::Column::Recapitulatif.eq(recapitulatif.id))
        .order_by_asc(avertissement::Column::Id)
        .all(db)
        .await?;
    let rendez_vous = agenda::rendez_vous(compte, moment.jour).all(db).await?;
    let depuis = precedent(db, compte, recapitulatif.id).await?;
    let proposees = agenda::propositions(compte, depuis, moment.depart).all(db).await?;
    let cites = lignes.iter().map(|ligne| ligne.dossier);
    let cites = cites
        .chain(rendez_vous.iter().filter_map(|rdv| rdv.dossier))
        .chain(proposees.iter().map(|proposition| proposition.dossier));
    let vus = vus(db, compte, cites.collect()).await?;
    let (lignes, invisibles): (Vec<_>, Vec<_>) =
        lignes.into_iter().partition(|ligne| vus.contains_key(&ligne.dossier));
    let lecture = Lecture { compte, moment, demarches, vus, maintenant };
    let mut dit = lecture.ce_qui_est_arrive(db, lignes).await?;
    lecture.rappeler(&mut dit, rendez_vous, proposees)?;
    let nommees: BTreeSet<DemarcheNumero> = dit.dossiers().map(|d| d.demarche).collect();
    let titre =
        |numero: DemarcheNumero| Some((numero, lecture.demarches.get(&numero)?.titre.clone()));
    dit.demarches = nommees.into_iter().filter_map(titre).collect();
    Ok((dit, invisibles.into_iter().map(|ligne| ligne.id).collect()))
}

/// Those of these dossiers that a person examines.
async fn vus(
    db: &impl ConnectionTrait,
    compte: CompteId,
    numeros: BTreeSet<DossierNumero>,
) -> Result<BTreeMap<DossierNumero, Nomme>, Echec> {
    let lignes = autorisations::examines(compte)
        .filter(dossier::Column::Numero.is_in(numeros))
        .all(db)
        .await?;
    Ok(lignes
        .into_iter()
        .map(|ligne| {
            let demandeur = dossier::demandeur(&ligne);
            (ligne.numero, Nomme { numero: ligne.numero, demarche: ligne.demarche, demandeur })
        })
        .collect())
}

/// What is known while a summary is read.
struct Lecture {
    compte: CompteId,
    moment: Moment,
    demarches: BTreeMap<DemarcheNumero, DUneDemarche>,
    vus: BTreeMap<DossierNumero, Nomme>,
    maintenant: DateTime<Utc>,
}

impl Lecture {
    fn nomme(&self, numero: DossierNumero) -> Option<Nomme> {
        self.vus.get(&numero).cloned()
    }

    /// What happened, of what was not refused since.
    async fn ce_qui_est_arrive(
        &self,
        db: &impl ConnectionTrait,
        lignes: Vec<avertissement::Model>,
    ) -> Result<Dit, Echec> {
        let voulue = |ligne: &avertissement::Model| {
            let demarche =
                self.vus.get(&ligne.dossier).and_then(|d| self.demarches.get(&d.demarche));
            demarche.is_some_and(|demarche| demarche.rythme(ligne.quoi) != Rythme::Jamais)
        };
        let lignes: Vec<_> = lignes.into_iter().filter(voulue).collect();
        let de = |quoi: Avertissement| lignes.iter().filter(move |ligne| ligne.quoi == quoi);
        let une_fois = |quoi| {
            let mut dits = BTreeSet::new();
            de(quoi)
                .filter(|ligne| dits.insert(ligne.dossier))
                .filter_map(|ligne| self.nomme(ligne.dossier))
                .collect::<Vec<_>>()
        };
        let references = |quoi| de(quoi).filter_map(|ligne| ligne.reference);
        let deposes = une_fois(Avertissement::DossierDepose);
        let modifies = une_fois(Avertissement::DossierModifie);
        let messages = references(Avertissement::Message).map(MessageId).collect();
        let avis = references(Avertissement::AvisRecu).map(AvisId).collect();
        Ok(Dit {
            deposes,
            modifies,
            messages: self.messages(db, messages).await?,
            avis: self.avis(db, avis).await?,
            changes: self.changes(db, &lignes).await?,
            ..Dit::default()
        })
    }

    /// Those that are not read, and that no mail has told of.
    async fn messages(
        &self,
        db: &impl ConnectionTrait,
        ids: BTreeSet<MessageId>,
    ) -> Result<Vec<(Nomme, usize)>, Echec> {
        let restent = message::Entity::find()
            .filter(message::Column::Id.is_in(ids))
            .filter(message::Column::SupprimeLe.is_null())
            .filter(lus::pas_lu_par(self.compte))
            .filter(lus::pas_annonce_a(self.compte))
            .order_by_asc(message::Column::Id)
            .all(db)
            .await?;
        let mut comptes: Vec<(Nomme, usize)> = Vec::new();
        for message in restent {
            let Some(nomme) = self.nomme(message.dossier) else { continue };
            match comptes.iter_mut().find(|(autre, _)| autre.numero == nomme.numero) {
                Some((_, combien)) => *combien += 1,
                None => comptes.push((nomme, 1)),
            }
        }
        Ok(comptes)
    }

    async fn avis(
        &self,
        db: &impl ConnectionTrait,
        ids: BTreeSet<AvisId>,
    ) -> Result<Vec<(Nomme, String)>, Echec> {
        let rendus = avis::Entity::find()
            .filter(avis::Column::Id.is_in(ids))
            .filter(avis::Column::Etat.is_in([EtatAvis::Rendu, EtatAvis::Clos]))
            .order_by_asc(avis::Column::Id)
            .all(db)
            .await?;
        Ok(rendus.into_iter().filter_map(|a| Some((self.nomme(a.dossier)?, a.email))).collect())
    }

    /// What happened to each rendez-vous, joined: what was undone since is not told.
    async fn changes(
        &self,
        db: &impl ConnectionTrait,
        lignes: &[avertissement::Model],
    ) -> Result<Vec<Change>, Echec> {
        let mut par_rdv: BTreeMap<RendezVousId, Vec<Detail>> = BTreeMap::new();
        for ligne in lignes.iter().filter(|ligne| ligne.quoi.d_un_rendez_vous()) {
            let illisible = || Echec::illisible("avertissements", "detail", ligne.id);
            let id = ligne.reference.map(RendezVousId).ok_or_else(illisible)?;
            let detail = ligne.detail.as_deref().unwrap_or_default();
            let detail = serde_json::from_str(detail).map_err(|_| illisible())?;
            par_rdv.entry(id).or_default().push(detail);
        }
        let rdvs = table::Entity::find()
            .filter(table::Column::Id.is_in(par_rdv.keys().copied()))
            .order_by_asc(table::Column::Debut)
            .order_by_asc(table::Column::Id)
            .all(db)
            .await?;
        let mut changes = Vec::new();
        for rdv in rdvs {
            let dossier = rdv.dossier.and_then(|numero| self.nomme(numero));
            let (Some(dossier), Some(details)) = (dossier, par_rdv.get(&rdv.id)) else { continue };
            let etat = table::lire(&rdv)?;
            let Some((dernier, avant)) = details.split_last() else { continue };
            if !dernier.changement.tient(dernier.genre, &dernier.horaire, &etat, self.maintenant) {
                continue;
            }
            let tus: Vec<Changement> = avant.iter().map(|d| d.changement.clone()).collect();
            let contenu = etat.contenu;
            if let Some(changement) = dernier.changement.apres(&tus, &contenu.horaire) {
                changes.push(Change { dossier, changement, contenu });
            }
        }
        Ok(changes)
    }

    /// The rendez-vous of the day and the propositions without an answer, of the démarches whose rendez-vous are summed
    /// up. One that is booked for today is told of once.
    fn rappeler(
        &self,
        dit: &mut Dit,
        rendez_vous: Vec<table::Model>,
        proposees: Vec<proposition::Model>,
    ) -> Result<(), Echec> {
        let resume = |nomme: &Nomme| {
            let demarche = self.demarches.get(&nomme.demarche);
            demarche.is_some_and(|d| d.resume_les_rendez_vous(self.moment.rythmes()))
        };
        for rdv in rendez_vous {
            let dossier = rdv.dossier.and_then(|numero| self.nomme(numero)).filter(resume);
            let Some(dossier) = dossier else { continue };
            let etat = table::lire(&rdv)?;
            if !etat.a_venir(self.maintenant) {
                continue;
            }
            let contenu = etat.contenu;
            dit.changes.retain(|change| {
                !(change.dossier == dossier
                    && change.contenu == contenu
                    && Avertissement::from(&change.changement) == Avertissement::RdvPris)
            });
            dit.du_jour.push(DuJour { dossier, contenu });
        }
        dit.proposees = proposees
            .into_iter()
            .filter(|proposition| proposition.etat == EtatProposition::Proposee)
            .filter_map(|proposition| {
                let dossier = self.nomme(proposition.dossier).filter(resume)?;
                Some((dossier, temps::a_paris(proposition.proposee_le)))
            })
            .collect();
        Ok(())
    }
}

/// The room of a rendez-vous by video.
pub(super) fn salle(contenu: &Contenu) -> Option<&str> {
    contenu.visio.as_deref().filter(|_| contenu.genre == Genre::Visio)
}
