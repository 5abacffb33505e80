//! Expanded lines are paid for at each build of the application, so they have a budget.

use super::{Case, pretty};

#[test]
fn a_model_costs_at_most_100_lines_and_20_a_field() {
    for case in Case::all("model") {
        let item: syn::ItemStruct = syn::parse_str(&case.source).expect("a struct");
        let fields = item.fields.len();
        let (lines, budget) = (
            lines(&case),
            100 + 20 * fields + texts(&item) + password(&case),
        );
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

#[test]
fn an_action_costs_at_most_40_lines() {
    for case in Case::all("controller") {
        let block: syn::ItemImpl = syn::parse_str(&case.source).expect("an impl block");
        let public = |item: &&syn::ImplItem| matches!(item, syn::ImplItem::Fn(function) if matches!(function.vis, syn::Visibility::Public(_)));
        let actions = block.items.iter().filter(public).count();
        let written = prettyplease::unparse(&syn::parse_str(&case.source).expect("an item"));
        // What the user wrote is passed on; the controller itself may cost as much as an action.
        let lines = lines(&case).saturating_sub(written.lines().count());
        let budget = 40 * (actions + 1);
        println!(
            "{}: {lines} lines for {actions} actions, at most {budget}",
            case.name
        );
        assert!(
            lines <= budget,
            "{}: {lines} lines, at most {budget}",
            case.name
        );
    }
}

/// What translated attributes may cost: 155 lines for the model of their table, and for each 70 and 30 a language.
fn texts(model: &syn::ItemStruct) -> usize {
    let attributes = model.attrs.iter().map(|attribute| attribute.meta.clone());
    let lists = attributes.filter_map(|meta| meta.require_list().ok().cloned());
    let mut options = lists.map(|list| list.tokens.to_string());
    let Some(options) = options.find(|it| it.starts_with("translates")) else {
        return 0;
    };
    let (names, languages) = options.split_once("locales").expect("languages");
    let attributes = names.matches(',').count();
    let languages = languages
        .split(')')
        .next()
        .map_or(0, |list| list.matches(',').count() + 1);
    155 + attributes * (70 + 30 * languages)
}

/// What a password may cost beside its field.
fn password(case: &Case) -> usize {
    20 * usize::from(case.source.contains("#[model(password"))
}

fn lines(case: &Case) -> usize {
    pretty(case.expansion()).lines().count()
}
