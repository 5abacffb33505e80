use velocious::prelude::*;

#[derive(Model)]
pub struct Alarm {
    pub id: i64,
    pub at: velocious::value::NaiveTime,
}

fn today() -> NaiveDate {
    Utc::now().date_naive()
}

fn main() {
    let _ = Alarm::filter(|alarm| alarm.at().lt(today()));
}
