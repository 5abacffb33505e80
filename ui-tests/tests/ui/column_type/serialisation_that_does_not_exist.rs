use velocious::prelude::*;

#[derive(Clone, Default, ModelEnum)]
#[model_enum(number)]
pub enum Priority {
    #[default]
    Low,
    High,
}

fn main() {}
