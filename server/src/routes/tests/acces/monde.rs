//! Somebody of each kind, around one dossier in which everything has happened.

use super::super::rempli::Rempli;
use super::super::*;
use super::table::Personne;
use backend::ouvriers;
use backend::socle::temps::Horloge;
use sea_orm::{DbBackend, Statement};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What nothing is called.
pub const RIEN: &str = "987654321";

/// The world, in a file of which each change has its own copy.
pub struct Monde {
    /// Where everybody reads.
    pub site: Site,
    fichier: PathBuf,
    cookies: BTreeMap<Personne, String>,
    /// What the fields of forms and the patterns of addresses stand for.
    noms: BTreeMap<&'static str, String>,
    expert: String,
}

impl Drop for Monde {
    fn drop(&mut self) {
        effacer(&self.fichier);
    }
}

fn effacer(fichier: &Path) {
    for suite in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{suite}", fichier.display()));
    }
}

fn nouveau_fichier() -> PathBuf {
    std::env::temp_dir().join(format!("rdv-acces-{}.sqlite", Hasard::systeme().cle()))
}

async fn base(fichier: &Path) -> Base {
    Base::ouvrir(&format!("sqlite://{}?mode=rwc", fichier.display())).await.unwrap()
}

/// Those who are not of the demo: e-mail, and what makes them who they are.
const AUTRES: [(Personne, &str, &str); 4] = [
    (
        Personne::AutreGroupe,
        "ailleurs@demo.example",
        "INSERT INTO instructeurs SELECT MIN(id), {} FROM groupes WHERE demarche = 88454",
    ),
    (
        Personne::AutreDemarche,
        "voisin@demo.example",
        "INSERT INTO instructeurs SELECT MIN(id), {} FROM groupes WHERE demarche = 77310",
    ),
    (
        Personne::AutreAdministrateur,
        "autre.admin@demo.example",
        "INSERT INTO administrateurs VALUES (77310, {})",
    ),
    (
        Personne::Retire,
        "parti@demo.example",
        "INSERT INTO instructeurs SELECT MAX(id), {} FROM groupes WHERE demarche = 88454",
    ),
];

/// The numbers that forms and addresses need, and where they are found.
const NUMEROS: [(&str, &str); 17] = [
    ("raccordee", "SELECT demarche FROM raccordements"),
    ("groupe", "SELECT MAX(id) FROM groupes WHERE demarche = 88454"),
    ("champ", "SELECT MAX(id) FROM champs WHERE demarche = 88454 AND NOT prive"),
    ("prive", "SELECT MAX(id) FROM champs WHERE demarche = 88454 AND prive"),
    ("compte", "SELECT id FROM comptes WHERE email = 'ailleurs@demo.example'"),
    (
        "message",
        "SELECT MIN(id) FROM messages WHERE dossier = 17606854 AND role_auteur = 'instructeur' AND genre = 'libre'",
    ),
    (
        "proposition",
        "SELECT MAX(id) FROM messages WHERE dossier = 17606854 AND genre = 'proposition'",
    ),
    (
        "correction",
        "SELECT MAX(id) FROM messages WHERE dossier = 16035121 AND genre = 'correction'",
    ),
    ("avis", "SELECT MAX(id) FROM avis"),
    ("notification", "SELECT MIN(id) FROM notifications"),
    ("tache", "SELECT MIN(id) FROM taches"),
    ("invite", "SELECT MAX(id) FROM invites"),
    ("rendez_vous", "SELECT MAX(id) FROM rendez_vous WHERE dossier IS NULL"),
    ("attache", "SELECT MAX(id) FROM rendez_vous WHERE dossier = 17606854"),
    ("geste", "SELECT MAX(id) FROM gestes_rdv"),
    ("export", "SELECT MAX(id) FROM exports"),
    ("piece", "SELECT MAX(id) FROM pieces_jointes"),
];

/// What every form holds, beside [`NUMEROS`]: a field that a form does not know is nothing to it.
const CHAMPS: [(&str, &str); 33] = [
    ("numero_distant", "14"),
    ("demarche", "88454"),
    ("dossier", "17606854"),
    ("organisation", "100"),
    ("email", "quelqu.un@demo.example"),
    ("pour", "usagers"),
    ("genre", "texte_court"),
    ("libelle_champ", "Adresse"),
    ("description_champ", ""),
    ("options_champ", ""),
    ("sens", "haut"),
    ("modele", "proposition_rdv"),
    ("objet_courriel", "Objet"),
    ("corps_courriel", "Corps"),
    ("version", "0"),
    ("nom_groupe", "Nouveau groupe"),
    ("titre", "Titre"),
    ("conservation", "12"),
    ("service_nom", "Service"),
    ("service_adresse", "1 rue de la Paix"),
    ("service_telephone", "0123456789"),
    ("service_email", "service@exemple.fr"),
    ("service_horaires", "9h"),
    ("active", "on"),
    ("url_agenda", "http://127.0.0.1:4010/org/100/demarches-simplifiees"),
    ("cle", "une-cle"),
    ("corps", "Bonjour"),
    ("raison", "Raison"),
    ("motivation", "Motif"),
    ("complement", ""),
    ("question", ""),
    ("prenom", "Marlène"),
    ("nom", "Klok"),
];

impl Monde {
    pub async fn ouvrir() -> Self {
        let fichier = nouveau_fichier();
        let site = Site::sur(base(&fichier).await, Acces::default(), |_| {});
        Migrator::up(site.contexte.base.lire(), None).await.unwrap();
        demo::remplir(&site.contexte, &Url::parse(SANDBOX).unwrap()).await.unwrap();
        let rempli = Rempli::sur(site).await;
        let groupe = "SELECT MAX(id) FROM groupes WHERE demarche = 88454";
        rempli
            .executer(&format!("UPDATE dossiers SET groupe = ({groupe}) WHERE demarche = 88454"))
            .await;
        for (_, email, role) in AUTRES {
            rempli
                .executer(&format!(
                    "INSERT INTO comptes (email, mot_de_passe, prenom, nom, cree_le) SELECT '{email}', mot_de_passe, 'Une', 'Personne', cree_le FROM comptes LIMIT 1"
                ))
                .await;
            let compte = format!("(SELECT id FROM comptes WHERE email = '{email}')");
            rempli.executer(&role.replace("{}", &compte)).await;
        }
        agir(&rempli).await;
        let mut cookies = BTreeMap::new();
        for (personne, email) in AUTRES.iter().map(|(p, email, _)| (*p, *email)).chain([
            (Personne::Invite, "jules.mercier@demo.example"),
            (Personne::AutreUsager, "laureen.ho@demo.example"),
        ]) {
            let qui = email.strip_suffix("@demo.example").unwrap();
            cookies.insert(personne, rempli.site.entrer(qui).await);
        }
        cookies.insert(Personne::Usager, rempli.usager.clone());
        cookies.insert(Personne::Instructeur, rempli.instructeur.clone());
        cookies.insert(Personne::Administrateur, rempli.admin.clone());
        rempli
            .executer("DELETE FROM instructeurs WHERE compte = (SELECT id FROM comptes WHERE email = 'parti@demo.example')")
            .await;
        ouvriers::exports::tout_preparer(&rempli.site.contexte).await.unwrap();
        let mut noms: BTreeMap<&str, String> =
            CHAMPS.map(|(nom, valeur)| (nom, valeur.to_owned())).into();
        for (nom, sql) in NUMEROS {
            noms.insert(nom, numero(&rempli.site, sql).await);
        }
        noms.insert("brouillon", rempli.brouillon.clone());
        let expert = rempli.expert.clone();
        Self { site: rempli.site, fichier, cookies, noms, expert }
    }

    /// The same world, where what is changed is changed for nobody else.
    pub async fn copie(&self) -> Copie {
        let fichier = nouveau_fichier();
        let sql = format!("VACUUM INTO '{}'", fichier.display());
        self.site.contexte.base.lire().execute_unprepared(&sql).await.unwrap();
        let mut site = Site::sur(base(&fichier).await, Acces::default(), |_| {});
        site.contexte.horloge = Horloge::fixe(self.site.contexte.horloge.maintenant());
        Copie { site, fichier }
    }

    pub fn cookie(&self, qui: Personne) -> &str {
        self.cookies.get(&qui).map_or("", String::as_str)
    }

    /// The address that a pattern stands for; `la`: or one of what does not exist.
    pub fn adresse(&self, patron: &str, qui: Personne, la: bool) -> String {
        let numero = match patron.split('/').nth(1).unwrap() {
            "brouillons" => "brouillon",
            _ if patron.ends_with("/raccordement") => "raccordee",
            _ if patron.contains("demarches/") || patron.starts_with("/commencer") => "demarche",
            _ => "dossier",
        };
        let id = match patron.split('/').nth(1).unwrap() {
            "instructeur" => "export",
            _ => "piece",
        };
        let champ = if patron.contains("/annotations/") { "prive" } else { "champ" };
        let nom = |nom: &str| if la { self.noms[nom].clone() } else { RIEN.to_owned() };
        patron
            .replace("{numero}", &nom(numero))
            .replace("{dossier}", &nom("dossier"))
            .replace("{demarche}", &nom("demarche"))
            .replace("{compte}", &nom("compte"))
            .replace("{champ}", &nom(champ))
            .replace("{id}", &nom(id))
            .replace("{rdv}", &nom("attache"))
            .replace("{modele}", "proposition-rdv")
            .replace("{role}", "usager")
            .replace("{fichier}", &format!("{RIEN}.ics"))
            .replace("{organisation}", RIEN)
            .replace("{secret}", RIEN)
            .replace("{jeton}", self.jeton(qui, la))
    }

    /// An expert alone has the link of their avis.
    fn jeton(&self, qui: Personne, la: bool) -> &str {
        if la && qui == Personne::Expert { &self.expert } else { RIEN }
    }

    /// The fields of a form; `la`: of what exists.
    pub fn champs(
        &self,
        propres: &[(String, String)],
        qui: Personne,
        la: bool,
    ) -> Vec<(String, String)> {
        let est_un_nom = |nom: &str| {
            NUMEROS.iter().any(|(numero, _)| *numero == nom)
                || ["demarche", "dossier", "brouillon"].contains(&nom)
        };
        let valeur = |nom: &str| match self.noms.get(nom) {
            Some(_) if est_un_nom(nom) && !la => RIEN.to_owned(),
            Some(valeur) => valeur.clone(),
            None => panic!("nothing is called {nom}"),
        };
        let mut champs: BTreeMap<String, String> =
            self.noms.keys().map(|nom| ((*nom).to_owned(), valeur(nom))).collect();
        champs.insert("jeton".to_owned(), self.jeton(qui, la).to_owned());
        for (nom, propre) in propres {
            let nomme = propre.strip_prefix('{').and_then(|nom| nom.strip_suffix('}'));
            champs.insert(nom.clone(), nomme.map_or_else(|| propre.clone(), &valeur));
        }
        champs.into_iter().collect()
    }

    /// What is said, whatever it is about: what differs must be what is hidden.
    pub fn sans_les_noms(&self, texte: &str, adresse: &str) -> String {
        let encodee: String = adresse.chars().map(encoder).collect();
        let texte = texte.replace(adresse, "ici").replace(&encodee, "ici");
        let mut texte = sans_hasard(&texte);
        for nom in ["demarche", "raccordee", "dossier", "brouillon"] {
            texte = texte.replace(&self.noms[nom], RIEN);
        }
        texte.replace(&self.expert, RIEN)
    }
}

/// A copy of the world.
pub struct Copie {
    pub site: Site,
    fichier: PathBuf,
}

impl Drop for Copie {
    fn drop(&mut self) {
        effacer(&self.fichier);
    }
}

/// What somebody of each kind has done, for there to be something to undo.
async fn agir(rempli: &Rempli) {
    let (usager, instructeur) = (&rempli.usager, &rempli.instructeur);
    let invite = [("dossier", "17606854"), ("email", "jules.mercier@demo.example")];
    rempli.poster("usager/inviter", usager, &invite).await;
    let export = [("demarche", "88454"), ("format", "csv"), ("filtres", ""), ("cle", "x")];
    rempli.poster("instructeur/exports/demander", instructeur, &export).await;
    let rdv =
        numero(&rempli.site, "SELECT MAX(id) FROM rendez_vous WHERE dossier = 17606854").await;
    let detache = [("rendez_vous", rdv.as_str()), ("dossier", "17606854")];
    rempli.poster("instructeur/detacher", instructeur, &detache).await;
    rempli
        .executer(
            "UPDATE taches SET faite_le = NULL, erreur = 'refused', demarche = 88454, abandonnee_le = '2024-05-27 10:00:00+00:00' \
             WHERE id = (SELECT MIN(id) FROM taches)",
        )
        .await;
}

async fn numero(site: &Site, sql: &str) -> String {
    let demande = Statement::from_string(DbBackend::Sqlite, sql);
    let ligne = site.contexte.base.lire().query_one_raw(demande).await.unwrap();
    let numero = ligne.and_then(|ligne| ligne.try_get_by_index::<Option<i64>>(0).unwrap());
    numero.unwrap_or_else(|| panic!("nothing is found by {sql}")).to_string()
}

/// As our links write an address within another.
fn encoder(c: char) -> String {
    if c.is_ascii_alphanumeric() { c.to_string() } else { format!("%{:02X}", u32::from(c)) }
}

/// Each page has its own nonce and its own sealed proof.
fn sans_hasard(texte: &str) -> String {
    let mot = |c: char| !(c.is_ascii_alphanumeric() || "+/=_-".contains(c));
    let au_hasard = |mot: &str| mot.len() >= 100 && mot.chars().all(|c| c.is_ascii_hexdigit());
    let morceaux = sans_nonce(texte);
    morceaux.split(mot).filter(|mot| !au_hasard(mot)).collect::<Vec<_>>().join(" ")
}

fn sans_nonce(texte: &str) -> String {
    let mut morceaux = texte.split("nonce=\"");
    let mut sans = morceaux.next().unwrap_or_default().to_owned();
    for morceau in morceaux {
        sans.push_str(morceau.split_once('"').map_or("", |(_, suite)| suite));
    }
    sans
}
