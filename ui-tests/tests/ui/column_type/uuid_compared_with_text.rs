use velocious::{prelude::*, value::Uuid};

#[derive(Model)]
pub struct Device {
    pub id: Uuid,
}

fn main() {
    let _ = Device::filter(|device| device.id().eq("01890a5d-ac96-774b-bcce-b302099a8057"));
}
