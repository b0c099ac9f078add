//! The agent's own views: the tables `[views.storm]` and so on of the file. One that has no search
//! only says which columns a view of this name has.

use super::own_tables::{Kind, Value, Wrong, text};
use super::problem::nearest;
use frontdesk_inbox::Sort;
use frontdesk_inbox::kept::KeptView;
use frontdesk_protocol::kind::ViewSort;
use frontdesk_protocol::search::Search;
use frontdesk_ui::model::kept::{Column, OwnView};
use toml::de::{DeTable, DeValue};

/// What a view may say.
pub(super) const KIND: Kind = Kind {
    table: "views",
    one: "view",
    keys: &["query", "sort", "columns"],
    hint: "write [views.storm] and below it query = \"status:open tag:storm\"",
};

pub(super) fn one(name: &str, body: &DeTable<'_>) -> Result<OwnView, Wrong> {
    let query = body.get("query").map(query).transpose()?;
    let order = body.get("sort").map(sort).transpose()?;
    let columns = body.get("columns").map(columns).transpose()?;
    if query.is_none() && columns.is_none() {
        return Err((None, "it says neither query nor columns".to_owned()));
    }
    if query.is_none() && order.is_some() {
        let what = "sort is for a view with a query; g s sorts the others".to_owned();
        return Err((None, what));
    }
    let kept =
        query.map(|query| KeptView::of_configuration(name, &query, order.unwrap_or_default()));
    Ok(OwnView {
        name: name.to_owned(),
        kept,
        columns,
    })
}

/// A search that is understood to its last word.
fn query(value: &Value<'_>) -> Result<String, Wrong> {
    let text = text(value)?;
    match Search::parse(&text, None).problems.first() {
        None => Ok(text),
        Some(problem) => Err((Some(value.span().start), problem.to_string())),
    }
}

fn sort(value: &Value<'_>) -> Result<Sort, Wrong> {
    let text = text(value)?;
    match text.parse::<ViewSort>() {
        Ok(sort) => Ok(sort.into()),
        Err(_) => {
            let names: Vec<&str> = ViewSort::ALL.iter().map(|it| it.as_str()).collect();
            let what = format!("sort must be one of {}, got {text}", names.join(", "));
            Err((Some(value.span().start), what))
        }
    }
}

fn columns(value: &Value<'_>) -> Result<Vec<Column>, Wrong> {
    let at = Some(value.span().start);
    let DeValue::Array(all) = value.get_ref() else {
        let what = "columns must be a list, such as [\"tags\", \"time\"]".to_owned();
        return Err((at, what));
    };
    let column = |it: &Value<'_>| {
        let name = text(it)?;
        Column::from_name(&name).ok_or_else(|| {
            let names = || Column::ALL.iter().map(|it| it.name());
            let near = nearest(&name, names()).map_or_else(String::new, |it| format!("; {it}"));
            let known: Vec<&str> = names().collect();
            let what = format!(
                "there is no column {name}{near}; there is {}",
                known.join(", ")
            );
            (Some(it.span().start), what)
        })
    };
    all.iter().map(column).collect()
}
