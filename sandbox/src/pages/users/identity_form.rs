//! The form that asks who books, and for whom.

use maud::{Markup, html};
use serde::Deserialize;

use crate::model::{LocationType, User};
use crate::rules::booking::Identity;
use crate::text::contact;
use crate::text::french::fr;
use crate::web::layout::Field;

const LONGEST: usize = 255;

/// What was typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct IdentityForm {
    email: String,
    first_name: String,
    last_name: String,
    phone_number: String,
    address: String,
    for_whom: String,
    relative_first_name: String,
    relative_last_name: String,
}

/// What the form says, once it holds together.
#[derive(Debug)]
pub struct Answer {
    /// Who books.
    pub identity: Identity,
    /// First and last name of the relative for whom they book.
    pub relative: Option<(String, String)>,
}

/// What is wrong with a field.
#[derive(Debug, PartialEq)]
pub struct Mistake {
    field: &'static str,
    sentence: &'static str,
}

impl IdentityForm {
    /// The form as a person who is signed in finds it.
    pub fn of(user: Option<&User>) -> Self {
        let Some(user) = user else {
            return Self::default();
        };
        Self {
            email: user.email.clone().unwrap_or_default(),
            first_name: user.first_name.clone(),
            last_name: user.last_name.clone(),
            phone_number: user.phone_number.clone().unwrap_or_default(),
            address: user.address.clone().unwrap_or_default(),
            ..Self::default()
        }
    }

    /// Checks everything, so that all mistakes are told at once. The e-mail of somebody signed in is
    /// not theirs to change here.
    ///
    /// # Errors
    /// The mistakes, in the order of the fields.
    pub fn check(
        &self,
        kind: LocationType,
        signed_in: Option<&User>,
    ) -> Result<Answer, Vec<Mistake>> {
        let mut mistakes = Vec::new();
        let email = match signed_in.and_then(|user| user.email.clone()) {
            Some(email) => Some(email),
            None => self.email(&mut mistakes),
        };
        let identity = Identity {
            email,
            first_name: name(
                &mut mistakes,
                "first_name",
                &self.first_name,
                "Saisissez votre prénom",
            ),
            last_name: name(&mut mistakes, "last_name", &self.last_name, "Saisissez votre nom"),
            phone_number: self.phone(kind, &mut mistakes),
            address: self.address(kind, &mut mistakes),
        };
        let relative = (self.for_whom == "relative").then(|| {
            let (first, last) = ("relative_first_name", "relative_last_name");
            (
                name(
                    &mut mistakes,
                    first,
                    &self.relative_first_name,
                    "Saisissez le prénom du proche",
                ),
                name(&mut mistakes, last, &self.relative_last_name, "Saisissez le nom du proche"),
            )
        });
        if mistakes.is_empty() { Ok(Answer { identity, relative }) } else { Err(mistakes) }
    }

    fn email(&self, mistakes: &mut Vec<Mistake>) -> Option<String> {
        let email = contact::normalise_email(&self.email).filter(|email| email.len() <= LONGEST);
        if email.is_none() {
            mistakes.push(Mistake {
                field: "email",
                sentence: "Saisissez une adresse e-mail valide, comme nom@exemple.fr",
            });
        }
        email
    }

    fn phone(&self, kind: LocationType, mistakes: &mut Vec<Mistake>) -> Option<String> {
        let typed = self.phone_number.trim();
        let sentence = match (typed.is_empty(), contact::e164(typed)) {
            (true, _) if kind == LocationType::Phone => {
                "Saisissez le numéro auquel l’agent pourra vous appeler"
            }
            (false, None) => "Saisissez un numéro de téléphone valide, comme 06 12 34 56 78",
            (false, Some(_)) => return Some(typed.to_owned()),
            (true, _) => return None,
        };
        mistakes.push(Mistake { field: "phone_number", sentence });
        None
    }

    fn address(&self, kind: LocationType, mistakes: &mut Vec<Mistake>) -> Option<String> {
        let typed = self.address.trim();
        if typed.is_empty() && kind == LocationType::Home {
            mistakes.push(Mistake {
                field: "address",
                sentence: "Saisissez l’adresse où l’agent doit se rendre",
            });
        }
        if typed.chars().count() > LONGEST {
            mistakes.push(too_long("address"));
        }
        (!typed.is_empty()).then(|| typed.to_owned())
    }

    /// The fields, with what is wrong beside each.
    pub fn show(
        &self,
        kind: LocationType,
        signed_in: Option<&User>,
        mistakes: &[Mistake],
    ) -> Markup {
        html! {
            @if let Some(email) = signed_in.and_then(|user| user.email.as_deref()) {
                p { (fr("Vous êtes connecté avec l’adresse ")) strong { (email) } "." }
            } @else {
                (self.field("email", mistakes))
            }
            (self.field("first_name", mistakes))
            (self.field("last_name", mistakes))
            (self.contact(kind, mistakes))
            (self.whom(mistakes))
        }
    }

    fn contact(&self, kind: LocationType, mistakes: &[Mistake]) -> Markup {
        let mut phone = self.described("phone_number", mistakes);
        phone.required = kind == LocationType::Phone;
        let address = self.described("address", mistakes);
        html! {
            (phone.show())
            @if kind == LocationType::Home { (address.show()) }
        }
    }

    fn whom(&self, mistakes: &[Mistake]) -> Markup {
        let relative = self.for_whom == "relative";
        html! {
            fieldset.whom {
                legend { (fr("Pour qui est ce rendez-vous ?")) }
                div.radio {
                    input type="radio" id="for_whom_self" name="for_whom" value="self" checked[!relative];
                    label for="for_whom_self" { "Pour moi" }
                }
                div.radio {
                    input type="radio" id="for_whom_relative" name="for_whom" value="relative" checked[relative];
                    label for="for_whom_relative" { "Pour un proche" }
                }
                div.relative {
                    (self.field("relative_first_name", mistakes))
                    (self.field("relative_last_name", mistakes))
                }
            }
        }
    }

    fn field(&self, name: &'static str, mistakes: &[Mistake]) -> Markup {
        self.described(name, mistakes).show()
    }

    fn described<'a>(&'a self, name: &'static str, mistakes: &[Mistake]) -> Field<'a> {
        let (label, kind, autocomplete, value, hint, required) = match name {
            "email" => (
                "Adresse e-mail",
                "email",
                "email",
                &self.email,
                Some("Exemple : nom@exemple.fr"),
                true,
            ),
            "first_name" => ("Prénom", "text", "given-name", &self.first_name, None, true),
            "last_name" => ("Nom", "text", "family-name", &self.last_name, None, true),
            "phone_number" => (
                "Téléphone",
                "tel",
                "tel",
                &self.phone_number,
                Some("Exemple : 06 12 34 56 78"),
                false,
            ),
            "address" => {
                let hint = Some("Exemple : 21 rue des Ardennes, Paris, 75019");
                ("Adresse du rendez-vous", "text", "street-address", &self.address, hint, true)
            }
            // Asked only when one books for a relative; the form is not checked by the browser.
            "relative_first_name" => {
                ("Prénom du proche", "text", "off", &self.relative_first_name, None, true)
            }
            _ => ("Nom du proche", "text", "off", &self.relative_last_name, None, true),
        };
        let error = mistakes.iter().find(|mistake| mistake.field == name);
        Field {
            id: name,
            name,
            label,
            kind,
            autocomplete,
            value,
            hint,
            required,
            error: error.map(|mistake| mistake.sentence),
        }
    }
}

/// The mistakes above the form, each leading to its field.
pub fn summary(mistakes: &[Mistake]) -> Markup {
    html! {
        @if !mistakes.is_empty() {
            div.flash.alert role="alert" {
                p { (fr("Le formulaire n’est pas complet :")) }
                ul {
                    @for mistake in mistakes {
                        li { a href={ "#" (mistake.field) } { (fr(mistake.sentence)) } }
                    }
                }
            }
        }
    }
}

fn name(
    mistakes: &mut Vec<Mistake>,
    field: &'static str,
    typed: &str,
    empty: &'static str,
) -> String {
    let typed = typed.trim();
    if typed.is_empty() {
        mistakes.push(Mistake { field, sentence: empty });
    } else if typed.chars().count() > LONGEST {
        mistakes.push(too_long(field));
    }
    typed.to_owned()
}

fn too_long(field: &'static str) -> Mistake {
    Mistake { field, sentence: "Ce texte est trop long : 255 caractères au plus" }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(mistakes: &[Mistake]) -> Vec<&'static str> {
        mistakes.iter().map(|mistake| mistake.field).collect()
    }

    #[test]
    fn all_mistakes_are_told_at_once() {
        let form = IdentityForm {
            email: "camille".to_owned(),
            last_name: "x".repeat(256),
            phone_number: "12".to_owned(),
            for_whom: "relative".to_owned(),
            ..IdentityForm::default()
        };
        let mistakes = form.check(LocationType::Home, None).unwrap_err();
        assert_eq!(
            fields(&mistakes),
            [
                "email",
                "first_name",
                "last_name",
                "phone_number",
                "address",
                "relative_first_name",
                "relative_last_name"
            ]
        );
    }

    #[test]
    fn a_call_needs_a_number_and_nothing_else_does() {
        let form = IdentityForm {
            email: "Camille.Martin@exemple.fr".to_owned(),
            first_name: "Camille".to_owned(),
            last_name: "MARTIN".to_owned(),
            ..IdentityForm::default()
        };
        let answer = form.check(LocationType::Visio, None).unwrap();
        assert_eq!(answer.identity.email.as_deref(), Some("camille.martin@exemple.fr"));
        assert!(answer.relative.is_none());
        let mistakes = form.check(LocationType::Phone, None).unwrap_err();
        assert_eq!(fields(&mistakes), ["phone_number"]);
    }
}
