//! What a dossier and a démarche say.

use serde_json::{Value, json};

use super::client::Platform;
use crate::demarches_simplifiees::{
    Civilite, DEMARCHE, Demandeur, Fault, FaultKind, INSTRUCTEUR, Mandataire, NewDossier, State,
    TypeDeChamp, Wanted,
};

#[tokio::test]
async fn a_demarche_says_what_a_connector_sets_up_with() {
    let platform = Platform::start().await;
    let query = format!(
        "query setUp {{ demarche(number: {DEMARCHE}) {{ id number title state \
         labels {{ id name color }} service {{ nom organisme typeOrganisme }} administrateurs {{ email }} \
         groupeInstructeurs {{ id number label closed instructeurs {{ id email }} }} \
         activeRevision {{ id annotationDescriptors {{ __typename id label type required }} champDescriptors {{ id label }} }} }} }}"
    );
    let demarche = platform.data(&query, json!({})).await["demarche"].clone();
    assert_eq!(demarche["id"], "UHJvY2VkdXJlLTkxMjM0");
    assert_eq!(demarche["state"], "publiee");
    let names: Vec<&Value> =
        demarche["labels"].as_array().unwrap().iter().map(|label| &label["name"]).collect();
    assert_eq!(names, ["RDV proposé", "RDV pris", "À relire"]);
    let groupes = demarche["groupeInstructeurs"].as_array().unwrap();
    assert_eq!(groupes[0]["label"], "défaut");
    assert_eq!(groupes[0]["instructeurs"][0]["email"], INSTRUCTEUR);
    let annotation = &demarche["activeRevision"]["annotationDescriptors"][0];
    assert_eq!(annotation["label"], "Rendez-vous");
    assert_eq!(annotation["type"], "text");
    assert_eq!(annotation["__typename"], "TextChampDescriptor");
}

#[tokio::test]
async fn a_dossier_says_all_of_itself() {
    let platform = Platform::start().await;
    let ds = &platform.ds;
    let number = ds
        .file(
            DEMARCHE,
            NewDossier {
                usager: "Solene@exemple.fr".to_owned(),
                demandeur: Demandeur::physique(Civilite::M, "Marcel", "Le Goff"),
                mandataire: Some(Mandataire {
                    prenom: "Solène".to_owned(),
                    nom: "Le Goff".to_owned(),
                }),
                ..NewDossier::default()
            },
        )
        .unwrap();
    let form = ds.demarche(DEMARCHE).unwrap().active_revision().clone();
    ds.fill_in(number, form.champs[0].stable_id, "2 rue Haute").unwrap();
    ds.fill_in(number, form.champs[4].stable_id, "true").unwrap();
    let query = format!(
        "query one {{ dossier(number: {number}) {{ id number state archived connectionUsager \
         dateDepot datePassageEnInstruction dateTraitement dateExpiration dateDerniereModification \
         deposeParUnTiers prenomMandataire nomMandataire usager {{ id email }} \
         demandeur {{ __typename id ... on PersonnePhysique {{ civilite nom prenom email }} }} \
         groupeInstructeur {{ number label instructeurs {{ email }} }} instructeurs {{ email }} labels {{ name }} \
         messages {{ id email body createdAt discardedAt attachments {{ filename }} correction {{ reason }} }} \
         traitements {{ event state emailAgentTraitant dateTraitement motivation }} \
         champs {{ __typename id champDescriptorId label stringValue updatedAt ... on CheckboxChamp {{ checked: value }} }} \
         annotations {{ id stringValue }} demarche {{ number revision {{ id }} }} pdf {{ url }} }} }}"
    );
    let dossier = platform.data(&query, json!({})).await["dossier"].clone();
    assert_eq!(dossier["state"], "en_construction");
    assert_eq!(dossier["connectionUsager"], "password");
    // To the second, under the offset of Paris.
    assert_eq!(dossier["dateDepot"], "2026-06-01T12:00:00+02:00");
    assert_eq!(dossier["deposeParUnTiers"], true);
    assert_eq!(dossier["prenomMandataire"], "Solène");
    assert_eq!(dossier["usager"]["email"], "solene@exemple.fr");
    assert_eq!(dossier["demandeur"]["__typename"], "PersonnePhysique");
    assert_eq!(dossier["demandeur"]["civilite"], "M");
    assert_eq!(dossier["champs"][0]["stringValue"], "2 rue Haute");
    assert_eq!(dossier["champs"][1]["stringValue"], Value::Null);
    assert_eq!(dossier["champs"][4]["__typename"], "CheckboxChamp");
    assert_eq!(dossier["champs"][4]["checked"], true);
    assert_eq!(dossier["annotations"][0]["stringValue"], Value::Null);
    assert_eq!(dossier["traitements"][0]["event"], "depose");
    // Kept so long, once it is decided; nothing is said meanwhile.
    ds.bring_to(number, State::Accepte).unwrap();
    let dossier = platform.data(&query, json!({})).await["dossier"].clone();
    assert!(dossier["dateExpiration"].is_string());
    ds.bring_to(number, State::EnInstruction).unwrap();
    ds.delete_account(number).unwrap();
    let dossier = platform.data(&query, json!({})).await["dossier"].clone();
    assert!(dossier["dateExpiration"].is_null());
    assert_eq!(dossier["connectionUsager"], "deleted");
    assert_eq!(dossier["usager"], json!({"id": "<deleted>", "email": "solene@exemple.fr"}));
}

#[tokio::test]
async fn organisations_are_shown_to_those_who_have_heard_of_them() {
    let platform = Platform::start().await;
    let siret = "13002526500013".to_owned();
    let incomplete = Demandeur::MoraleIncomplete { siret: siret.clone() };
    let whole = Demandeur::Morale { siret, raison_sociale: "Café du Marché".to_owned() };
    let ask = async |demandeur: Demandeur, fragments: &str| {
        let wanted = NewDossier { demandeur, ..NewDossier::default() };
        let number = platform.ds.file(DEMARCHE, wanted).unwrap();
        let query = format!(
            "{{ dossier(number: {number}) {{ demandeur {{ __typename id {fragments} }} }} }}"
        );
        platform.data(&query, json!({})).await["dossier"]["demandeur"].clone()
    };
    let morale = "... on PersonneMorale { siret entreprise { raisonSociale } }";
    let known = ask(whole, morale).await;
    assert_eq!(known["entreprise"]["raisonSociale"], "Café du Marché");
    let unaware = ask(incomplete.clone(), morale).await;
    assert_eq!(unaware["__typename"], "PersonneMorale");
    assert!(unaware["entreprise"].is_null());
    let aware = ask(incomplete, "... on PersonneMoraleIncomplete { siret }").await;
    assert_eq!(aware["__typename"], "PersonneMoraleIncomplete");
    assert_eq!(aware["siret"], "13002526500013");
    let unknown = ask(Demandeur::Inconnu, morale).await;
    assert_eq!(unknown["__typename"], "PersonneDeGenreInconnu");
}

#[tokio::test]
async fn a_demandeur_may_be_of_a_type_that_no_client_has_heard_of() {
    let (platform, first) = Platform::with(2).await;
    platform.ds.disturb(Fault::of(FaultKind::UnknownDemandeur { dossier: Some(first) }).times(1));
    let query = format!(
        "{{ demarche(number: {DEMARCHE}) {{ dossiers {{ nodes {{ demandeur {{ __typename ... on PersonnePhysique {{ nom }} }} }} }} }} }}"
    );
    let kinds = async || {
        let data = platform.data(&query, json!({})).await;
        let nodes = data["demarche"]["dossiers"]["nodes"].as_array().unwrap().clone();
        nodes
            .iter()
            .map(|node| node["demandeur"]["__typename"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(kinds().await, ["PersonneDeGenreInconnu", "PersonnePhysique"]);
    assert_eq!(kinds().await, ["PersonnePhysique", "PersonnePhysique"]);
}

#[tokio::test]
async fn a_form_that_changes_keeps_the_ids_of_what_it_keeps() {
    let (platform, first) = Platform::with(1).await;
    let ds = &platform.ds;
    let before = ds.demarche(DEMARCHE).unwrap().active_revision().annotations[0].stable_id;
    ds.annotate(first, before, "lundi").unwrap();
    let annotations = [
        Wanted::new("Lieu", TypeDeChamp::Text),
        Wanted::new("Rendez-vous", TypeDeChamp::Text),
        Wanted::new("Date", TypeDeChamp::Datetime),
    ];
    ds.revise(DEMARCHE, &[], &annotations).unwrap();
    let query = format!(
        "{{ dossier(number: {first}) {{ annotations {{ __typename label stringValue }} }} }}"
    );
    let annotations = platform.data(&query, json!({})).await["dossier"]["annotations"].clone();
    assert_eq!(annotations[1]["stringValue"], "lundi");
    // Those who do not name the new type are given the former one.
    assert_eq!(annotations[2]["__typename"], "DateChamp");
    assert_eq!(ds.annotation(first, "Rendez-vous").as_deref(), Some("lundi"));
}
