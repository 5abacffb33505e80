#[derive(ModelEnum, Clone, Copy)]
pub enum Status {
    Open,
    InProgress,
    #[model_enum(value = "finished")]
    Done,
}
