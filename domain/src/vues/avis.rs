//! « Avis externes » and « Réaffectation ».

use super::{Demande, PieceVue};
use crate::avis::EtatAvis;
use crate::cle::CleDeFormulaire;
use crate::ids::{AvisId, DossierNumero, GroupeId};
use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

/// A request for an opinion, for the instructeurs of the dossier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AvisVue {
    /// Its id.
    pub id: AvisId,
    /// The expert's address.
    pub email: String,
    /// The instructeur who asked.
    pub demande_par: String,
    /// When.
    pub demande_le: NaiveDateTime,
    /// What was asked.
    pub question: String,
    /// Whether the other experts don't see it.
    pub confidentiel: bool,
    /// The files joined to the question.
    pub pieces: Vec<PieceVue>,
    /// Where it stands.
    pub etat: EtatAvis,
    /// How many times the expert was reminded.
    pub relances: i32,
    /// When the latest mail was asked for.
    pub envoye_le: NaiveDateTime,
    /// The last day of the link.
    pub expire_le: NaiveDate,
    /// Whether the link opens nothing any more.
    pub expire: bool,
    /// The answer; empty until there is one.
    pub reponse: String,
    /// The files that the expert joined to it.
    pub pieces_rendues: Vec<PieceVue>,
    /// When the answer, or its latest correction, came.
    pub rendu_le: Option<NaiveDateTime>,
}

/// The tab « Avis externes ».
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AvisExternes {
    /// The latest first.
    pub avis: Vec<AvisVue>,
    /// Whether an expert may be asked: nobody is once the dossier is decided on.
    pub possible: bool,
    /// The year, to leave it out of dates.
    pub annee: i32,
    /// Makes two sendings of the form one.
    pub cle: CleDeFormulaire,
}

/// What another expert answered, for an expert.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AvisPartage {
    /// Who.
    pub email: String,
    /// What was asked.
    pub question: String,
    /// The answer.
    pub reponse: String,
    /// The files joined to the answer.
    pub pieces: Vec<PieceVue>,
}

/// The page that a personal link opens, for an expert.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageAvis {
    /// The dossier.
    pub numero: DossierNumero,
    /// Title of its démarche.
    pub titre: String,
    /// The service in charge, on one or more lines.
    pub service: String,
    /// The instructeur who asks.
    pub demande_par: String,
    /// What is asked.
    pub question: String,
    /// Whether the other experts don't see the answer.
    pub confidentiel: bool,
    /// The files joined to the question.
    pub pieces: Vec<PieceVue>,
    /// Where it stands.
    pub etat: EtatAvis,
    /// The answer; empty until there is one.
    pub reponse: String,
    /// The files that they joined to it.
    pub pieces_rendues: Vec<PieceVue>,
    /// When it came.
    pub rendu_le: Option<NaiveDateTime>,
    /// The last day of the link.
    pub expire_le: NaiveDate,
    /// What the usager filled in; nothing once the opinion is closed.
    pub demande: Option<Demande>,
    /// What the other experts answered, and share.
    pub autres: Vec<AvisPartage>,
}

/// The tab « Réaffectation ».
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReaffectationVue {
    /// The name of the groupe that examines the dossier.
    pub groupe: String,
    /// Those of the démarche that it may be given to, by name.
    pub choix: Vec<GroupeCible>,
    /// What was done before, the latest first.
    pub passees: Vec<ReaffectationPassee>,
    /// The year, to leave it out of dates.
    pub annee: i32,
    /// Makes two sendings of the form one.
    pub cle: CleDeFormulaire,
}

/// A groupe that a dossier may be given to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupeCible {
    /// Its id.
    pub id: GroupeId,
    /// Its name.
    pub nom: String,
    /// How many instructeurs it has, at least one.
    pub membres: usize,
    /// Whether the reader belongs to it, and keeps seeing the dossier.
    pub sien: bool,
}

/// A dossier went from one groupe to another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReaffectationPassee {
    /// From the groupe of this name.
    pub de: String,
    /// To the groupe of this name.
    pub vers: String,
    /// Who did it.
    pub par: String,
    /// Why; may be empty.
    pub raison: String,
    /// When.
    pub le: NaiveDateTime,
}
