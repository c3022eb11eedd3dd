//! The scalars of the schema.

use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};
use chrono::{DateTime, NaiveDate, Utc};

use crate::text::dates::{self, PARIS};

/// An instant, to the second, under the offset of Paris.
#[derive(Clone, Copy, Debug)]
pub struct Iso8601DateTime(pub DateTime<Utc>);

#[Scalar(name = "ISO8601DateTime")]
impl ScalarType for Iso8601DateTime {
    fn parse(value: Value) -> InputValueResult<Self> {
        let Value::String(text) = &value else { return Err(InputValueError::expected_type(value)) };
        let day = || text.parse::<NaiveDate>().ok()?.and_hms_opt(0, 0, 0);
        let instant =
            dates::parse(text, PARIS).or_else(|| day().map(|digits| dates::resolve(digits, PARIS)));
        instant.map(Self).ok_or_else(|| InputValueError::custom(format!("{text:?} is no instant")))
    }

    fn to_value(&self) -> Value {
        Value::String(dates::iso8601(self.0, PARIS))
    }
}

/// A day.
#[derive(Clone, Copy, Debug)]
pub struct Iso8601Date(pub NaiveDate);

#[Scalar(name = "ISO8601Date")]
impl ScalarType for Iso8601Date {
    fn parse(value: Value) -> InputValueResult<Self> {
        let Value::String(text) = &value else { return Err(InputValueError::expected_type(value)) };
        text.parse().map(Self).map_err(InputValueError::custom)
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

/// A whole number, as text.
#[derive(Clone, Debug)]
pub struct BigInt(pub String);

#[Scalar(name = "BigInt")]
impl ScalarType for BigInt {
    fn parse(value: Value) -> InputValueResult<Self> {
        match value {
            Value::String(text) => Ok(Self(text)),
            Value::Number(number) => Ok(Self(number.to_string())),
            other => Err(InputValueError::expected_type(other)),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.clone())
    }
}

/// An address.
#[derive(Clone, Debug)]
pub struct UrlText(pub String);

#[Scalar(name = "URL")]
impl ScalarType for UrlText {
    fn parse(value: Value) -> InputValueResult<Self> {
        match value {
            Value::String(text) => Ok(Self(text)),
            other => Err(InputValueError::expected_type(other)),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.clone())
    }
}
