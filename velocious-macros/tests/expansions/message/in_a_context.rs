t!(context = "menu", "Open")
