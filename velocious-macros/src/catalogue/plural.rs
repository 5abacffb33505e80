//! The header `Plural-Forms` of a catalogue: which form of a message goes with a number, as an expression of C.
//!
//! * [`Rule`]: the header; [`Choice`]: the expression in it.

use std::iter::Peekable;
use std::str::Chars;

/// How many forms there are, and which one goes with a number.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Rule {
    pub(crate) forms: u64,
    pub(crate) choice: Choice,
}

/// A part of the expression.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Choice {
    /// `n`
    Count,
    Number(u64),
    Not(Box<Choice>),
    /// Two of them, and the operator between by its name in `velocious::message::Plural`.
    Two(&'static str, Box<Choice>, Box<Choice>),
    /// `condition ? one : other`
    Choose(Box<Choice>, Box<Choice>, Box<Choice>),
}

/// How deep an expression may be.
const DEEPEST: usize = 40;

/// How many forms a language may have.
const MOST_FORMS: u64 = 16;

/// Operators by how tightly they bind, the loosest first; of those that begin alike, the longer first.
const OPERATORS: [&[(&str, &str)]; 6] = [
    &[("||", "Or")],
    &[("&&", "And")],
    &[("==", "Equal"), ("!=", "Unequal")],
    &[
        ("<=", "AtMost"),
        (">=", "AtLeast"),
        ("<", "Less"),
        (">", "More"),
    ],
    &[("+", "Sum"), ("-", "Difference")],
    &[("*", "Product"), ("/", "Quotient"), ("%", "Remainder")],
];

impl Default for Rule {
    /// As in English and German, which is what a catalogue goes by that does not say.
    fn default() -> Self {
        Rule {
            forms: 2,
            choice: Choice::Two(
                "Unequal",
                Box::new(Choice::Count),
                Box::new(Choice::Number(1)),
            ),
        }
    }
}

impl Rule {
    /// Reads `nplurals=2; plural=(n != 1);`.
    pub(crate) fn parse(header: &str) -> Result<Self, String> {
        let (mut forms, mut choice) = (None, None);
        for part in header.split(';').filter(|part| !part.trim().is_empty()) {
            match part.split_once('=') {
                Some((name, value)) if name.trim() == "nplurals" => {
                    let number = value.trim().parse().ok();
                    let number = number.filter(|number| (1..=MOST_FORMS).contains(number));
                    forms = Some(number.ok_or_else(|| {
                        format!("`nplurals` has to be a number from 1 to {MOST_FORMS}")
                    })?);
                }
                Some((name, value)) if name.trim() == "plural" => {
                    choice = Some(Choice::parse(value)?);
                }
                _ => return Err(format!("`{}` says nothing about plurals", part.trim())),
            }
        }
        let (Some(forms), Some(choice)) = (forms, choice) else {
            return Err("write both, as in `nplurals=2; plural=(n != 1);`".into());
        };
        for count in (0..=1000).chain([100_000, 1_000_000, u64::MAX]) {
            let form = choice.of(count);
            if form >= forms {
                return Err(format!(
                    "for n = {count} it chooses form {form}, and `nplurals={forms}` has none of that number"
                ));
            }
        }
        Ok(Rule { forms, choice })
    }
}

impl Choice {
    fn parse(text: &str) -> Result<Self, String> {
        let mut reader = Reader {
            letters: text.chars().peekable(),
            depth: 0,
        };
        let choice = reader.choice()?;
        match reader.peek() {
            None => Ok(choice),
            Some(letter) => Err(format!("`{letter}` is not expected there")),
        }
    }

    /// What it is for a number.
    pub(crate) fn of(&self, count: u64) -> u64 {
        match self {
            Choice::Count => count,
            Choice::Number(number) => *number,
            Choice::Not(of) => u64::from(of.of(count) == 0),
            Choice::Choose(condition, one, other) => match condition.of(count) {
                0 => other.of(count),
                _ => one.of(count),
            },
            Choice::Two(operator, one, other) => {
                let (one, other) = (one.of(count), other.of(count));
                match *operator {
                    "Or" => u64::from(one != 0 || other != 0),
                    "And" => u64::from(one != 0 && other != 0),
                    "Equal" => u64::from(one == other),
                    "Unequal" => u64::from(one != other),
                    "AtMost" => u64::from(one <= other),
                    "AtLeast" => u64::from(one >= other),
                    "Less" => u64::from(one < other),
                    "More" => u64::from(one > other),
                    "Sum" => one.wrapping_add(other),
                    "Difference" => one.wrapping_sub(other),
                    "Product" => one.wrapping_mul(other),
                    "Quotient" => one.checked_div(other).unwrap_or(0),
                    _ => one.checked_rem(other).unwrap_or(0),
                }
            }
        }
    }
}

struct Reader<'a> {
    letters: Peekable<Chars<'a>>,
    depth: usize,
}

impl Reader<'_> {
    fn peek(&mut self) -> Option<char> {
        while self
            .letters
            .next_if(|letter| letter.is_whitespace())
            .is_some()
        {}
        self.letters.peek().copied()
    }

    fn take(&mut self, sign: char) -> Result<(), String> {
        match self.peek() {
            Some(found) if found == sign => {
                self.letters.next();
                Ok(())
            }
            Some(found) => Err(format!("`{sign}` is wanted, not `{found}`")),
            None => Err(format!("`{sign}` is wanted at its end")),
        }
    }

    fn choice(&mut self) -> Result<Choice, String> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err("the expression is too deep".into());
        }
        let condition = self.operation(0)?;
        let choice = match self.peek() {
            Some('?') => {
                self.take('?')?;
                let one = self.choice()?;
                self.take(':')?;
                let other = self.choice()?;
                Choice::Choose(Box::new(condition), Box::new(one), Box::new(other))
            }
            _ => condition,
        };
        self.depth -= 1;
        Ok(choice)
    }

    /// What operators that bind as tightly as this, or tighter, hold together.
    fn operation(&mut self, tightness: usize) -> Result<Choice, String> {
        let Some(operators) = OPERATORS.get(tightness) else {
            return self.operand();
        };
        let mut one = self.operation(tightness + 1)?;
        while let Some(name) = self.operator(operators) {
            let other = self.operation(tightness + 1)?;
            one = Choice::Two(name, Box::new(one), Box::new(other));
        }
        Ok(one)
    }

    fn operator(&mut self, operators: &[(&str, &'static str)]) -> Option<&'static str> {
        self.peek()?;
        for (sign, name) in operators {
            let mut ahead = self.letters.clone();
            if sign.chars().all(|letter| ahead.next() == Some(letter)) {
                self.letters = ahead;
                return Some(name);
            }
        }
        None
    }

    fn operand(&mut self) -> Result<Choice, String> {
        match self.peek() {
            Some('n') => {
                self.letters.next();
                Ok(Choice::Count)
            }
            Some('!') => {
                self.letters.next();
                self.depth += 1;
                if self.depth > DEEPEST {
                    return Err("the expression is too deep".into());
                }
                let of = self.operand()?;
                self.depth -= 1;
                Ok(Choice::Not(Box::new(of)))
            }
            Some('(') => {
                self.letters.next();
                let inside = self.choice()?;
                self.take(')')?;
                Ok(inside)
            }
            Some('0'..='9') => {
                let mut number = String::new();
                while let Some(digit) = self.letters.next_if(char::is_ascii_digit) {
                    number.push(digit);
                }
                let number = number.parse();
                number
                    .map(Choice::Number)
                    .map_err(|_| "a number is too large".into())
            }
            Some(other) => Err(format!("`n` or a number is wanted, not `{other}`")),
            None => Err("it ends too early".into()),
        }
    }
}
