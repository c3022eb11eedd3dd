//! This schema beside the platform's own, which is downloaded: each thing that ours has and theirs has otherwise.

use std::collections::BTreeMap;

use async_graphql::Positioned;
use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{
    FieldDefinition, InputValueDefinition, TypeDefinition, TypeKind, TypeSystemDefinition,
};

type Types = BTreeMap<String, TypeDefinition>;

/// What differs, one line each.
///
/// # Errors
/// The text is no schema.
pub fn differences(ours: &str, theirs: &str) -> Result<Vec<String>, String> {
    let (ours, theirs) = (types(ours)?, types(theirs)?);
    let mut all = Vec::new();
    for (name, our) in &ours {
        match theirs.get(name) {
            Some(their) => compare_types(name, our, their, &mut all),
            None => all.push(format!("{name} : ce type n’existe pas là-bas")),
        }
    }
    Ok(all)
}

/// How many types, and how many of their fields and values, are compared.
///
/// # Errors
/// The text is no schema.
pub fn size(sdl: &str) -> Result<(usize, usize), String> {
    let types = types(sdl)?;
    let parts = types.values().map(|kind| match &kind.kind {
        TypeKind::Object(object) => object.fields.len(),
        TypeKind::Interface(interface) => interface.fields.len(),
        TypeKind::Enum(all) => all.values.len(),
        TypeKind::InputObject(input) => input.fields.len(),
        TypeKind::Scalar | TypeKind::Union(_) => 0,
    });
    Ok((types.len(), parts.sum()))
}

fn types(sdl: &str) -> Result<Types, String> {
    let document = parse_schema(sdl).map_err(|error| error.to_string())?;
    let mut types = Types::new();
    for definition in document.definitions {
        if let TypeSystemDefinition::Type(kind) = definition {
            types.insert(kind.node.name.node.to_string(), kind.node);
        }
    }
    Ok(types)
}

fn compare_types(name: &str, our: &TypeDefinition, their: &TypeDefinition, all: &mut Vec<String>) {
    match (&our.kind, &their.kind) {
        (TypeKind::Scalar, TypeKind::Scalar) => {}
        (TypeKind::Object(our), TypeKind::Object(their)) => {
            for interface in &our.implements {
                if !their.implements.iter().any(|known| known.node == interface.node) {
                    all.push(format!("{name} : n’est pas un {} là-bas", interface.node));
                }
            }
            compare_fields(name, &our.fields, &their.fields, all);
        }
        (TypeKind::Interface(our), TypeKind::Interface(their)) => {
            compare_fields(name, &our.fields, &their.fields, all);
        }
        (TypeKind::Enum(our), TypeKind::Enum(their)) => {
            for value in &our.values {
                let value = &value.node.value.node;
                if !their.values.iter().any(|known| known.node.value.node == *value) {
                    all.push(format!("{name}.{value} : cette valeur n’existe pas là-bas"));
                }
            }
        }
        (TypeKind::InputObject(our_input), TypeKind::InputObject(their_input)) => {
            let one_of = |kind: &TypeDefinition| {
                kind.directives.iter().any(|directive| directive.node.name.node == "oneOf")
            };
            if one_of(our) != one_of(their) {
                all.push(format!("{name} : @oneOf d’un seul côté"));
            }
            compare_inputs(name, &our_input.fields, &their_input.fields, all);
            must_be_given(name, &our_input.fields, &their_input.fields, all);
        }
        _ => all.push(format!("{name} : n’est pas du même genre là-bas")),
    }
}

fn compare_fields(
    name: &str,
    ours: &[Positioned<FieldDefinition>],
    theirs: &[Positioned<FieldDefinition>],
    all: &mut Vec<String>,
) {
    for our in ours {
        let field = &our.node.name.node;
        let their = theirs.iter().find(|known| known.node.name.node == *field);
        let Some(their) = their else {
            all.push(format!("{name}.{field} : ce champ n’existe pas là-bas"));
            continue;
        };
        let (our, their) = (&our.node, &their.node);
        let (our_type, their_type) = (our.ty.node.to_string(), their.ty.node.to_string());
        if our_type != their_type {
            all.push(format!("{name}.{field} : {our_type} ici, {their_type} là-bas"));
        }
        let path = format!("{name}.{field}");
        compare_inputs(&path, &our.arguments, &their.arguments, all);
        must_be_given(&path, &our.arguments, &their.arguments, all);
    }
}

fn compare_inputs(
    path: &str,
    ours: &[Positioned<InputValueDefinition>],
    theirs: &[Positioned<InputValueDefinition>],
    all: &mut Vec<String>,
) {
    for our in ours {
        let name = &our.node.name.node;
        let Some(their) = theirs.iter().find(|known| known.node.name.node == *name) else {
            all.push(format!("{path}({name}) : cet argument n’existe pas là-bas"));
            continue;
        };
        let (our_type, their_type) = (our.node.ty.node.to_string(), their.node.ty.node.to_string());
        if our_type != their_type {
            all.push(format!("{path}({name}) : {our_type} ici, {their_type} là-bas"));
        }
        let default = |value: &InputValueDefinition| {
            value.default_value.as_ref().map(|value| value.node.to_string())
        };
        if default(&our.node) != default(&their.node) {
            all.push(format!("{path}({name}) : une autre valeur par défaut là-bas"));
        }
    }
}

/// What they ask and we do not: a client that we take would be refused.
fn must_be_given(
    path: &str,
    ours: &[Positioned<InputValueDefinition>],
    theirs: &[Positioned<InputValueDefinition>],
    all: &mut Vec<String>,
) {
    for their in theirs {
        let required = !their.node.ty.node.nullable && their.node.default_value.is_none();
        let known = ours.iter().any(|our| our.node.name.node == their.node.name.node);
        if required && !known {
            all.push(format!("{path}({}) : obligatoire là-bas, absent ici", their.node.name.node));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demarches_simplifiees::schema::sdl;

    fn when(ours: &str, theirs: &str) -> Vec<String> {
        let text = sdl();
        assert!(text.contains(ours), "{ours}");
        differences(&text, &text.replace(ours, theirs)).unwrap()
    }

    #[test]
    fn the_schema_is_like_itself_and_has_nothing_that_only_disturbances_give() {
        let ours = sdl();
        assert_eq!(differences(&ours, &ours), Ok(Vec::new()));
        assert!(!ours.contains("PersonneDeGenreInconnu"));
        assert!(size(&ours).unwrap().0 > 80);
    }

    #[test]
    fn each_difference_is_told() {
        let told = when("closed: Boolean!", "closed: Boolean");
        assert!(
            told.contains(&"GroupeInstructeur.closed : Boolean! ici, Boolean là-bas".to_owned())
        );
        let told = when("order: Order = ASC", "order: Order = DESC");
        assert!(told[0].contains("une autre valeur par défaut"), "{told:?}");
        let told = when("instructeurId: ID!", "instructeurId: ID!, autre: ID!");
        assert!(told.iter().any(|line| line.contains("(autre) : obligatoire là-bas")), "{told:?}");
        let told = when("input AnnotationValueInput @oneOf", "input AnnotationValueInput");
        assert_eq!(told, ["AnnotationValueInput : @oneOf d’un seul côté"]);
        let told = when("type Label {", "type Etiquette {");
        assert!(told.contains(&"Label : ce type n’existe pas là-bas".to_owned()), "{told:?}");
        let told = when("type PersonnePhysique implements Demandeur", "type PersonnePhysique");
        assert_eq!(told, ["PersonnePhysique : n’est pas un Demandeur là-bas"]);
        let told = when("\tpurple_glycine\n", "");
        assert_eq!(told, ["LabelColorEnum.purple_glycine : cette valeur n’existe pas là-bas"]);
    }
}
