t!("One task", "%{n} tasks", n = tasks.len())
