use velocious::prelude::*;

pub struct {{pascal}};

#[migration(version = {{version}})]
impl Migration for {{pascal}} {
    async fn up(&self, schema: &mut Schema) -> Result<()> {
        {{up}}
    }

    async fn down(&self, schema: &mut Schema) -> Result<()> {
        {{down}}
    }
}
