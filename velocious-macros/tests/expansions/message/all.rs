messages!()
