//! What is on a page, by CSS selector.

use std::fmt::{self, Write};
use std::rc::Rc;

use scraper::{ElementRef, Html, Selector};

use super::TestResponse;

/// How many elements a failure shows.
const SHOWN: usize = 20;

impl TestResponse {
    /// The elements of the page that a CSS selector finds, in the order of the page; there may be none.
    ///
    /// A name with brackets stands in quotes: `input[name='task[name]']`.
    ///
    /// # Panics
    /// When the selector is malformed.
    #[track_caller]
    pub fn select(&self, selector: &str) -> Elements {
        let page = Rc::new(Page {
            html: Html::parse_document(&self.text()),
            request: self.request().to_owned(),
            summary: self.summary(),
        });
        let found = places(page.html.select(&parsed(selector)));
        Elements {
            page,
            selector: selector.to_owned(),
            found,
        }
    }

    /// Fails the test unless a CSS selector finds something, and answers what it finds.
    ///
    /// ```
    /// # use velocious::__private::{Action, Filters, Method, Route, action};
    /// # use velocious::view::{PreEscaped, html};
    /// # use velocious::testing::TestApp;
    /// # use velocious::{Application, Context, Response, Result, RouteTable};
    /// # fn new() -> Action {
    /// #     async fn new(ctx: Context) -> Result<Response> {
    /// #         ctx.render(html! {
    /// #             h1 { "New task" }
    /// #             form action="/tasks" { input name="task[name]" value="Sweep"; button { "Save" } button { "Cancel" } }
    /// #         })
    /// #     }
    /// #     action("TasksController", "new", Filters::NONE, new)
    /// # }
    /// # let route = Route::new(Method::GET, "/tasks/new", "new_task", new);
    /// # let application = Application::new("shop", "1.0.0", "/nowhere").routes(RouteTable::new(vec![route]));
    /// # TestApp::run(application, async |app| {
    /// let page = app.get("/tasks/new").await;
    /// page.assert_select("h1").assert_text("New task");
    /// page.assert_select("form input[name='task[name]']").assert_attribute("value", "Sweep");
    /// page.assert_select("form button").assert_count(2);
    /// page.assert_no_select("p.error");
    /// assert_eq!(page.select("button").texts(), ["Save", "Cancel"]);
    /// # });
    /// ```
    ///
    /// # Panics
    /// When nothing is found, saying what the page has instead; when the selector is malformed.
    #[track_caller]
    pub fn assert_select(&self, selector: &str) -> Elements {
        let elements = self.select(selector);
        assert!(
            !elements.is_empty(),
            "expected an element `{selector}`, but {}",
            elements.instead()
        );
        elements
    }

    /// Fails the test if a CSS selector finds something.
    ///
    /// # Panics
    /// When something is found; when the selector is malformed.
    #[track_caller]
    pub fn assert_no_select(&self, selector: &str) -> &Self {
        let elements = self.select(selector);
        assert!(
            elements.is_empty(),
            "did not expect an element `{selector}`, but {} has:{elements}",
            self.request()
        );
        self
    }
}

/// What a selector has found on a page. Assertions can be chained.
#[derive(Clone)]
pub struct Elements {
    page: Rc<Page>,
    selector: String,
    /// Where the elements are: the index of each among all elements of the page.
    found: Vec<Place>,
}

struct Page {
    html: Html,
    request: String,
    summary: String,
}

type Place = usize;

impl Elements {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.found.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// The text of each, with single spaces between the words.
    pub fn texts(&self) -> Vec<String> {
        self.elements().map(text).collect()
    }

    /// The value of an attribute of each that has it.
    pub fn attributes(&self, name: &str) -> Vec<String> {
        let values = self.elements().filter_map(|element| element.attr(name));
        values.map(str::to_owned).collect()
    }

    /// The text of the first; empty when there is none.
    pub fn text(&self) -> String {
        self.elements().next().map(text).unwrap_or_default()
    }

    /// The value of an attribute of the first, if it has it.
    pub fn attribute(&self, name: &str) -> Option<String> {
        let element = self.elements().next()?;
        element.attr(name).map(str::to_owned)
    }

    /// What another selector finds inside of these.
    ///
    /// # Panics
    /// When the selector is malformed.
    #[track_caller]
    pub fn select(&self, selector: &str) -> Elements {
        let inner = parsed(selector);
        let found = self.elements().flat_map(|element| element.select(&inner));
        let mut found = places(found);
        found.sort_unstable();
        found.dedup();
        Elements {
            page: self.page.clone(),
            selector: format!("{} {selector}", self.selector),
            found,
        }
    }

    /// Fails the test unless there are so many.
    #[track_caller]
    pub fn assert_count(&self, count: usize) -> &Self {
        let found = self.len();
        assert!(
            found == count,
            "expected {count} × `{}`, but {} has {found}:{self}",
            self.selector,
            self.page.request
        );
        self
    }

    /// Fails the test unless one of them has `part` in its text.
    #[track_caller]
    pub fn assert_text(&self, part: &str) -> &Self {
        assert!(
            self.texts().iter().any(|text| text.contains(part)),
            "expected `{}` with the text {part:?}, but {} has:{self}",
            self.selector,
            self.page.request
        );
        self
    }

    /// Fails the test unless one of them has an attribute with this value.
    #[track_caller]
    pub fn assert_attribute(&self, name: &str, value: &str) -> &Self {
        assert!(
            self.attributes(name).iter().any(|found| found == value),
            "expected `{}` with {name}={value:?}, but {} has:{self}",
            self.selector,
            self.page.request
        );
        self
    }

    fn elements(&self) -> impl Iterator<Item = ElementRef<'_>> {
        let nodes = self.page.html.tree.nodes();
        let all: Vec<_> = nodes.filter_map(ElementRef::wrap).collect();
        let found = self.found.iter();
        found.filter_map(move |place| all.get(*place).copied())
    }

    /// What the page has in the place of an element that is not there: elements of the same name, or everything.
    fn instead(&self) -> String {
        let name = last_name(&self.selector);
        let alike = Selector::parse(name).ok().filter(|_| !name.is_empty());
        let alike = alike.map(|alike| Elements {
            page: self.page.clone(),
            selector: name.to_owned(),
            found: places(self.page.html.select(&alike)),
        });
        match alike {
            Some(alike) if !alike.is_empty() => {
                format!("{} has these `{name}`:{alike}", self.page.request)
            }
            _ => self.page.summary.clone(),
        }
    }
}

/// Each on a line: its tag and its text.
impl fmt::Display for Elements {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_empty() {
            return f.write_str(" none");
        }
        for element in self.elements().take(SHOWN) {
            write!(f, "\n  {}", tag(element))?;
            let text = text(element);
            if !text.is_empty() {
                write!(f, " {text}")?;
            }
        }
        match self.len().checked_sub(SHOWN) {
            Some(more) if more > 0 => write!(f, "\n  and {more} more"),
            _ => Ok(()),
        }
    }
}

impl fmt::Debug for Elements {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Elements({}:{self})", self.selector)
    }
}

#[track_caller]
fn parsed(selector: &str) -> Selector {
    match Selector::parse(selector) {
        Ok(selector) => selector,
        Err(error) => panic!("`{selector}` is no CSS selector: {error}"),
    }
}

/// Where elements are among all elements of their page.
fn places<'a>(elements: impl Iterator<Item = ElementRef<'a>>) -> Vec<Place> {
    let place = |element: ElementRef<'_>| {
        let mut all = element.tree().nodes().filter_map(ElementRef::wrap);
        all.position(|other| other.id() == element.id())
    };
    elements.filter_map(place).collect()
}

/// The name of the element that a selector ends with; empty when it names none.
fn last_name(selector: &str) -> &str {
    let mut depth = 0_usize;
    let start = selector.char_indices().filter(|(_, letter)| {
        match letter {
            '[' | '(' => depth += 1,
            ']' | ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0 && matches!(letter, ' ' | '>' | '+' | '~' | ',')
    });
    let last = start.last().map_or(selector, |(at, _)| &selector[at + 1..]);
    let end = last.find(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '-'));
    &last[..end.unwrap_or(last.len())]
}

fn text(element: ElementRef<'_>) -> String {
    let text: String = element.text().collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The start tag, as somebody would write it.
fn tag(element: ElementRef<'_>) -> String {
    let mut tag = format!("<{}", element.value().name());
    for (name, value) in element.value().attrs() {
        // Writing to a `String` does not fail.
        let _ = write!(tag, " {name}=\"{value}\"");
    }
    tag.push('>');
    tag
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_selector_ends_with_the_name_of_an_element() {
        for (selector, name) in [
            ("input", "input"),
            ("form input[name='a b > c']", "input"),
            ("ul>li:nth-child(2 of p)", "li"),
            ("p.error", "p"),
            (".error", ""),
            ("table #x", ""),
        ] {
            assert_eq!(last_name(selector), name, "{selector}");
        }
    }
}
