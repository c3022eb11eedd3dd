//! Bodies of the platform, made from its samples.

use crate::outils::monde::{Monde, lire_echantillon};
use backend::rendez_vous::arrivee::inbox;
use serde_json::{Value, json};

pub const VISIO: &str = "01_rdv_created_visio";
pub const MAIRIE: &str = "02_rdv_created_public_office";

/// What was sent, to be changed.
pub fn corps(echantillon: &str) -> Value {
    serde_json::from_slice(&lire_echantillon(echantillon)).unwrap()
}

/// The same, as an `updated` computed at `quand`.
pub fn modifie(echantillon: &str, quand: &str, changer: impl FnOnce(&mut Value)) -> Value {
    let mut corps = corps(echantillon);
    corps["meta"]["event"] = json!("updated");
    corps["meta"]["timestamp"] = json!(quand);
    changer(&mut corps["data"]);
    corps
}

/// In the shape of 2026: what October 2024 did not say, and other stamps.
pub fn en_2026(mut corps: Value) -> Value {
    let quand = corps["meta"]["timestamp"].as_str().unwrap().to_owned();
    let iso = chrono::DateTime::parse_from_str(&quand, "%Y-%m-%d %H:%M:%S %z").unwrap();
    corps["meta"] = json!({
        "model": "Rdv", "event": corps["meta"]["event"],
        "event_occurred_at": iso.to_rfc3339(), "payload_computed_at": iso.to_rfc3339(),
    });
    corps["data"]["time_zone"] = json!("Europe/Paris");
    corps["data"]["visio_url"] = json!("https://visio.numerique.gouv.fr/abc-defg-hij");
    corps["data"]["une_nouveaute"] = json!({"de": "2027"});
    corps
}

/// Who takes part, in both places where the platform says it.
pub fn avec(data: &mut Value, users: &Value) {
    data["users"] = users.clone();
    let participations: Vec<Value> = users
        .as_array()
        .unwrap()
        .iter()
        .map(|user| json!({"id": user["id"], "status": data["status"], "user": user}))
        .collect();
    data["participations"] = json!(participations);
}

pub fn personne(id: i64, email: Option<&str>) -> Value {
    json!({"id": id, "email": email, "first_name": "Camille", "last_name": "MARTIN",
        "phone_number_formatted": "+33612345678", "responsible": null})
}

impl Monde {
    /// Sends a body, rightly signed, and lets the worker apply it.
    pub async fn livrer(&self, corps: &Value) {
        self.deposer(&serde_json::to_vec(corps).unwrap()).await.unwrap();
        inbox::appliquer_tout(&self.contexte).await.unwrap();
    }
}
