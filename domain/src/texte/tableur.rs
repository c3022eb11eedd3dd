//! Tables for office software (CSV).

/// A line of a table: cells apart by « ; » as office software in French expects, ended by CR LF.
///
/// A cell that office software would run as a formula is made a text: what people type must not run on the
/// machine of who opens the table.
#[must_use]
pub fn ligne(cellules: &[String]) -> String {
    let cellules: Vec<String> = cellules.iter().map(|cellule| echapper(cellule)).collect();
    format!("{}\r\n", cellules.join(";"))
}

fn echapper(cellule: &str) -> String {
    let formule = cellule
        .trim_start_matches([' ', '\u{a0}', '"'])
        .starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    let texte = if formule { format!("'{cellule}") } else { cellule.to_owned() };
    if texte.contains(['"', ';', '\n', '\r', ',', '\t']) || formule {
        format!("\"{}\"", texte.replace('"', "\"\""))
    } else {
        texte
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn une(cellule: &str) -> String {
        ligne(&[cellule.to_owned()]).trim_end_matches("\r\n").to_owned()
    }

    #[test]
    fn a_formula_becomes_a_text() {
        for formule in ["=1+1", "+33", "-2", "@SUM(A1)", " =cmd|'/c calc'!A1", "\t=1", "＝1"] {
            let cellule = une(formule);
            assert!(cellule.starts_with("\"'"), "{cellule}");
        }
        assert_eq!(une("Jean-Paul"), "Jean-Paul");
        assert_eq!(une("17606854"), "17606854");
    }

    #[test]
    fn what_separates_cells_stays_inside_them() {
        assert_eq!(
            ligne(&["a;b".to_owned(), "dit \"oui\"".to_owned(), "1\n2".to_owned()]),
            "\"a;b\";\"dit \"\"oui\"\"\";\"1\n2\"\r\n"
        );
    }

    proptest! {
        /// Read back as office software does, a cell holds what was typed, with or without the mark of a text.
        #[test]
        fn a_cell_reads_back(cellule in "[ -~éà\n\";=+@-]{0,20}") {
            let ecrit = une(&cellule);
            let lu = match ecrit.strip_prefix('"').and_then(|e| e.strip_suffix('"')) {
                Some(dedans) => dedans.replace("\"\"", "\""),
                None => ecrit,
            };
            prop_assert!(lu == cellule || lu == format!("'{cellule}"), "{lu:?} {cellule:?}");
        }
    }
}
