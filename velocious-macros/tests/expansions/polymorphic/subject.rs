#[derive(Polymorphic)]
/// What people can comment on.
pub enum Subject {
    Task(Task),
    BlogPost(crate::blog::Post),
}
