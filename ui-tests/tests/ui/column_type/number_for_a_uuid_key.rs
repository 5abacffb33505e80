use velocious::{prelude::*, value::Uuid};

#[derive(Model)]
pub struct Device {
    pub id: Id<Device, Uuid>,
}

async fn device(db: &Db) -> Result<Device> {
    Device::find(db, Id::new(1)).await
}

fn main() {}
