#[derive(ModelEnum, Clone, Copy)]
#[model_enum(integer, serde = false)]
enum Priority {
    Low = -1,
    Normal,
    #[model_enum(value = 10)]
    High,
}
