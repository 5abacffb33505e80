use velocious::prelude::*;
{{views}}

pub struct {{Controller}};

#[controller]
impl {{Controller}} {{actions}}
