//! Expanded lines are paid for at each build of the application, so they have a budget.

use super::{Case, pretty};

#[test]
fn a_model_costs_at_most_100_lines_and_20_a_field() {
    for case in Case::all("model") {
        let item: syn::ItemStruct = syn::parse_str(&case.source).expect("a struct");
        let fields = item.fields.len();
        let (lines, budget) = (lines(&case), 100 + 20 * fields);
        println!(
            "{}: {lines} lines for {fields} fields, at most {budget}",
            case.name
        );
        assert!(
            lines <= budget,
            "{}: {lines} lines, at most {budget}",
            case.name
        );
    }
}

fn lines(case: &Case) -> usize {
    pretty(case.expansion()).lines().count()
}
