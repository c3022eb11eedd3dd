//! What the platform says of a démarche that is to be joined, or that is: its words, its people, what we can put on its
//! dossiers, and whether the token lets us write.

use crate::demarches_simplifiees::client::{Distante, Refus, Requete, refus};
use domain::raccordement::{ErreurDistante, Etiquette, reperes};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// What is found there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Constat {
    /// What it is called.
    pub(super) titre: String,
    /// Whose it is, a line for each level.
    pub(super) service: String,
    /// The id of the label « RDV proposé ».
    pub(super) etiquette_propose: Option<String>,
    /// The same of « RDV pris ».
    pub(super) etiquette_pris: Option<String>,
    /// The same of the annotation « Rendez-vous ».
    pub(super) annotation: Option<String>,
    /// The addresses of the instructeurs of its groupes, in small letters.
    pub(super) instructeurs: BTreeSet<String>,
}

#[derive(Serialize)]
struct Preparer {
    numero: i64,
}

impl Requete for Preparer {
    const NOM: &'static str = "preparerRaccordement";
    const TEXTE: &'static str = "query preparerRaccordement($numero: Int!) {
  demarche(number: $numero) {
    title
    service { nom organisme }
    labels { id name }
    activeRevision { annotationDescriptors { __typename id label } }
    groupeInstructeurs { instructeurs { email } }
  }
}";
    const ECRIT: bool = false;
    type Reponse = Preparee;
}

#[derive(Deserialize)]
struct Preparee {
    demarche: DemarcheDistante,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct DemarcheDistante {
    title: String,
    service: Option<ServiceDistant>,
    labels: Vec<EtiquetteDistante>,
    active_revision: Revision,
    groupe_instructeurs: Vec<GroupeDistant>,
}

#[derive(Deserialize)]
struct ServiceDistant {
    nom: String,
    organisme: String,
}

#[derive(Deserialize)]
struct EtiquetteDistante {
    id: String,
    name: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Revision {
    annotation_descriptors: Vec<Annotation>,
}

#[derive(Deserialize)]
struct Annotation {
    #[serde(rename = "__typename")]
    genre: String,
    id: String,
    label: String,
}

#[derive(Deserialize)]
struct GroupeDistant {
    instructeurs: Vec<Instructeur>,
}

#[derive(Deserialize)]
struct Instructeur {
    email: String,
}

/// What a mutation that can do nothing is answered says whether the token may write: it is asked for a label of no
/// démarche on a dossier of nobody.
#[derive(Serialize)]
struct EssayerDEcrire {
    input: Value,
}

impl Requete for EssayerDEcrire {
    const NOM: &'static str = "essayerDEcrire";
    const TEXTE: &'static str = "mutation essayerDEcrire($input: DossierAjouterLabelInput!) {
  dossierAjouterLabel(input: $input) { errors { message } }
}";
    const ECRIT: bool = true;
    type Reponse = Essai;
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Essai {
    dossier_ajouter_label: Option<Etiquetage>,
}

#[derive(Deserialize)]
struct Etiquetage {
    errors: Option<Vec<Refus>>,
}

/// Asks all of it.
///
/// # Errors
/// [`ErreurDistante`], also [`ErreurDistante::LectureSeule`].
pub(super) async fn verifier(distante: &Distante, numero: i64) -> Result<Constat, ErreurDistante> {
    let lue = distante.demander(&Preparer { numero }).await?.demarche;
    essayer_d_ecrire(distante).await?;
    Ok(constater(lue))
}

async fn essayer_d_ecrire(distante: &Distante) -> Result<(), ErreurDistante> {
    // « Dossier-0 » and « Label-0 », in the form of the platform's ids.
    let input = json!({ "dossierId": "RG9zc2llci0w", "labelId": "TGFiZWwtMA==" });
    let essai = distante.demander(&EssayerDEcrire { input }).await;
    let issue = essai.and_then(|essai| {
        let fait = essai.dossier_ajouter_label.and_then(|fait| fait.errors);
        refus(fait.as_deref())
    });
    match issue {
        // It looked for what is not there: it would have written.
        Ok(())
        | Err(
            ErreurDistante::Introuvable
            | ErreurDistante::DroitsPerdus
            | ErreurDistante::Refusee(_)
            | ErreurDistante::Incomprise,
        ) => Ok(()),
        Err(autre) => Err(autre),
    }
}

fn constater(lue: DemarcheDistante) -> Constat {
    let etiquette = |etiquette| {
        let noms = lue.labels.iter().map(|e| (e.id.as_str(), e.name.as_str()));
        reperes::etiquette(etiquette, noms).map(str::to_owned)
    };
    // What is written in it is one line.
    let annotations = lue.active_revision.annotation_descriptors.iter();
    let textes = annotations.filter(|annotation| annotation.genre == "TextChampDescriptor");
    let annotation = reperes::annotation(textes.map(|a| (a.id.as_str(), a.label.as_str())));
    let instructeurs = lue.groupe_instructeurs.iter().flat_map(|groupe| &groupe.instructeurs);
    Constat {
        etiquette_propose: etiquette(Etiquette::Propose),
        etiquette_pris: etiquette(Etiquette::Pris),
        annotation: annotation.map(str::to_owned),
        instructeurs: instructeurs.map(|i| i.email.trim().to_lowercase()).collect(),
        service: lue.service.map(dire_le_service).unwrap_or_default(),
        titre: lue.title,
    }
}

fn dire_le_service(service: ServiceDistant) -> String {
    let lignes = [service.organisme, service.nom];
    let mut lignes: Vec<&str> =
        lignes.iter().map(|ligne| ligne.trim()).filter(|ligne| !ligne.is_empty()).collect();
    // A small body is its only service.
    lignes.dedup();
    lignes.join("\n")
}
