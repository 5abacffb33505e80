//! The cookies a test has been given.

use std::collections::BTreeMap;

/// Cookies by name, as a browser of one site would keep them.
#[derive(Debug, Default)]
pub(super) struct Jar(BTreeMap<String, String>);

impl Jar {
    /// Keeps the cookies of these `Set-Cookie` headers, and drops those that they end.
    pub(super) fn keep<'a>(&mut self, headers: impl Iterator<Item = &'a str>) {
        for header in headers {
            let mut parts = header.split(';').map(str::trim);
            let Some((name, value)) = parts.next().and_then(|pair| pair.split_once('=')) else {
                continue;
            };
            match parts.any(|part| part.eq_ignore_ascii_case("max-age=0")) {
                true => self.0.remove(name),
                false => self.0.insert(name.to_owned(), value.to_owned()),
            };
        }
    }

    /// The header `Cookie`; `None` when there are none.
    pub(super) fn header(&self) -> Option<String> {
        let pairs: Vec<String> = self
            .0
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        (!pairs.is_empty()).then(|| pairs.join("; "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cookies_are_kept_until_they_end() {
        let mut jar = Jar::default();
        assert_eq!(jar.header(), None);
        jar.keep(["a=1; Path=/; HttpOnly", "b=2"].into_iter());
        jar.keep(["a=3; Path=/"].into_iter());
        assert_eq!(jar.header().as_deref(), Some("a=3; b=2"));
        jar.keep(["a=; Path=/; Max-Age=0"].into_iter());
        assert_eq!(jar.header().as_deref(), Some("b=2"));
    }
}
