//! Files with `{{holes}}`.

/// The text of `template` with every `{{name}}` replaced by the value that `values` gives for it.
///
/// A hole without a value stays, so that the tests of the templates find it. A value that stands alone on its line ends
/// with that line, and takes it along when it is empty.
pub(crate) fn fill<V: AsRef<str>>(template: &str, values: &[(&str, V)]) -> String {
    let mut text = String::with_capacity(template.len() * 2);
    for line in template.split_inclusive('\n') {
        let alone = line
            .trim()
            .strip_prefix("{{")
            .and_then(|rest| rest.strip_suffix("}}"));
        match alone.and_then(|name| value_of(name, values)) {
            Some("") => {}
            Some(value) => {
                text.push_str(&line[..line.len() - line.trim_start().len()]);
                text.push_str(value.trim_end_matches('\n'));
                text.push('\n');
            }
            None => fill_line(line, values, &mut text),
        }
    }
    text
}

fn fill_line<V: AsRef<str>>(line: &str, values: &[(&str, V)], text: &mut String) {
    let mut rest = line;
    while let Some((before, after)) = rest.split_once("{{") {
        let hole = after
            .split_once("}}")
            .and_then(|(name, behind)| Some((value_of(name, values)?, behind)));
        text.push_str(before);
        rest = match hole {
            Some((value, behind)) => {
                text.push_str(value);
                behind
            }
            None => {
                text.push_str("{{");
                after
            }
        };
    }
    text.push_str(rest);
}

fn value_of<'a, V: AsRef<str>>(name: &str, values: &'a [(&str, V)]) -> Option<&'a str> {
    let (_, value) = values.iter().find(|(known, _)| *known == name)?;
    Some(value.as_ref())
}

#[cfg(test)]
mod tests {
    use super::fill;

    #[test]
    fn holes_are_filled_and_unknown_ones_stay() {
        let values = [("model", "Post"), ("table", "posts")];
        assert_eq!(
            fill("{{model}} is in {{table}}: {{nothing}} {{", &values),
            "Post is in posts: {{nothing}} {{"
        );
    }

    #[test]
    fn values_are_not_filled_again() {
        assert_eq!(fill("-{{a}}", &[("a", "{{b}}"), ("b", "no")]), "-{{b}}");
    }

    #[test]
    fn an_empty_value_alone_on_its_line_takes_the_line_with_it() {
        assert_eq!(
            fill("a\n    {{none}}\nb {{none}}c\n", &[("none", "")]),
            "a\nb c\n"
        );
        assert_eq!(
            fill("a\n  {{two}}\nb", &[("two", "1;\n  2;\n")]),
            "a\n  1;\n  2;\nb"
        );
    }
}
