//! A column as `SHOW CREATE TABLE` of MySQL writes it down: its name, its type, then everything else about it.

/// Words that end the type.
const AFTER_TYPE: [&str; 11] = [
    "NOT NULL",
    "NULL",
    "DEFAULT",
    "AUTO_INCREMENT",
    "COMMENT",
    "CHECK",
    "GENERATED",
    "ON UPDATE",
    "INVISIBLE",
    "VISIBLE",
    "AS",
];

/// The definition of a column, without its name, that can be NULL or cannot.
pub(super) fn with_nullability(
    create_table: &str,
    quoted_name: &str,
    is_nullable: bool,
) -> Option<String> {
    let line = create_table
        .lines()
        .map(|line| line.trim().trim_end_matches(','))
        .find(|line| {
            let rest = line.strip_prefix(quoted_name);
            rest.is_some_and(|rest| rest.starts_with(' '))
        })?;
    let definition = line[quoted_name.len()..].trim_start();
    let end = end_of_type(definition);
    let (kind, rest) = definition.split_at(end);
    let rest = rest.trim_start();
    let rest = rest.strip_prefix("NOT NULL").unwrap_or(rest).trim_start();
    let is_null_word = rest == "NULL" || rest.starts_with("NULL ");
    let rest = if is_null_word {
        rest[4..].trim_start()
    } else {
        rest
    };
    let nullability = if is_nullable { "NULL" } else { "NOT NULL" };
    let rest = match (is_nullable, rest.strip_prefix("DEFAULT NULL")) {
        // What cannot be NULL is not NULL by default.
        (false, Some(rest)) => rest.trim_start(),
        _ => rest,
    };
    Some(
        format!("{} {nullability} {rest}", kind.trim_end())
            .trim_end()
            .to_owned(),
    )
}

/// Where the type ends: before the first of the words above, outside of quotes and brackets.
fn end_of_type(definition: &str) -> usize {
    let (mut depth, mut quote) = (0_i32, None);
    let mut starts_word = true;
    for (at, letter) in definition.char_indices() {
        match (quote, letter) {
            (Some(mark), _) if letter == mark => quote = None,
            (Some(_), _) => {}
            (None, '\'' | '`' | '"') => quote = Some(letter),
            (None, '(') => depth += 1,
            (None, ')') => depth -= 1,
            (None, _) if depth == 0 && starts_word => {
                let rest = &definition[at..];
                let ends = AFTER_TYPE.iter().any(|word| {
                    rest.strip_prefix(word)
                        .is_some_and(|behind| behind.is_empty() || behind.starts_with([' ', '(']))
                });
                if ends {
                    return at;
                }
            }
            _ => {}
        }
        starts_word = letter == ' ';
    }
    definition.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "CREATE TABLE `tasks` (
  `id` bigint(20) NOT NULL AUTO_INCREMENT,
  `name` varchar(200) COLLATE utf8mb4_bin NOT NULL DEFAULT 'NOT NULL, so',
  `kind` enum('a','DEFAULT b') DEFAULT NULL,
  `note` longtext DEFAULT NULL COMMENT 'NULL',
  `name_2` int(11) DEFAULT 0,
  PRIMARY KEY (`id`)
)";

    #[test]
    fn only_whether_it_may_be_null_changes() {
        let change = |name, is_nullable| with_nullability(TABLE, name, is_nullable);
        let expected = |text: &str| Some(text.to_owned());
        assert_eq!(
            change("`name`", true),
            expected("varchar(200) COLLATE utf8mb4_bin NULL DEFAULT 'NOT NULL, so'")
        );
        assert_eq!(
            change("`kind`", false),
            expected("enum('a','DEFAULT b') NOT NULL")
        );
        assert_eq!(
            change("`note`", false),
            expected("longtext NOT NULL COMMENT 'NULL'")
        );
        assert_eq!(
            change("`note`", true),
            expected("longtext NULL DEFAULT NULL COMMENT 'NULL'")
        );
        assert_eq!(
            change("`name_2`", false),
            expected("int(11) NOT NULL DEFAULT 0")
        );
        assert_eq!(
            change("`id`", false),
            expected("bigint(20) NOT NULL AUTO_INCREMENT")
        );
        assert_eq!(change("`nam`", true), None);
    }
}
