t!("Hello %{user_name}", user_name = user.name())
