//! Queries of paths: from values to `?page=2&filter[state]=open`.

use serde::Serialize;
use serde_json::Value;

use super::PathSegment;

/// Appends the values of `query` to `path`, which may have some already.
///
/// What cannot be a query, like a map whose keys are lists, is left out and logged: a link without its query is a
/// smaller harm than a page that fails.
pub(super) fn append<Q: Serialize + ?Sized>(path: &mut String, query: &Q) {
    let value = match serde_json::to_value(query) {
        Ok(value) => value,
        Err(error) => {
            tracing::error!("a query of `{path}` was left out: {error}");
            return;
        }
    };
    let mut pairs = Pairs {
        separator: if path.contains('?') { '&' } else { '?' },
        text: path,
    };
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                pairs.push(&name, value);
            }
        }
        Value::Array(items) => {
            for item in items {
                pairs.push_pair(item);
            }
        }
        Value::Null => {}
        other => tracing::error!("a query has names for its values, which `{other}` has not"),
    }
}

struct Pairs<'a> {
    text: &'a mut String,
    /// What stands before the next pair.
    separator: char,
}

impl Pairs<'_> {
    /// A name and a value, as a list of pairs has them.
    fn push_pair(&mut self, pair: Value) {
        match pair {
            Value::Array(mut pair) if pair.len() == 2 => {
                let value = pair.pop().unwrap_or_default();
                match pair.pop() {
                    Some(Value::String(name)) => self.push(&name, value),
                    Some(name) => self.push(&name.to_string(), value),
                    None => {}
                }
            }
            other => tracing::error!("a query is made of pairs, and `{other}` is none"),
        }
    }

    fn push(&mut self, name: &str, value: Value) {
        match value {
            Value::Null => {}
            Value::Object(fields) => {
                for (field, value) in fields {
                    self.push(&format!("{name}[{field}]"), value);
                }
            }
            Value::Array(items) => {
                for item in items {
                    self.push(&format!("{name}[]"), item);
                }
            }
            Value::String(text) => self.push_text(name, &text),
            Value::Bool(_) | Value::Number(_) => self.push_text(name, &value.to_string()),
        }
    }

    fn push_text(&mut self, name: &str, value: &str) {
        self.text.push(self.separator);
        self.separator = '&';
        // The brackets of a name stand for themselves everywhere, and are easier on the eye.
        let mut encoded = String::new();
        name.push_to(&mut encoded);
        self.text
            .push_str(&encoded.replace("%5B", "[").replace("%5D", "]"));
        self.text.push('=');
        value.push_to(self.text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(value: impl Serialize) -> String {
        let mut path = String::from("/");
        append(&mut path, &value);
        path
    }

    #[derive(Serialize)]
    struct Filter<'a> {
        state: Option<&'a str>,
        tags: Vec<&'a str>,
    }

    #[derive(Serialize)]
    struct Search<'a> {
        filter: Filter<'a>,
        mine: bool,
        page: Option<u64>,
    }

    #[test]
    fn pairs_and_structs_are_queries() {
        assert_eq!(query([("page", 2), ("per", 10)]), "/?page=2&per=10");
        assert_eq!(query([("q", "a&b =ü")]), "/?q=a%26b%20%3D%C3%BC");
        let mut search = Search {
            filter: Filter {
                state: Some("open"),
                tags: vec!["a", "b"],
            },
            mine: true,
            page: None,
        };
        assert_eq!(
            query(&search),
            "/?filter[state]=open&filter[tags][]=a&filter[tags][]=b&mine=true"
        );
        search.filter.state = None;
        search.filter.tags.clear();
        assert_eq!(query(&search), "/?mine=true");
        assert_eq!(query(()), "/");
    }

    #[test]
    fn what_is_no_query_is_left_out() {
        assert_eq!(query(7), "/");
        assert_eq!(query([1, 2]), "/");
        let strange = std::collections::BTreeMap::from([(vec![1], 2)]);
        assert_eq!(query(strange), "/");
    }

    #[test]
    fn a_second_query_goes_on_with_the_first() {
        let mut path = String::from("/?a=1");
        append(&mut path, &[("b", 2)]);
        assert_eq!(path, "/?a=1&b=2");
    }
}
