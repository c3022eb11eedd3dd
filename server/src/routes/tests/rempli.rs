//! A demo in which every text that a person or the platform can type was typed.

use super::pieces::{FRONTIERE, formulaire};
use super::*;
use backend::courriels::Expediteur;
use backend::ouvriers;
use backend::tables::{
    brouillon, champ, courriel, dossier, lien_proposition, miroir, proposition, raccordement,
};
use domain::ids::{CompteId, DemarcheNumero, DossierNumero, RaccordementId};
use domain::raccordement::{EtatRaccordement, Suppression};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, IntoActiveModel, QueryFilter, QueryOrder,
};
use serde_json::{Value, json};
use sha2::Digest;

/// What was typed everywhere: markup wherever it is not written as a text.
pub const MARQUE: &str = r#"Aide <b>& "suite""#;

/// A demo in which everything was typed, and who reads it.
pub struct Rempli {
    pub site: Site,
    pub admin: String,
    pub instructeur: String,
    pub usager: String,
    pub brouillon: String,
    pub champ: String,
    pub prive: String,
    pub expert: String,
    pub arret: String,
    pub secret: String,
}

/// A dossier is that of a platform of Démarches Simplifiées, as far as the personal link of its latest proposition goes; gives
/// the secret of that link.
pub async fn mirer(site: &Site, numero: i64) -> String {
    let (db, outils) = (site.contexte.base.lire(), &site.contexte.outils);
    let (le, numero) = (site.contexte.horloge.maintenant(), DossierNumero(numero));
    let raccordement = match raccordement::Entity::find().one(db).await.unwrap() {
        Some(deja) => deja.id,
        None => raccorder(site).await,
    };
    let ligne = miroir::ActiveModel {
        dossier: Set(numero),
        raccordement: Set(raccordement),
        numero_distant: Set(numero.0),
        id_distant: Set("RG9zc2llci0x".to_owned()),
        modifie_le: Set(le),
        archive: Set(false),
        suppression: Set(Suppression::Aucune),
        genre_demandeur: Set("PersonnePhysique".to_owned()),
        relu_le: Set(le),
        ..Default::default()
    };
    miroir::Entity::insert(ligne).exec_without_returning(db).await.unwrap();
    let proposition = proposition::Entity::find()
        .filter(proposition::Column::Dossier.eq(numero))
        .order_by_desc(proposition::Column::Id)
        .one(db)
        .await
        .unwrap()
        .unwrap();
    let secret = outils.hasard.cle();
    let ligne = lien_proposition::ActiveModel {
        proposition: Set(proposition.id),
        empreinte: Set(hex::encode(Sha256::digest(&secret))),
        secret_scelle: Set(outils.coffre.sceller(secret.as_bytes(), &outils.hasard)),
        cree_le: Set(le),
        ouvert_le: Set(None),
    };
    lien_proposition::Entity::insert(ligne).exec_without_returning(db).await.unwrap();
    secret
}

/// A démarche that is joined, beside that of the demo.
async fn raccorder(site: &Site) -> RaccordementId {
    let (db, outils) = (site.contexte.base.lire(), &site.contexte.outils);
    let le = site.contexte.horloge.maintenant();
    let miroir = "INSERT INTO demarches (numero, titre, service, rdv_active) VALUES (91234, 'Miroir', 'Service', FALSE)";
    db.execute_unprepared(miroir).await.unwrap();
    let ligne = raccordement::ActiveModel {
        demarche: Set(DemarcheNumero(91_234)),
        site: Set("https://ds.exemple".to_owned()),
        numero_distant: Set(91_234),
        jeton_scelle: Set(outils.coffre.sceller(b"jeton", &outils.hasard)),
        etat: Set(EtatRaccordement::Arrete),
        taille_page: Set(100),
        lus: Set(0),
        commence_le: Set(le),
        webhooks_actifs: Set(false),
        cree_par: Set(CompteId(1)),
        cree_le: Set(le),
        ..Default::default()
    };
    raccordement::Entity::insert(ligne).exec(db).await.unwrap().last_insert_id
}

impl Rempli {
    pub async fn ouvrir() -> Self {
        Self::sur(Site::ouvrir().await).await
    }

    /// The same, on a demo that is open.
    pub async fn sur(site: Site) -> Self {
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
            secret: String::new(),
        };
        rempli.par_l_administrateur().await;
        rempli.par_un_raccordement().await;
        rempli.stocker().await;
        rempli.par_l_usager().await;
        rempli.par_les_instructeurs().await;
        rempli.aux_brouillons().await;
        rempli.par_la_plateforme().await;
        rempli.par_l_expert().await;
        rempli.secret = mirer(&rempli.site, 17_606_854).await;
        rempli
    }

    pub async fn poster(&self, action: &str, cookie: &str, champs: &[(&str, &str)]) -> Reponse {
        let champs: Vec<(&str, &str)> = champs.iter().copied().chain([("page", "/")]).collect();
        let fait = self.site.poster(&format!("/api/{action}"), "/", cookie, &champs).await;
        assert_eq!(fait.statut, StatusCode::SEE_OTHER, "{action}: {}", fait.corps);
        fait
    }

    pub async fn executer(&self, sql: &str) {
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

    /// Another démarche, that is joined to another platform.
    async fn par_un_raccordement(&self) {
        for sql in [
            "INSERT INTO demarches (numero, titre, service, rdv_active) VALUES (91234, 'Miroir', 'Service', FALSE)",
            "INSERT INTO administrateurs (demarche, compte) SELECT 91234, id FROM comptes WHERE email = 'admin@demo.example'",
            "INSERT INTO raccordements (id, demarche, site, numero_distant, jeton_scelle, etat, taille_page, lus, commence_le, webhooks_actifs, cree_par, cree_le) \
             VALUES (1, 91234, 'https://ds.exemple.fr', 91234, x'00', 'actif', 100, 1, '2024-05-20 10:00:00+00:00', FALSE, 1, '2024-05-20 10:00:00+00:00')",
            "INSERT INTO dossiers_ecartes (raccordement, numero_distant, raison, essais, depuis, essaye_le) \
             VALUES (1, 14, 'en_panne_sur_la_demande', 1, '2024-05-20 10:00:00+00:00', '2024-05-20 10:00:00+00:00')",
        ] {
            self.executer(sql).await;
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

    pub async fn courriels(&self) -> Vec<courriel::Model> {
        courriel::Entity::find().all(self.site.contexte.base.lire()).await.unwrap()
    }

    /// Who reads a page, and its address.
    pub fn page(&self, patron: &str) -> (&str, String) {
        let cookie = match patron.split('/').nth(1).unwrap() {
            "admin" => self.admin.as_str(),
            "instructeur" | "abonnement" => self.instructeur.as_str(),
            "dossiers" | "brouillons" | "commencer" | "" => self.usager.as_str(),
            _ => "",
        };
        let numero = match patron.split('/').nth(1).unwrap() {
            "brouillons" => self.brouillon.as_str(),
            _ if patron.ends_with("/raccordement") => "91234",
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
            .replace("{jeton}", &self.expert)
            .replace("{secret}", &self.secret);
        (cookie, adresse)
    }

    pub async fn octets(&self, adresse: &str, cookie: &str) -> Vec<u8> {
        let requete = Request::get(adresse).header(header::COOKIE, cookie);
        let requete = requete.header(header::HOST, "site.test").body(Body::empty()).unwrap();
        let reponse = self.site.routes.clone().oneshot(requete).await.unwrap();
        assert_eq!(reponse.status(), StatusCode::OK, "{adresse}");
        to_bytes(reponse.into_body(), usize::MAX).await.unwrap().to_vec()
    }
}
