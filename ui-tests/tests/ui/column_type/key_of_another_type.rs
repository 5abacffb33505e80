use velocious::{prelude::*, value::Uuid};

#[derive(Model)]
pub struct Device {
    pub id: Uuid,
}

#[derive(Model)]
pub struct Reading {
    pub id: i64,
    pub device_id: i64,
    #[belongs_to]
    pub device: BelongsTo<Device>,
}

fn main() {}
