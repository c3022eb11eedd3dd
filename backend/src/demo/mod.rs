//! The demo: the people, démarches and dossiers of the deck. Made by `server demo` alone.

mod echanges;
pub mod miroir;
mod semaine;

use crate::contexte::Contexte;
use crate::demarche::champs;
use crate::dossier::mots;
use crate::socle::erreur::Echec;
use crate::tables::message::{Nouveau, RoleAuteur};
use crate::tables::{
    administrateur, agenda, champ, compte, demarche, dossier, groupe, instructeur, message,
};
use chrono::{DateTime, Months, NaiveDate, TimeZone, Utc};
use chrono_tz::Europe::Paris;
use domain::champs::{Pour, Reponse, TypeChamp};
use domain::dossier::EtatDossier;
use domain::ids::{AgendaId, CompteId, DemarcheNumero, DossierNumero, GroupeId, OrganisationId};
use domain::message::GenreMessage;
use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait, PaginatorTrait};
use url::Url;

/// The password of every account of the demo.
const MOT_DE_PASSE: &str = "demo";

/// Who manages its démarches.
const ADMIN: &str = "admin@demo.example";

/// The secret that the demo's sandbox signs with.
const SECRET: &str = "sandbox-shared-secret";

/// The organisation of RDV Service Public whose agenda the demo uses.
const ORGANISATION: OrganisationId = OrganisationId(100);

const SERVICE: &str = "Délégation générale à la transmission, aux territoires et à la démocratie culturelle (DG2TDC)\nSous-direction de l'enseignement supérieur et de la recherche > Bureau de l'enseignement supérieur";

const DESCRIPTION: &str = "Demandez ou renouvelez l'agrément de votre établissement. Prévoyez vos statuts et le nombre d'étudiants concernés.";

/// The two démarches.
const TEST: DemarcheNumero = DemarcheNumero(88_454);
const HANDICAP: DemarcheNumero = DemarcheNumero(77_310);

/// Fills an empty database. `sandbox`: address of the stand-in for RDV Service Public.
///
/// # Errors
/// The database failed.
pub async fn remplir(contexte: &Contexte, sandbox: &Url) -> Result<(), Echec> {
    if compte::Entity::find().count(contexte.base.lire()).await? > 0 {
        return Ok(());
    }
    let (hacheur, hasard) = (&contexte.acces.hacheur, &contexte.outils.hasard);
    let empreinte = hacheur.empreinte(MOT_DE_PASSE.to_owned(), hasard).await?;
    let tx = contexte.base.ecrire().await?;
    if compte::Entity::find().count(&tx).await? > 0 {
        return Ok(());
    }
    let comptes = Comptes::creer(&tx, contexte, empreinte).await?;
    organisation(&tx, contexte, sandbox, ORGANISATION).await?;
    let test = demarche(&tx, TEST, "Intitulé démarche test", (2024, 4, 11), &comptes).await?;
    let handicap = demarche(
        &tx,
        HANDICAP,
        "Habilitation au titre de l'exception handicap au droit d'auteur",
        (2023, 9, 4),
        &comptes,
    )
    .await?;
    for demarche in [TEST, HANDICAP] {
        formulaire(&tx, demarche).await?;
    }
    champs_prives(&tx, TEST).await?;
    dossiers(&tx, &comptes, (TEST, test), (HANDICAP, handicap)).await?;
    echanges::corriger(&tx, &comptes).await?;
    echanges::ecrire(&tx, &comptes).await?;
    semaine::remplir(&tx, contexte, sandbox, &comptes, (HANDICAP, handicap)).await?;
    garder(&tx, contexte.horloge.maintenant()).await?;
    tx.valider().await
}

struct Comptes {
    admin: CompteId,
    instructeur: CompteId,
    usager: CompteId,
    laureen: CompteId,
    jules: CompteId,
    /// That of [`MOT_DE_PASSE`], made once.
    empreinte: String,
}

impl Comptes {
    async fn creer(
        db: &impl ConnectionTrait,
        contexte: &Contexte,
        empreinte: String,
    ) -> Result<Self, Echec> {
        let creer = async |qui| compte(db, contexte, empreinte.clone(), qui).await;
        Ok(Self {
            admin: creer((ADMIN, "Alix", "Moreau")).await?,
            instructeur: creer(("instructeur@demo.example", "Tom", "Bernard")).await?,
            usager: creer(("usager@demo.example", "Marlène", "Klok")).await?,
            laureen: creer(("laureen.ho@demo.example", "Laureen", "Ho")).await?,
            jules: creer(("jules.mercier@demo.example", "Jules", "Mercier")).await?,
            empreinte,
        })
    }
}

/// Makes an account: e-mail, first name, name. `empreinte`: of its password.
async fn compte(
    db: &impl ConnectionTrait,
    contexte: &Contexte,
    empreinte: String,
    (email, prenom, nom): (&str, &str, &str),
) -> Result<CompteId, Echec> {
    let ligne = compte::ActiveModel {
        email: Set(email.to_owned()),
        mot_de_passe: Set(empreinte),
        prenom: Set(prenom.to_owned()),
        nom: Set(nom.to_owned()),
        cree_le: Set(contexte.horloge.maintenant()),
        ..Default::default()
    };
    Ok(compte::Entity::insert(ligne).exec(db).await?.last_insert_id)
}

/// Makes what is known of an organisation; gives its row.
async fn organisation(
    db: &impl ConnectionTrait,
    contexte: &Contexte,
    sandbox: &Url,
    organisation: OrganisationId,
) -> Result<AgendaId, Echec> {
    let outils = &contexte.outils;
    let ligne = agenda::ActiveModel {
        hote: Set(sandbox.origin().ascii_serialization()),
        organisation: Set(organisation),
        secret_scelle: Set(outils.coffre.sceller(SECRET.as_bytes(), &outils.hasard)),
        cree_le: Set(contexte.horloge.maintenant()),
        dernier_webhook_le: Set(None),
        ..Default::default()
    };
    Ok(agenda::Entity::insert(ligne).exec(db).await?.last_insert_id)
}

/// Makes a démarche with one groupe; gives the groupe.
async fn demarche(
    db: &impl ConnectionTrait,
    numero: DemarcheNumero,
    titre: &str,
    (annee, mois, jour): (i32, u32, u32),
    comptes: &Comptes,
) -> Result<GroupeId, Echec> {
    let ligne = demarche::ActiveModel {
        numero: Set(numero),
        titre: Set(titre.to_owned()),
        publiee_le: Set(NaiveDate::from_ymd_opt(annee, mois, jour)),
        service: Set(SERVICE.to_owned()),
        description: Set(DESCRIPTION.to_owned()),
        service_adresse: Set("Adresse postale test du service\n75010 Paris".to_owned()),
        service_telephone: Set("0123456789".to_owned()),
        service_horaires: Set("contact de préférence par email".to_owned()),
        rdv_active: Set(false),
        url_agenda: Set(None),
        organisation: Set(None),
        ..Default::default()
    };
    demarche::Entity::insert(ligne).exec_without_returning(db).await?;
    let gere = administrateur::ActiveModel { demarche: Set(numero), compte: Set(comptes.admin) };
    administrateur::Entity::insert(gere).exec_without_returning(db).await?;
    let ligne = groupe::ActiveModel {
        demarche: Set(numero),
        nom: Set("défaut".to_owned()),
        ..Default::default()
    };
    let groupe = groupe::Entity::insert(ligne).exec(db).await?.last_insert_id;
    let instruit =
        instructeur::ActiveModel { groupe: Set(groupe), compte: Set(comptes.instructeur) };
    instructeur::Entity::insert(instruit).exec_without_returning(db).await?;
    Ok(groupe)
}

/// A field of each demo form: type, label, help, whether it is required, and what the demo's dossiers answer.
const CHAMPS: [(TypeChamp, &str, &str, bool, &str); 8] = [
    (TypeChamp::TexteCourt, "Établissement", "", true, "Conservatoire à rayonnement régional"),
    (TypeChamp::TexteCourt, "Commune", "", true, "Saint-Péray (07130)"),
    (
        TypeChamp::TexteLong,
        "Objet de la demande",
        "Décrivez votre projet en quelques phrases.",
        true,
        "Renouvellement de l'agrément pour l'année universitaire à venir",
    ),
    (TypeChamp::Nombre, "Nombre d'étudiants concernés", "", true, "42"),
    (TypeChamp::Date, "Date de la prochaine rentrée", "", false, "2024-09-02"),
    (TypeChamp::Choix, "Statut de l'établissement", "", false, "Public"),
    (TypeChamp::Telephone, "Téléphone de la personne à contacter", "", false, ""),
    (TypeChamp::PieceJustificative, "Statuts ou délibération", "", false, ""),
];

/// What instructeurs fill in, and nobody else sees: type, label, help, choices.
const CHAMPS_PRIVES: [(TypeChamp, &str, &str, &str); 3] = [
    (TypeChamp::Choix, "Niveau de priorité", "", r#"["Normale","Haute","Urgente"]"#),
    (TypeChamp::Date, "Date de la commission", "", "[]"),
    (
        TypeChamp::CaseACocher,
        "Pièces vérifiées",
        "Cochez une fois les statuts relus par deux personnes.",
        "[]",
    ),
];

/// Makes the form of a démarche.
async fn formulaire(db: &impl ConnectionTrait, demarche: DemarcheNumero) -> Result<(), Echec> {
    for (position, (genre, libelle, description, requis, _)) in (1..).zip(CHAMPS) {
        let options =
            if genre == TypeChamp::Choix { r#"["Public","Associatif","Privé"]"# } else { "[]" };
        let champ = (genre, libelle, description, options);
        inserer_champ(db, demarche, position, champ, (requis, Pour::Usagers)).await?;
    }
    Ok(())
}

async fn champs_prives(db: &impl ConnectionTrait, demarche: DemarcheNumero) -> Result<(), Echec> {
    for (position, champ) in (1..).zip(CHAMPS_PRIVES) {
        inserer_champ(db, demarche, position, champ, (false, Pour::Administration)).await?;
    }
    Ok(())
}

async fn inserer_champ(
    db: &impl ConnectionTrait,
    demarche: DemarcheNumero,
    position: i32,
    (genre, libelle, description, options): (TypeChamp, &str, &str, &str),
    (requis, pour): (bool, Pour),
) -> Result<(), Echec> {
    let ligne = champ::ActiveModel {
        demarche: Set(demarche),
        position: Set(position),
        genre: Set(genre),
        libelle: Set(libelle.to_owned()),
        description: Set(description.to_owned()),
        requis: Set(requis),
        prive: Set(pour.prive()),
        options: Set(options.to_owned()),
        ..Default::default()
    };
    champ::Entity::insert(ligne).exec_without_returning(db).await?;
    Ok(())
}

struct Depot<'a> {
    numero: DossierNumero,
    usager: CompteId,
    etat: EtatDossier,
    nom: (&'a str, &'a str),
    depose_le: DateTime<Utc>,
}

async fn dossiers(
    db: &impl ConnectionTrait,
    comptes: &Comptes,
    test: (DemarcheNumero, GroupeId),
    handicap: (DemarcheNumero, GroupeId),
) -> Result<(), Echec> {
    let marlene = ("Marlène", "Klok");
    let depots = [
        (
            test,
            Depot {
                numero: DossierNumero(17_606_854),
                usager: comptes.usager,
                etat: EtatDossier::EnConstruction,
                nom: marlene,
                depose_le: a_paris((2024, 4, 25), (10, 33)),
            },
        ),
        (
            test,
            Depot {
                numero: DossierNumero(18_049_239),
                usager: comptes.laureen,
                etat: EtatDossier::EnConstruction,
                nom: ("Laureen", "Ho"),
                depose_le: a_paris((2024, 5, 3), (14, 5)),
            },
        ),
        (
            test,
            Depot {
                numero: DossierNumero(16_035_121),
                usager: comptes.usager,
                etat: EtatDossier::EnConstruction,
                nom: marlene,
                depose_le: a_paris((2024, 1, 18), (9, 12)),
            },
        ),
        (
            test,
            Depot {
                numero: DossierNumero(18_051_790),
                usager: comptes.jules,
                etat: EtatDossier::EnInstruction,
                nom: ("Jules", "Mercier"),
                depose_le: a_paris((2024, 5, 4), (19, 52)),
            },
        ),
        (
            handicap,
            Depot {
                numero: DossierNumero(17_551_651),
                usager: comptes.usager,
                etat: EtatDossier::EnInstruction,
                nom: ("Jean", "Robert"),
                depose_le: a_paris((2024, 4, 22), (8, 40)),
            },
        ),
    ];
    for (ou, depot) in depots {
        deposer(db, ou, &depot).await?;
        accuser_reception(db, &depot).await?;
    }
    Ok(())
}

/// They were filed long ago, and must not expire under the eyes of the visitor.
async fn garder(db: &impl ConnectionTrait, maintenant: DateTime<Utc>) -> Result<(), Echec> {
    let un_an = maintenant.date_naive().checked_add_months(Months::new(12));
    dossier::Entity::update_many()
        .set(dossier::ActiveModel { garde_jusqu_au: Set(un_an), ..Default::default() })
        .exec(db)
        .await?;
    Ok(())
}

async fn deposer(
    db: &impl ConnectionTrait,
    (demarche, groupe): (DemarcheNumero, GroupeId),
    depot: &Depot<'_>,
) -> Result<(), Echec> {
    let definitions = champs::de_la_demarche(db, demarche, Pour::Usagers).await?;
    let champs: Vec<Reponse> = definitions
        .into_iter()
        .zip(CHAMPS)
        .map(|(definition, (_, _, _, _, valeur))| Reponse {
            champ: Some(definition.id),
            libelle: definition.libelle,
            genre: definition.genre,
            valeur: valeur.to_owned(),
        })
        .collect();
    let ligne = dossier::ActiveModel {
        numero: Set(depot.numero),
        demarche: Set(demarche),
        groupe: Set(groupe),
        usager: Set(depot.usager),
        etat: Set(depot.etat),
        prenom: Set(depot.nom.0.to_owned()),
        nom: Set(depot.nom.1.to_owned()),
        depose_le: Set(depot.depose_le),
        champs: Set(serde_json::to_string(&champs)
            .map_err(|_| Echec::Inutilisable("fields of a dossier"))?),
        ..Default::default()
    };
    dossier::Entity::insert(ligne).exec_without_returning(db).await?;
    mots::indexer(db, depot.numero).await
}

async fn accuser_reception(db: &impl ConnectionTrait, depot: &Depot<'_>) -> Result<(), Echec> {
    let nouveau = Nouveau {
        dossier: depot.numero,
        role: RoleAuteur::Systeme,
        auteur: depot.usager,
        genre: GenreMessage::Libre,
        corps: domain::message::accuse_de_reception(depot.numero),
        lien: None,
        proposition: None,
        cle: None,
    };
    message::inserer(db, nouveau, depot.depose_le).await
}

fn a_paris((annee, mois, jour): (i32, u32, u32), (heure, minute): (u32, u32)) -> DateTime<Utc> {
    Paris
        .with_ymd_and_hms(annee, mois, jour, heure, minute, 0)
        .earliest()
        .map(|instant| instant.to_utc())
        .unwrap_or_default()
}
