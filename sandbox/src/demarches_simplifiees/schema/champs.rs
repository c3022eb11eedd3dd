//! What is filled in, and what a form asks: two interfaces.

use async_graphql::{ID, Interface, Object};

use super::Asking;
use super::ids::id;
use super::scalars::{BigInt, Iso8601Date, Iso8601DateTime};
use crate::demarches_simplifiees::model::{Champ, Descriptor, TypeDeChamp};
use crate::text::dates::{self, PARIS};

/// Something that was filled in, or may be.
#[derive(Interface)]
#[graphql(
    name = "Champ",
    field(name = "id", ty = "ID"),
    field(name = "champ_descriptor_id", ty = "String"),
    field(name = "label", ty = "&str"),
    field(name = "prefilled", ty = "bool"),
    field(name = "string_value", ty = "Option<&str>"),
    field(name = "updated_at", ty = "Iso8601DateTime")
)]
pub enum ChampNode {
    /// A text.
    Text(TextChamp),
    /// Yes or no.
    Checkbox(CheckboxChamp),
    /// A day.
    Date(DateChamp),
    /// An instant.
    Datetime(DatetimeChamp),
    /// A whole number.
    IntegerNumber(IntegerNumberChamp),
    /// A number.
    DecimalNumber(DecimalNumberChamp),
}

/// What all have.
pub struct Common {
    label: String,
    champ: Champ,
}

impl Common {
    fn text(&self) -> Option<&str> {
        self.champ.value.as_deref()
    }
}

macro_rules! champs {
    ($($(#[$doc:meta])* $name:ident { $($field:item)* })+) => {$(
        $(#[$doc])*
        pub struct $name(Common);

        #[Object]
        impl $name {
            async fn id(&self) -> ID {
                id("Champ", self.0.champ.stable_id)
            }

            async fn champ_descriptor_id(&self) -> String {
                id("Champ", self.0.champ.stable_id).0
            }

            async fn label(&self) -> &str {
                &self.0.label
            }

            async fn prefilled(&self) -> bool {
                false
            }

            async fn string_value(&self) -> Option<&str> {
                self.0.text()
            }

            async fn updated_at(&self) -> Iso8601DateTime {
                Iso8601DateTime(self.0.champ.updated_at)
            }

            $($field)*
        }
    )+};
}

champs! {
    /// A text.
    TextChamp {
        async fn value(&self) -> Option<&str> {
            self.0.text()
        }
    }

    /// Yes or no.
    CheckboxChamp {
        async fn value(&self) -> bool {
            self.0.text() == Some("true")
        }
    }

    /// A day.
    DateChamp {
        async fn date(&self) -> Option<Iso8601Date> {
            self.0.text()?.get(..10)?.parse().ok().map(Iso8601Date)
        }

        async fn value(&self) -> Option<Iso8601DateTime> {
            let digits = self.0.text()?.get(..10)?.parse::<chrono::NaiveDate>().ok()?;
            Some(Iso8601DateTime(dates::resolve(digits.and_hms_opt(0, 0, 0)?, PARIS)))
        }
    }

    /// An instant.
    DatetimeChamp {
        async fn datetime(&self) -> Option<Iso8601DateTime> {
            dates::parse(self.0.text()?, PARIS).map(Iso8601DateTime)
        }
    }

    /// A whole number.
    IntegerNumberChamp {
        async fn value(&self) -> Option<BigInt> {
            self.0.text().map(|text| BigInt(text.to_owned()))
        }
    }

    /// A number.
    DecimalNumberChamp {
        async fn value(&self) -> Option<f64> {
            self.0.text()?.parse().ok()
        }
    }
}

/// What was filled in, as the schema shows it to somebody who names these types.
pub fn champ(asking: &Asking, descriptor: &Descriptor, champ: &Champ) -> ChampNode {
    let common = Common { label: descriptor.label.clone(), champ: champ.clone() };
    match descriptor.kind {
        TypeDeChamp::Checkbox | TypeDeChamp::YesNo => ChampNode::Checkbox(CheckboxChamp(common)),
        TypeDeChamp::Datetime if asking.names("DatetimeChamp") => {
            ChampNode::Datetime(DatetimeChamp(common))
        }
        TypeDeChamp::Date | TypeDeChamp::Datetime => ChampNode::Date(DateChamp(common)),
        TypeDeChamp::IntegerNumber => ChampNode::IntegerNumber(IntegerNumberChamp(common)),
        TypeDeChamp::DecimalNumber => ChampNode::DecimalNumber(DecimalNumberChamp(common)),
        TypeDeChamp::Text
        | TypeDeChamp::Textarea
        | TypeDeChamp::Email
        | TypeDeChamp::Phone
        | TypeDeChamp::DropDownList => ChampNode::Text(TextChamp(common)),
    }
}

macro_rules! descriptors {
    ($($variant:ident $name:ident)+) => {
        /// Something that a form asks.
        #[derive(Interface)]
        #[graphql(
            name = "ChampDescriptor",
            field(name = "id", ty = "ID"),
            field(name = "label", ty = "&str"),
            field(name = "description", ty = "Option<&str>"),
            field(name = "required", ty = "bool"),
            field(name = "type", method = "kind", ty = "TypeDeChamp"),
            field(name = "champ_descriptors", ty = "Option<Vec<DescriptorNode>>")
        )]
        #[expect(missing_docs, reason = "the schema's own words")]
        pub enum DescriptorNode {
            $($variant($name),)+
        }

        $(
            #[expect(missing_docs, reason = "the schema's own words")]
            pub struct $name(Descriptor);

            #[Object]
            impl $name {
                async fn id(&self) -> ID {
                    id("Champ", self.0.stable_id)
                }

                async fn label(&self) -> &str {
                    &self.0.label
                }

                async fn description(&self) -> Option<&str> {
                    None
                }

                async fn required(&self) -> bool {
                    self.0.required
                }

                #[graphql(name = "type")]
                async fn kind(&self) -> TypeDeChamp {
                    self.0.kind
                }

                async fn champ_descriptors(&self) -> Option<Vec<DescriptorNode>> {
                    None
                }
            }
        )+

        /// What a form asks, as the schema shows it.
        pub fn descriptor(descriptor: &Descriptor) -> DescriptorNode {
            match descriptor.kind {
                $(TypeDeChamp::$variant => DescriptorNode::$variant($name(descriptor.clone())),)+
            }
        }
    };
}

descriptors! {
    Text TextChampDescriptor
    Textarea TextareaChampDescriptor
    Email EmailChampDescriptor
    Phone PhoneChampDescriptor
    Checkbox CheckboxChampDescriptor
    YesNo YesNoChampDescriptor
    Date DateChampDescriptor
    Datetime DatetimeChampDescriptor
    IntegerNumber IntegerNumberChampDescriptor
    DecimalNumber DecimalNumberChampDescriptor
    DropDownList DropDownListChampDescriptor
}
