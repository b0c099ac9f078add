//! Values on their way to PostgreSQL and back.

use crate::error::{DbError, EngineError};
use crate::value::{Row, Value};
use tokio_postgres::types::{IsNull, ToSql, Type, private::BytesMut, to_sql_checked};

/// A value on its way to PostgreSQL, which says itself what type it expects.
#[derive(Debug)]
pub(crate) struct Param<'a>(pub(crate) Value<'a>);

impl ToSql for Param<'_> {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, EngineError> {
        match self.0 {
            Value::Null => Ok(IsNull::Yes),
            Value::Int(number) => match *ty {
                Type::INT4 => i32::try_from(number)?.to_sql(ty, out),
                Type::INT2 => i16::try_from(number)?.to_sql(ty, out),
                _ => number.to_sql(ty, out),
            },
            Value::Real(number) => number.to_sql(ty, out),
            // PostgreSQL keeps no NUL in a text; SQLite would, so both go without.
            Value::Text(text) if text.contains('\0') => text.replace('\0', "").to_sql(ty, out),
            Value::Text(text) => text.to_sql(ty, out),
            Value::Blob(bytes) => bytes.to_sql(ty, out),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

/// A value that is kept until its statement is sent.
#[derive(Debug)]
pub(super) enum Kept {
    Null,
    Int(i64),
    Real(f64),
    Text(Box<str>),
    Blob(Box<[u8]>),
}

impl From<Value<'_>> for Kept {
    fn from(value: Value<'_>) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Int(number) => Self::Int(number),
            Value::Real(number) => Self::Real(number),
            Value::Text(text) => Self::Text(text.into()),
            Value::Blob(bytes) => Self::Blob(bytes.into()),
        }
    }
}

impl Kept {
    pub(super) fn param(&self) -> Param<'_> {
        Param(match self {
            Self::Null => Value::Null,
            Self::Int(number) => Value::Int(*number),
            Self::Real(number) => Value::Real(*number),
            Self::Text(text) => Value::Text(text),
            Self::Blob(bytes) => Value::Blob(bytes),
        })
    }
}

/// A row of an answer.
pub(super) struct PostgresRow<'a>(pub(super) &'a tokio_postgres::Row);

impl PostgresRow<'_> {
    fn read<'r, T: tokio_postgres::types::FromSql<'r>>(
        &'r self,
        index: usize,
    ) -> Result<Option<T>, DbError> {
        self.0
            .try_get::<_, Option<T>>(index)
            .map_err(|_| DbError::Column {
                index,
                wanted: "readable value",
            })
    }
}

impl Row for PostgresRow<'_> {
    fn value(&self, index: usize) -> Result<Value<'_>, DbError> {
        let column = self.0.columns().get(index);
        let ty = column
            .ok_or(DbError::Column {
                index,
                wanted: "column",
            })?
            .type_();
        let found = match *ty {
            Type::INT8 => self.read::<i64>(index)?.map(Value::Int),
            Type::INT4 => self
                .read::<i32>(index)?
                .map(|number| Value::Int(i64::from(number))),
            Type::BOOL => self
                .read::<bool>(index)?
                .map(|truth| Value::Int(i64::from(truth))),
            Type::FLOAT8 => self.read::<f64>(index)?.map(Value::Real),
            Type::BYTEA => self.read::<&[u8]>(index)?.map(Value::Blob),
            Type::TEXT | Type::VARCHAR => self.read::<&str>(index)?.map(Value::Text),
            _ => {
                return Err(DbError::Column {
                    index,
                    wanted: "known type",
                });
            }
        };
        Ok(found.unwrap_or(Value::Null))
    }
}
