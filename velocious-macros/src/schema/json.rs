//! As much of JSON as `db/schema.json` needs, so that compiling a model waits for no crate that reads all of it.

/// A value; numbers and lists are read and forgotten.
#[derive(Debug, PartialEq)]
pub(super) enum Json {
    Object(Vec<(String, Json)>),
    Text(String),
    True,
    Other,
}

impl Json {
    pub(super) fn into_members(self) -> Result<Vec<(String, Json)>, String> {
        match self {
            Json::Object(members) => Ok(members),
            _ => Err("an object is wanted".into()),
        }
    }

    pub(super) fn member(&self, name: &str) -> Option<&Json> {
        match self {
            Json::Object(members) => {
                let mut members = members.iter();
                members
                    .find(|(known, _)| known == name)
                    .map(|(_, value)| value)
            }
            _ => None,
        }
    }

    /// Whether a member is `true`.
    pub(super) fn is_set(&self, name: &str) -> bool {
        self.member(name) == Some(&Json::True)
    }
}

/// Reads a text that is one value.
pub(super) fn parse(text: &str) -> Result<Json, String> {
    let mut reader = Reader(text);
    let value = reader.value(0)?;
    match reader.peek() {
        None => Ok(value),
        Some(_) => Err("something follows its end".into()),
    }
}

/// What is left of the text.
struct Reader<'a>(&'a str);

/// How deep objects and lists may stand in each other.
const DEEPEST: usize = 64;

impl Reader<'_> {
    /// The next sign that is no white space.
    fn peek(&mut self) -> Option<char> {
        self.0 = self.0.trim_start();
        self.0.chars().next()
    }

    fn take(&mut self, sign: char) -> Result<(), String> {
        match self.peek() {
            Some(found) if found == sign => {
                self.0 = &self.0[sign.len_utf8()..];
                Ok(())
            }
            Some(found) => Err(format!("`{sign}` is wanted, not `{found}`")),
            None => Err("it ends too early".into()),
        }
    }

    fn value(&mut self, depth: usize) -> Result<Json, String> {
        if depth > DEEPEST {
            return Err("it is too deep".into());
        }
        match self.peek() {
            None => Err("it ends too early".into()),
            Some('{') => self.object(depth),
            Some('[') => {
                self.list(('[', ']'), |reader| reader.value(depth + 1))?;
                Ok(Json::Other)
            }
            Some('"') => self.text().map(Json::Text),
            Some(_) => self.word(),
        }
    }

    fn object(&mut self, depth: usize) -> Result<Json, String> {
        let members = self.list(('{', '}'), |reader| {
            let name = reader.text()?;
            reader.take(':')?;
            Ok((name, reader.value(depth + 1)?))
        })?;
        Ok(Json::Object(members))
    }

    /// Items between brackets, separated by commas.
    fn list<T>(
        &mut self,
        (open, close): (char, char),
        mut item: impl FnMut(&mut Self) -> Result<T, String>,
    ) -> Result<Vec<T>, String> {
        self.take(open)?;
        let mut items = Vec::new();
        if self.peek() != Some(close) {
            items.push(item(self)?);
            while self.peek() == Some(',') {
                self.take(',')?;
                items.push(item(self)?);
            }
        }
        self.take(close)?;
        Ok(items)
    }

    fn text(&mut self) -> Result<String, String> {
        self.take('"')?;
        let mut text = String::new();
        let mut letters = self.0.char_indices();
        while let Some((at, letter)) = letters.next() {
            match letter {
                '"' => {
                    self.0 = &self.0[at + 1..];
                    return Ok(text);
                }
                '\\' => match letters.next() {
                    Some((_, 'n')) => text.push('\n'),
                    Some((_, 't')) => text.push('\t'),
                    Some((_, 'u')) => {
                        let digits: String =
                            letters.by_ref().take(4).map(|(_, digit)| digit).collect();
                        let letter = u32::from_str_radix(&digits, 16).ok();
                        text.push(letter.and_then(char::from_u32).unwrap_or('\u{fffd}'));
                    }
                    Some((_, other)) => text.push(other),
                    None => break,
                },
                other => text.push(other),
            }
        }
        Err("it ends too early".into())
    }

    /// `true`, `false`, `null` or a number.
    fn word(&mut self) -> Result<Json, String> {
        let is_of_word =
            |letter: char| letter.is_alphanumeric() || matches!(letter, '.' | '-' | '+');
        let end = self.0.find(|letter| !is_of_word(letter));
        let (word, rest) = self.0.split_at(end.unwrap_or(self.0.len()));
        self.0 = rest;
        match word {
            "" => Err(format!(
                "a value is wanted, not `{}`",
                rest.chars().next().unwrap_or(' ')
            )),
            "true" => Ok(Json::True),
            _ => Ok(Json::Other),
        }
    }
}
