//! `create!` on every database.

use velocious::prelude::*;

use crate::databases::with_db;
use crate::models::{Account, Project};

#[test]
fn what_is_given_is_saved_and_the_rest_is_filled_in() {
    with_db(async |db| {
        let name = String::from("Acme");
        let acme = create!(&db, Account { name }).await?;
        assert!(acme.id > 0 && acme.is_persisted());
        let account_id = Some(acme.id);
        let alpha = create!(
            &db,
            Project {
                name: "Alpha".into(),
                account_id,
                archived: true
            }
        );
        let alpha = alpha.await?;
        let stored = Project::find(&db, alpha.id).await?;
        assert_eq!(stored.account_id, account_id);
        assert!(stored.archived && stored.created_at.timestamp() > 0);

        let taken = create!(
            &db,
            Account {
                name: "Acme".into()
            }
        )
        .await;
        assert!(taken.is_err(), "the name is taken");
        Ok(())
    });
}
