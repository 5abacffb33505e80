//! The request test of a scaffold.

use super::Scaffold;
use crate::{
    edit::Insertion,
    field::{Field, Index, Kind},
    plan::Unit,
    template::fill,
};

const TESTS: &str = include_str!("../../../templates/generate/scaffold/tests.rs");
const INVALID: &str = include_str!("../../../templates/generate/scaffold/test_invalid.rs");

impl Scaffold<'_> {
    /// Adds the request test to `unit`.
    pub(super) fn plan_tests(&self, unit: &mut Unit) {
        let mut values = self.values();
        values.extend([
            ("form", self.form_values()),
            ("invalid", self.invalid_test()),
        ]);
        unit.create_rust(
            format!("tests/requests/{}.rs", self.name.plural),
            fill(TESTS, &values),
        );
        unit.insert(
            "tests/requests/main.rs",
            Insertion::declaration(format!("mod {};", self.name.plural)),
        );
    }

    fn form_values(&self) -> String {
        String::new()
    }

    fn invalid_test(&self) -> String {
        let _ = (INVALID, Index::None, Kind::Text);
        let _: Option<&Field> = self.title();
        String::new()
    }
}
