//! Every text that a person or the platform can type stays a text: on every page, in every mail, every document.
//!
//! All of them hold [`MARQUE`], harmless, which is markup wherever it is not written as a text.

#[path = "../../../../backend/tests/outils/pdf_relu.rs"]
mod pdf_relu;

use super::*;
use crate::routes::pages;
use crate::routes::tests::pieces::{FRONTIERE, formulaire};
use backend::courriels::Expediteur;
use backend::ouvriers;
use backend::tables::{brouillon, champ, courriel, dossier};
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, IntoActiveModel, QueryFilter};
use serde_json::{Value, json};

const MARQUE: &str = r#"Aide <b>& "suite""#;

/// The columns that hold what is typed, `table.colonne`. The others of their type hold words of the code, addresses
/// that were checked, keys and digests: [`CODES`]. A new column is in neither, and the test says so.
const TEXTES: [&str; 32] = [
    "annotations.texte",
    "avis.question",
    "avis.reponse",
    "brouillons.champs",
    "brouillons.nom",
    "brouillons.prenom",
    "champs.description",
    "champs.libelle",
    "champs.options",
    "comptes.nom",
    "comptes.prenom",
    "contacts.texte",
    "courriels.sujet",
    "courriels.texte",
    "demarches.description",
    "demarches.service",
    "demarches.service_adresse",
    "demarches.service_horaires",
    "demarches.titre",
    "dossiers.champs",
    "dossiers.nom",
    "dossiers.prenom",
    "groupes.nom",
    "messages.corps",
    "modeles_courriels.corps",
    "modeles_courriels.objet",
    "pieces_jointes.nom",
    "reaffectations.raison",
    "rendez_vous.contenu",
    "traitements.motivation",
    "valeurs_privees.libelle",
    "valeurs_privees.valeur",
];

/// See [`TEXTES`]. Without their table: those that are so in each.
const CODES: [&str; 50] = [
    "action",
    "charge",
    "choix",
    "cle",
    "decision",
    "decision_avant",
    "destinataire",
    "detail",
    "echec",
    "email",
    "empreinte",
    "erreur",
    "etat",
    "etat_analyse",
    "filtres",
    "format",
    "genre",
    "geste",
    "groupes",
    "hote",
    "html",
    "lien",
    "lieu",
    "memoire",
    "modele",
    "mot",
    "mot_de_passe",
    "motif",
    "nom_de",
    "nom_vers",
    "objet",
    "page",
    "place",
    "quoi",
    "raison",
    "retour",
    "role_auteur",
    "rythme",
    "service_email",
    "service_telephone",
    "session",
    "statut",
    "suite",
    "sujet",
    "suppression",
    "url",
    "url_agenda",
    "version",
    "valeur",
    "virus",
];

/// The pages that show nothing that somebody typed.
const SANS_TEXTE: [&str; 16] = [
    "/",
    "/abonnement",
    "/accessibilite",
    "/affichage",
    "/aide",
    "/aide/{role}",
    "/compte/lien/{jeton}",
    "/compte/message-envoye",
    "/connexion",
    "/creer-un-compte",
    "/donnees-personnelles",
    "/instructeur/recherche",
    "/mentions-legales",
    "/mot-de-passe-oublie",
    "/plan-du-site",
    "/rdv-service-public",
];

/// Reads a page as a browser does; gives its texts and the values of its attributes. Refuses a page in which what is
/// typed would be markup: an element that we never write, an attribute that is no name.
fn lire_html(page: &str) -> String {
    let mut lu = String::new();
    let mut reste = page;
    while let Some(ici) = reste.find('<') {
        lu.push_str(&reste[..ici]);
        reste = &reste[ici..];
        if let Some(suite) = reste.strip_prefix("<!--") {
            reste = suite.split_once("-->").unwrap().1;
            continue;
        }
        let (nom, suite) = balise(&reste[1..], &mut lu);
        reste = suite;
        assert!(
            nom != "b",
            "markup that was typed, before: {}",
            reste.chars().take(200).collect::<String>()
        );
        if nom == "script" || nom == "style" {
            let (brut, suite) = reste.split_once(&format!("</{nom}>")).unwrap();
            assert!(!brut.contains("<b>"), "{brut}");
            reste = suite;
        }
        lu.push(' ');
    }
    lu.push_str(reste);
    ["&lt;<", "&gt;>", "&quot;\"", "&#39;'", "&#x27;'", "&amp;&"].iter().fold(lu, |lu, paire| {
        let (entite, lettre) = paire.split_at(paire.len() - 1);
        lu.replace(entite, lettre)
    })
}

/// Reads a tag, after its « < », to its « > ».
fn balise<'a>(reste: &'a str, lu: &mut String) -> (&'a str, &'a str) {
    let fin = reste.find(|c: char| c.is_whitespace() || c == '>').unwrap();
    let (nom, mut reste) = reste.split_at(fin);
    loop {
        reste = reste.trim_start();
        if let Some(suite) = reste.strip_prefix('>') {
            return (nom, suite);
        }
        let fin = reste.find(|c: char| c.is_whitespace() || c == '=' || c == '>').unwrap();
        let (attribut, suite) = reste.split_at(fin);
        let lettre = |c: char| c.is_ascii_alphanumeric() || "-_:/!".contains(c);
        assert!(attribut.chars().all(lettre), "« {attribut} » is no attribute of ours, in <{nom}");
        reste = suite;
        if let Some(suite) = reste.strip_prefix("=\"") {
            let (valeur, suite) = suite.split_once('"').unwrap();
            lu.push(' ');
            lu.push_str(valeur);
            reste = suite;
        } else if let Some(suite) = reste.strip_prefix('=') {
            reste = &suite[suite.find(|c: char| c.is_whitespace() || c == '>').unwrap()..];
        }
    }
}

/// A demo in which everything was typed, and who reads it.
struct Rempli {
    site: Site,
    admin: String,
    instructeur: String,
    usager: String,
    brouillon: String,
    champ: String,
    prive: String,
    expert: String,
    arret: String,
}

impl Rempli {
    async fn ouvrir() -> Self {
        let site = Site::ouvrir().await;
        let admin = site.activer().await;
        let usager = site.entrer("usager").await;
        let instructeur = site.entrer("instructeur").await;
        let mut rempli = Self {
            site,
            admin,
            instructeur,
            usager,
            brouillon: String::new(),
            champ: String::new(),
            prive: String::new(),
            expert: String::new(),
            arret: String::new(),
        };
        rempli.par_l_administrateur().await;
        rempli.stocker().await;
        rempli.par_l_usager().await;
        rempli.par_les_instructeurs().await;
        rempli.aux_brouillons().await;
        rempli.par_la_plateforme().await;
        rempli.par_l_expert().await;
        rempli
    }

    async fn poster(&self, action: &str, cookie: &str, champs: &[(&str, &str)]) -> Reponse {
        let champs: Vec<(&str, &str)> = champs.iter().copied().chain([("page", "/")]).collect();
        let fait = self.site.poster(&format!("/api/{action}"), "/", cookie, &champs).await;
        assert_eq!(fait.statut, StatusCode::SEE_OTHER, "{action}: {}", fait.corps);
        fait
    }

    async fn executer(&self, sql: &str) {
        self.site.contexte.base.lire().execute_unprepared(sql).await.unwrap();
    }

    async fn par_l_administrateur(&self) {
        let d = ("demarche", "88454");
        let admin = &self.admin;
        self.poster("admin/groupes/creer", admin, &[d, ("nom_groupe", MARQUE)]).await;
        for (modele, ecran) in
            [("proposition_rdv", "proposition-rdv"), ("confirmation_rdv", "confirmation-rdv")]
        {
            let page = format!("/admin/demarches/88454/emails/{ecran}");
            let page = self.site.lire(&page, admin).await.corps;
            let version = page.split_once("name=\"version\" value=\"").unwrap().1;
            let champs = [
                d,
                ("modele", modele),
                ("objet_courriel", MARQUE),
                ("corps_courriel", MARQUE),
                ("version", version.split('"').next().unwrap()),
            ];
            self.poster("admin/emails/enregistrer", admin, &champs).await;
        }
        for pour in ["usagers", "administration"] {
            let champs = [
                d,
                ("pour", pour),
                ("genre", "texte_court"),
                ("libelle_champ", MARQUE),
                ("description_champ", MARQUE),
                ("options_champ", ""),
            ];
            self.poster("admin/champs/ajouter", admin, &champs).await;
        }
    }

    /// What the demo already holds.
    async fn stocker(&mut self) {
        for (table, colonnes) in [
            (
                "demarches",
                vec!["titre", "service", "description", "service_adresse", "service_horaires"],
            ),
            ("comptes", vec!["prenom", "nom"]),
            ("dossiers", vec!["prenom", "nom"]),
            ("champs", vec!["libelle", "description"]),
        ] {
            for colonne in colonnes {
                self.executer(&format!("UPDATE {table} SET {colonne} = '{MARQUE}'")).await;
            }
        }
        let options = json!([MARQUE, "Autre"]);
        self.executer(&format!("UPDATE champs SET options = '{options}' WHERE genre = 'choix'"))
            .await;
        self.executer(&format!("UPDATE groupes SET nom = '{MARQUE} ' || id")).await;
        let db = self.site.contexte.base.lire();
        for ligne in dossier::Entity::find().all(db).await.unwrap() {
            let mut reponses: Vec<Value> = serde_json::from_str(&ligne.champs).unwrap();
            for reponse in &mut reponses {
                reponse["libelle"] = MARQUE.into();
                if ["texte_court", "texte_long", "choix"]
                    .contains(&reponse["genre"].as_str().unwrap())
                {
                    reponse["valeur"] = MARQUE.into();
                }
            }
            let mut change = ligne.into_active_model();
            change.champs = Set(Value::from(reponses).to_string());
            change.update(db).await.unwrap();
        }
        let champs = champ::Entity::find().filter(champ::Column::Genre.eq("texte_court"));
        let champs = champs.filter(champ::Column::Demarche.eq(88_454)).all(db).await.unwrap();
        let id = |prive| champs.iter().rev().find(|c| c.prive == prive).unwrap().id.to_string();
        (self.champ, self.prive) = (id(false), id(true));
    }

    async fn par_l_usager(&mut self) {
        let commence = self.poster("depot/commencer", &self.usager, &[("demarche", "88454")]).await;
        self.brouillon = commence.lieu().trim_start_matches("/brouillons/").to_owned();
        let ligne = brouillon::Entity::find().one(self.site.contexte.base.lire()).await.unwrap();
        let version = ligne.unwrap().version.to_string();
        let reponse = format!("champs[{}]", self.champ);
        let champs = [
            ("dossier", self.brouillon.as_str()),
            ("version", version.as_str()),
            ("prenom", MARQUE),
            ("nom", MARQUE),
            (reponse.as_str(), MARQUE),
        ];
        self.poster("depot/enregistrer", &self.usager, &champs).await;
        let champs = [("dossier", "17606854"), ("corps", MARQUE), ("cle", "k"), ("page", "/")];
        let requete = Request::post("/api/usager/ecrire")
            .header(header::ACCEPT, "text/html")
            .header(header::CONTENT_TYPE, format!("multipart/form-data; boundary={FRONTIERE}"))
            .header(header::COOKIE, &self.usager)
            .body(Body::from(formulaire(&champs, &[("Aide <b>& suite.pdf", b"%PDF-1.7 un")])));
        let ecrit = self.site.demander(requete.unwrap()).await;
        assert_eq!(ecrit.statut, StatusCode::SEE_OTHER, "{}", ecrit.corps);
        self.executer(&format!("UPDATE pieces_jointes SET nom = '{MARQUE}.pdf'")).await;
    }

    async fn par_les_instructeurs(&self) {
        let d = ("dossier", "17606854");
        let (qui, cle) = (&self.instructeur, ("cle", "k"));
        self.poster("instructeur/ecrire", qui, &[d, ("corps", MARQUE), ("cle", "i")]).await;
        self.poster("instructeur/proposer", qui, &[d, ("complement", MARQUE), cle]).await;
        self.poster("instructeur/annoter", qui, &[d, ("version", "0"), ("annotation", MARQUE)])
            .await;
        let (valeur, version) =
            (format!("champs[{}]", self.prive), format!("versions[{}]", self.prive));
        let prives = [d, (valeur.as_str(), MARQUE), (version.as_str(), "0")];
        self.poster("instructeur/champs-prives", qui, &prives).await;
        let avis = [d, ("email", "experte@exemple.org"), ("question", MARQUE), cle];
        self.poster("instructeur/demander-avis", qui, &avis).await;
        let correction = [("dossier", "16035121"), ("correction", MARQUE), cle];
        self.poster("instructeur/correction", qui, &correction).await;
        let decision = [("dossier", "18051790"), ("geste", "refuser"), ("motivation", MARQUE), cle];
        self.poster("instructeur/decider", qui, &decision).await;
        let groupes = groupe::Entity::find().all(self.site.contexte.base.lire()).await.unwrap();
        let groupe = groupes.iter().map(|groupe| groupe.id).max().unwrap().to_string();
        let membre = [("groupe", groupe.as_str()), ("email", "instructeur@demo.example")];
        self.poster("admin/groupes/instructeurs/ajouter", &self.admin, &membre).await;
        for numero in ["18049239", "17606854"] {
            let vers = [("dossier", numero), ("groupe", groupe.as_str()), ("raison", MARQUE), cle];
            self.poster("instructeur/reaffecter", qui, &vers).await;
        }
    }

    /// A message to those who have only a draft: one account that has filed nothing begins one.
    async fn aux_brouillons(&self) {
        let qui = self.site.entrer("jules.mercier").await;
        self.poster("depot/commencer", &qui, &[("demarche", "88454")]).await;
        self.executer(
            "UPDATE dossiers SET supprime_le = '2024-05-01 10:00:00+00:00' WHERE usager = (SELECT id FROM comptes WHERE email = 'jules.mercier@demo.example')",
        )
        .await;
        let champs = [("demarche", "88454"), ("corps", MARQUE), ("cle", "b")];
        self.poster("instructeur/contacter", &self.instructeur, &champs).await;
    }

    /// A rendez-vous of the usager, and one of somebody who filed no dossier.
    async fn par_la_plateforme(&self) {
        let lieu = include_str!("../../../tests/samples/02_rdv_created_public_office.json");
        for (corps, email) in [
            (std::str::from_utf8(CREE).unwrap(), "usager@demo.example"),
            (lieu, "personne@exemple.fr"),
        ] {
            let mut corps: Value = serde_json::from_str(corps).unwrap();
            let rdv = &mut corps["data"];
            rdv["context"] = MARQUE.into();
            rdv["motif"]["name"] = MARQUE.into();
            rdv["motif"]["instruction_for_rdv"] = MARQUE.into();
            rdv["organisation"]["name"] = MARQUE.into();
            for agent in ["first_name", "last_name"] {
                rdv["agents"][0][agent] = MARQUE.into();
            }
            if rdv["lieu"].is_object() {
                rdv["lieu"]["name"] = MARQUE.into();
                rdv["lieu"]["address"] = MARQUE.into();
                rdv["address"] = MARQUE.into();
            }
            let personne = |personne: &mut Value| {
                personne["email"] = email.into();
                personne["first_name"] = MARQUE.into();
                personne["last_name"] = MARQUE.into();
            };
            rdv["users"].as_array_mut().unwrap().iter_mut().for_each(personne);
            for participation in rdv["participations"].as_array_mut().unwrap() {
                personne(&mut participation["user"]);
            }
            let corps = corps.to_string().into_bytes();
            let recu = self.site.webhook("100", Some(&signer(&corps)), &corps).await;
            assert_eq!(recu.statut, StatusCode::NO_CONTENT);
        }
        inbox::appliquer_tout(&self.site.contexte).await.unwrap();
    }

    async fn par_l_expert(&mut self) {
        let expediteur = Expediteur::Local(self.site.contexte.base.clone());
        ouvriers::courriels::tout_envoyer(&self.site.contexte, &expediteur).await.unwrap();
        let courriels = self.courriels().await;
        let lien =
            courriels.iter().find_map(|c| c.texte.split_once("http://site.test/avis/")).unwrap().1;
        self.expert = lien.chars().take_while(char::is_ascii_alphanumeric).collect();
        let champs = [("jeton", self.expert.as_str()), ("reponse", MARQUE)];
        self.poster("expert/repondre", "", &champs).await;
        ouvriers::courriels::tout_envoyer(&self.site.contexte, &expediteur).await.unwrap();
        let courriels = self.courriels().await;
        let lien = "http://site.test/desabonnement/";
        let lien = courriels.iter().find_map(|c| c.texte.split_once(lien)).unwrap().1;
        self.arret = lien.chars().take_while(char::is_ascii_alphanumeric).collect();
    }

    async fn courriels(&self) -> Vec<courriel::Model> {
        courriel::Entity::find().all(self.site.contexte.base.lire()).await.unwrap()
    }

    /// Who reads a page, and its address.
    fn page(&self, patron: &str) -> (&str, String) {
        let cookie = match patron.split('/').nth(1).unwrap() {
            "admin" => self.admin.as_str(),
            "instructeur" | "abonnement" => self.instructeur.as_str(),
            "dossiers" | "brouillons" | "commencer" | "" => self.usager.as_str(),
            _ => "",
        };
        let numero = match patron.split('/').nth(1).unwrap() {
            "brouillons" => self.brouillon.as_str(),
            _ if patron.contains("demarches/") || patron.starts_with("/commencer") => "88454",
            _ => "17606854",
        };
        let champ = if patron.contains("/annotations/") { &self.prive } else { &self.champ };
        let adresse = patron
            .replace("{numero}", numero)
            .replace("{champ}", champ)
            .replace("{modele}", "proposition-rdv")
            .replace("{role}", "usager")
            .replace("/desabonnement/{jeton}", &format!("/desabonnement/{}", self.arret))
            .replace("{jeton}", &self.expert);
        (cookie, adresse)
    }

    async fn octets(&self, adresse: &str, cookie: &str) -> Vec<u8> {
        let requete = Request::get(adresse).header(header::COOKIE, cookie);
        let requete = requete.header(header::HOST, "site.test").body(Body::empty()).unwrap();
        let reponse = self.site.routes.clone().oneshot(requete).await.unwrap();
        assert_eq!(reponse.status(), StatusCode::OK, "{adresse}");
        to_bytes(reponse.into_body(), usize::MAX).await.unwrap().to_vec()
    }
}

#[tokio::test]
async fn what_is_typed_is_a_text_on_every_page() {
    let rempli = Rempli::ouvrir().await;
    tout_est_rempli(&rempli).await;
    let mut sans = Vec::new();
    for patron in pages::chemins(&rempli.site.contexte) {
        let (cookie, adresse) = rempli.page(&patron);
        let page = rempli.site.lire(&adresse, cookie).await;
        let nue =
            ["/dossiers/{numero}", "/instructeur/dossiers/{numero}"].contains(&patron.as_str());
        if SANS_TEXTE.contains(&patron.as_str()) || nue {
            lire_html(&page.corps);
            continue;
        }
        assert_eq!(page.statut, StatusCode::OK, "{adresse}");
        let lue = lire_html(&page.corps);
        if !lue.contains(MARQUE) {
            sans.push(adresse.clone());
        }
        assert!(!lue.contains("&lt;b"), "{adresse} shows it once escaped:\n{lue}");
        // Titles of the window are taken for HTML by what writes them.
        let titre = page.corps.split_once("<title>").unwrap().1.split_once("</title>").unwrap().0;
        assert!(!titre.contains('<') && !titre.contains("& "), "{adresse}: {titre}");
    }
    assert!(
        sans.is_empty(),
        "these show nothing that was typed, and are not in SANS_TEXTE: {sans:?}"
    );
}

/// What the address holds, and what a refused form shows again, is as typed as the rest.
#[tokio::test]
async fn what_an_address_or_a_refused_form_holds_is_a_text() {
    let rempli = Rempli::ouvrir().await;
    let cherche: String = url::form_urlencoded::byte_serialize(MARQUE.as_bytes()).collect();
    for (adresse, cookie) in [
        ("/dossiers?q=", &rempli.usager),
        ("/instructeur/demarches/88454?q=", &rempli.instructeur),
        ("/instructeur/demarches/88454/rendez-vous?q=", &rempli.instructeur),
        ("/admin/toutes-les-demarches?q=", &rempli.admin),
        ("/connexion?retour=/", &String::new()),
        ("/creer-un-compte?retour=/", &String::new()),
        ("/affichage?retour=/", &String::new()),
        ("/nulle-part/", &String::new()),
    ] {
        let page = rempli.site.lire(&format!("{adresse}{cherche}"), cookie).await;
        lire_html(&page.corps);
    }
    for (action, cookie, champs) in [
        (
            "usager/ecrire",
            &rempli.usager,
            vec![("corps", format!("{MARQUE}{}", "x".repeat(10_001)))],
        ),
        (
            "instructeur/rattacher",
            &rempli.instructeur,
            vec![("rendez_vous", "2".to_owned()), ("numero", MARQUE.to_owned())],
        ),
        ("admin/administrateurs/ajouter", &rempli.admin, vec![("email", MARQUE.to_owned())]),
        ("admin/rdv/enregistrer", &rempli.admin, vec![("url_agenda", MARQUE.to_owned())]),
    ] {
        let numeros = [("dossier", "17606854"), ("demarche", "88454"), ("cle", "z")];
        let champs = champs.iter().map(|(nom, valeur)| (*nom, valeur.as_str()));
        let champs: Vec<(&str, &str)> = champs.chain(numeros).collect();
        // Its page is not known: the refusal has one of its own.
        let refus =
            rempli.site.poster(&format!("/api/{action}"), "/nulle-part", cookie, &champs).await;
        assert_eq!(refus.statut, StatusCode::UNPROCESSABLE_ENTITY, "{action}");
        assert!(lire_html(&refus.corps).contains(MARQUE), "{action}: {}", refus.corps);
    }
}

#[tokio::test]
async fn what_is_typed_is_a_text_in_every_mail_document_and_export() {
    let rempli = Rempli::ouvrir().await;
    let courriels = rempli.courriels().await;
    assert!(courriels.len() > 5, "{}", courriels.len());
    for courriel in &courriels {
        let (html, sujet) = (lire_html(&courriel.html), &courriel.sujet);
        assert!(html.contains(MARQUE), "{sujet}: {html}");
        assert!(courriel.texte.contains(MARQUE), "{sujet}: {}", courriel.texte);
        assert!(!sujet.contains("&lt;") && !courriel.texte.contains("&lt;"), "{sujet}");
        let montre = rempli.site.lire(&format!("/boite-aux-lettres/{}", courriel.id), "").await;
        lire_html(&montre.corps);
    }
    lire_html(&rempli.site.lire("/boite-aux-lettres", "").await.corps);
    for (adresse, cookie) in [
        ("/admin/demarches/88454/formulaire.pdf", &rempli.admin),
        ("/dossiers/17606854/attestation.pdf", &rempli.usager),
        ("/dossiers/17606854/dossier.pdf", &rempli.usager),
        ("/instructeur/dossiers/17606854/dossier.pdf", &rempli.instructeur),
    ] {
        let lu = pdf_relu::lire(&rempli.octets(adresse, cookie).await);
        assert!(lu.texte().contains(MARQUE), "{adresse}: {}", lu.texte());
    }
    let export =
        rempli.octets("/instructeur/demarches/88454/export.csv", &rempli.instructeur).await;
    let export = String::from_utf8_lossy(&export);
    assert!(export.contains(&MARQUE.replace('"', "\"\"")), "{export}");
}

/// Each column that holds what is typed holds it here.
async fn tout_est_rempli(rempli: &Rempli) {
    let db = rempli.site.contexte.base.lire();
    let backend = db.get_database_backend();
    let lire = async |sql: String| {
        db.query_all_raw(sea_orm::Statement::from_string(backend, sql)).await.unwrap()
    };
    let colonnes = "SELECT m.name AS t, p.name AS c FROM sqlite_master m JOIN pragma_table_info(m.name) p \
        WHERE m.type = 'table' AND (lower(p.type) IN ('text', 'varchar') OR lower(p.type) LIKE 'varchar(%')";
    let (mut vues, mut inconnues, mut vides) = (0, Vec::new(), Vec::new());
    for ligne in lire(colonnes.to_owned()).await {
        let (table, colonne): (String, String) =
            (ligne.try_get("", "t").unwrap(), ligne.try_get("", "c").unwrap());
        let entiere = format!("{table}.{colonne}");
        if TEXTES.contains(&entiere.as_str()) {
            vues += 1;
            let sql = format!("SELECT 1 FROM {table} WHERE {colonne} LIKE '%Aide <b>&%' LIMIT 1");
            if lire(sql).await.is_empty() {
                vides.push(entiere);
            }
        } else if !CODES.contains(&colonne.as_str()) && !table.starts_with("seaql") {
            inconnues.push(entiere);
        }
    }
    assert!(vides.is_empty(), "not filled in by this test: {vides:?}");
    assert!(inconnues.is_empty(), "typed by somebody, or words of the code? {inconnues:?}");
    assert_eq!(vues, TEXTES.len());
}
