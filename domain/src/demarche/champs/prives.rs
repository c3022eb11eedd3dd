//! Private fields: each is saved by itself, and what somebody else saved is never overwritten unseen.

use super::{DefinitionChamp, LireTelephone, OUI, TypeChamp};
use crate::erreur::Saisie;

impl DefinitionChamp {
    /// A stored value as the field shows it; empty when the field was changed since and can't hold it any more.
    #[must_use]
    pub fn reprendre(&self, valeur: &str, telephone: LireTelephone) -> String {
        // A number may have been stored in a former form.
        let autre_forme = self.genre == TypeChamp::Telephone;
        match self.lire(valeur, telephone) {
            Ok(lue) if lue == valeur || valeur.is_empty() || autre_forme => lue,
            _ => self.lire("", telephone).unwrap_or_default(),
        }
    }

    /// What to store of what was typed, if it changes anything. `montree`: the stored value that the field was filled
    /// from; `actuelle`: the one stored now.
    ///
    /// # Errors
    /// Why it can't be taken, or [`Saisie::ValeurChangee`].
    pub fn noter(
        &self,
        saisie: &str,
        montree: &str,
        actuelle: &str,
        telephone: LireTelephone,
    ) -> Result<Option<String>, Saisie> {
        // The field became of another type since it was shown: nobody touched what it held.
        if inchange(saisie, montree) {
            return Ok(None);
        }
        let lue = self.lire(saisie, telephone)?;
        let deja = |valeur| lue == self.reprendre(valeur, telephone);
        if deja(actuelle) || deja(montree) {
            return Ok(None);
        }
        if montree == actuelle { Ok(Some(lue)) } else { Err(Saisie::ValeurChangee) }
    }
}

/// What was typed in a private field that is no longer there: it can only be lost knowingly.
///
/// # Errors
/// [`Saisie::ChampRetire`].
pub fn noter_retire(saisie: &str, genre: TypeChamp, montree: &str) -> Result<(), Saisie> {
    let intact = saisie.trim().is_empty()
        || inchange(saisie, montree)
        || inchange(saisie, &genre.montrer(montree))
        || (genre == TypeChamp::CaseACocher && saisie == "on" && montree == OUI);
    if intact { Ok(()) } else { Err(Saisie::ChampRetire) }
}

fn inchange(saisie: &str, valeur: &str) -> bool {
    !valeur.is_empty() && saisie.replace("\r\n", "\n").trim() == valeur
}

#[cfg(test)]
mod tests {
    use super::super::NON;
    use super::super::tests::numero;
    use super::*;
    use crate::ids::ChampId;
    use proptest::prelude::*;

    fn champ(genre: TypeChamp) -> DefinitionChamp {
        DefinitionChamp {
            id: ChampId(1),
            genre,
            libelle: "Question".to_owned(),
            description: String::new(),
            requis: false,
            options: vec!["Oui, bien sûr".to_owned(), "Non".to_owned()],
        }
    }

    #[test]
    fn a_value_is_stored_when_it_changes_something_only() {
        let nombre = champ(TypeChamp::Nombre);
        assert_eq!(nombre.noter(" 3,5 ", "", "", numero), Ok(Some("3.5".to_owned())));
        assert_eq!(nombre.noter("3,5", "3.5", "3.5", numero), Ok(None));
        assert_eq!(nombre.noter("", "3.5", "3.5", numero), Ok(Some(String::new())), "wiped");
        assert_eq!(nombre.noter("trois", "3.5", "3.5", numero), Err(Saisie::PasUnNombre));
        let case = champ(TypeChamp::CaseACocher);
        assert_eq!(case.noter("", "", "", numero), Ok(None), "a box that nobody ever ticked");
        assert_eq!(case.noter("on", "", "", numero), Ok(Some(OUI.to_owned())));
        assert_eq!(case.noter("", OUI, OUI, numero), Ok(Some(NON.to_owned())));
    }

    #[test]
    fn what_somebody_else_saved_is_kept_unless_both_changed_the_same_field() {
        let texte = champ(TypeChamp::TexteCourt);
        assert_eq!(texte.noter("avant", "avant", "le sien", numero), Ok(None), "untouched");
        assert_eq!(texte.noter("le sien", "avant", "le sien", numero), Ok(None), "the same words");
        assert_eq!(texte.noter("le mien", "avant", "le sien", numero), Err(Saisie::ValeurChangee));
        assert_eq!(texte.noter("", "avant", "le sien", numero), Err(Saisie::ValeurChangee));
    }

    #[test]
    fn a_value_that_the_field_can_not_hold_any_more_is_not_wiped_unseen() {
        let date = champ(TypeChamp::Date);
        assert_eq!(date.reprendre("bientôt", numero), "");
        assert_eq!(date.noter("", "bientôt", "bientôt", numero), Ok(None));
        assert_eq!(
            date.noter("bientôt", "bientôt", "bientôt", numero),
            Ok(None),
            "shown before it changed"
        );
        let demain = Ok(Some("2024-05-28".to_owned()));
        assert_eq!(date.noter("28/05/2024", "bientôt", "bientôt", numero), demain);
        let choix = champ(TypeChamp::Choix);
        assert_eq!(choix.reprendre("Un choix retiré", numero), "");
        let telephone = champ(TypeChamp::Telephone);
        assert_eq!(telephone.reprendre("12", numero), "+12", "stored in a former form");
        assert_eq!(telephone.noter("+12", "12", "12", numero), Ok(None));
        let case = champ(TypeChamp::CaseACocher);
        assert_eq!(case.reprendre("bientôt", numero), NON);
    }

    #[test]
    fn what_is_typed_in_a_field_that_is_gone_is_not_lost_silently() {
        let (texte, retire) = (TypeChamp::TexteCourt, Err(Saisie::ChampRetire));
        assert_eq!(noter_retire("  ", texte, "avant"), Ok(()));
        assert_eq!(noter_retire("avant", texte, "avant"), Ok(()));
        assert_eq!(noter_retire("après", texte, "avant"), retire);
        assert_eq!(noter_retire("3,5", TypeChamp::Nombre, "3.5"), Ok(()));
        assert_eq!(noter_retire("on", TypeChamp::CaseACocher, OUI), Ok(()));
        assert_eq!(noter_retire("on", TypeChamp::CaseACocher, ""), retire);
    }

    fn genre() -> impl Strategy<Value = TypeChamp> {
        (0..TypeChamp::TOUS.len()).prop_map(|rang| TypeChamp::TOUS[rang])
    }

    proptest! {
        #[test]
        fn nothing_is_overwritten_by_who_did_not_see_it(
            genre in genre(), saisie in "\\PC{0,12}", montree in "\\PC{0,12}", actuelle in "\\PC{0,12}",
        ) {
            let champ = champ(genre);
            if let Ok(Some(valeur)) = champ.noter(&saisie, &montree, &actuelle, numero) {
                prop_assert_eq!(&montree, &actuelle);
                prop_assert_ne!(&valeur, &champ.reprendre(&actuelle, numero));
                // Saved twice, it is saved once.
                prop_assert_eq!(champ.noter(&saisie, &montree, &valeur, numero), Ok(None));
            }
        }

        #[test]
        fn what_is_shown_and_sent_back_changes_nothing(genre in genre(), valeur in "\\PC{0,12}") {
            let champ = champ(genre);
            let affichee = champ.reprendre(&valeur, numero);
            prop_assert_eq!(champ.noter(&affichee, &valeur, &valeur, numero), Ok(None));
        }
    }
}
