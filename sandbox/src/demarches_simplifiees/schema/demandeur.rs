//! Who asks: an interface, with a type that only disturbances give.

use async_graphql::{Enum, ID, Interface, SimpleObject};

use super::Asking;
use super::ids::id;
use super::scalars::{BigInt, Iso8601Date};
use crate::demarches_simplifiees::model::{Civilite, Demandeur, Dossier, FaultKind};

/// The type of which no client has heard; the platform has none of this name.
pub const UNKNOWN_TYPE: &str = "PersonneDeGenreInconnu";

/// Who asks.
#[derive(Interface)]
#[graphql(name = "Demandeur", field(name = "id", ty = "&ID"))]
pub enum DemandeurNode {
    /// Somebody.
    Physique(PersonnePhysique),
    /// An organisation.
    Morale(Box<PersonneMorale>),
    /// An organisation of which only the number is known.
    Incomplete(PersonneMoraleIncomplete),
    /// Nobody knows.
    Unknown(PersonneDeGenreInconnu),
}

/// Somebody.
#[derive(SimpleObject)]
pub struct PersonnePhysique {
    id: ID,
    civilite: Option<Civilite>,
    date_de_naissance: Option<Iso8601Date>,
    email: Option<String>,
    nom: String,
    prenom: String,
}

/// An organisation.
#[derive(SimpleObject)]
pub struct PersonneMorale {
    id: ID,
    address: Address,
    adresse: String,
    code_insee_localite: String,
    code_postal: String,
    entreprise: Option<Entreprise>,
    libelle_naf: String,
    localite: String,
    naf: Option<String>,
    siege_social: bool,
    siret: String,
}

/// An organisation of which only the number is known, while the register does not answer.
#[derive(SimpleObject)]
pub struct PersonneMoraleIncomplete {
    id: ID,
    siret: String,
}

/// Nobody knows.
#[derive(SimpleObject)]
pub struct PersonneDeGenreInconnu {
    id: ID,
}

/// Where an organisation is.
#[derive(SimpleObject)]
pub struct Address {
    city_code: String,
    city_name: String,
    label: String,
    postal_code: String,
    street_address: Option<String>,
    #[graphql(name = "type")]
    kind: AddressType,
}

/// How precise an address is.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(rename_items = "lowercase")]
pub enum AddressType {
    /// To the number.
    Housenumber,
    /// To the place.
    Locality,
    /// To the commune.
    Municipality,
    /// To the street.
    Street,
}

/// What the register says.
#[derive(SimpleObject)]
pub struct Entreprise {
    capital_social: Option<BigInt>,
    date_creation: Option<Iso8601Date>,
    enseigne: Option<String>,
    forme_juridique: Option<String>,
    inline_adresse: String,
    nom: Option<String>,
    nom_commercial: String,
    prenom: Option<String>,
    raison_sociale: String,
    siren: String,
    siret_siege_social: String,
}

/// Who asks, as the schema shows them to somebody who names these types.
pub fn demandeur(asking: &Asking, dossier: &Dossier) -> DemandeurNode {
    let individual = id("Individual", dossier.number);
    let etablissement = id("Etablissement", dossier.number);
    if is_made_unknown(asking, dossier.number) {
        return DemandeurNode::Unknown(PersonneDeGenreInconnu { id: individual });
    }
    match &dossier.demandeur {
        Demandeur::Physique { civilite, prenom, nom, email, naissance } => {
            DemandeurNode::Physique(PersonnePhysique {
                id: individual,
                civilite: *civilite,
                date_de_naissance: naissance.map(Iso8601Date),
                email: email.clone(),
                nom: nom.clone(),
                prenom: prenom.clone(),
            })
        }
        Demandeur::Morale { siret, raison_sociale } => {
            let known = Some(raison_sociale.as_str());
            DemandeurNode::Morale(Box::new(morale(etablissement, siret, known)))
        }
        // Those who have not heard of it are given a person without their entreprise.
        Demandeur::MoraleIncomplete { siret } if !asking.names("PersonneMoraleIncomplete") => {
            DemandeurNode::Morale(Box::new(morale(etablissement, siret, None)))
        }
        Demandeur::MoraleIncomplete { siret } => {
            let siret = siret.clone();
            DemandeurNode::Incomplete(PersonneMoraleIncomplete { id: etablissement, siret })
        }
        Demandeur::Inconnu => DemandeurNode::Unknown(PersonneDeGenreInconnu { id: individual }),
    }
}

fn is_made_unknown(asking: &Asking, number: i64) -> bool {
    let mut faults = asking.faults.iter();
    let fault = faults.find(|fault| match fault {
        FaultKind::UnknownDemandeur { dossier } => dossier.is_none_or(|only| only == number),
        _ => false,
    });
    if let Some(fault) = fault {
        asking.fires(*fault);
    }
    fault.is_some()
}

fn morale(id: ID, siret: &str, raison_sociale: Option<&str>) -> PersonneMorale {
    let place =
        if raison_sociale.is_some() { "1 place de la Mairie 07130 Saint-Péray" } else { "" };
    let siren: String = siret.chars().take(9).collect();
    PersonneMorale {
        id,
        address: Address {
            city_code: "07281".to_owned(),
            city_name: "Saint-Péray".to_owned(),
            label: place.to_owned(),
            postal_code: "07130".to_owned(),
            street_address: Some("1 place de la Mairie".to_owned()),
            kind: AddressType::Housenumber,
        },
        adresse: place.to_owned(),
        code_insee_localite: "07281".to_owned(),
        code_postal: "07130".to_owned(),
        entreprise: raison_sociale.map(|name| Entreprise {
            capital_social: None,
            date_creation: None,
            enseigne: None,
            forme_juridique: None,
            inline_adresse: place.to_owned(),
            nom: None,
            nom_commercial: name.to_owned(),
            prenom: None,
            raison_sociale: name.to_owned(),
            siren,
            siret_siege_social: siret.to_owned(),
        }),
        libelle_naf: "Autres organisations fonctionnant par adhésion volontaire".to_owned(),
        localite: "Saint-Péray".to_owned(),
        naf: Some("9499Z".to_owned()),
        siege_social: true,
        siret: siret.to_owned(),
    }
}
