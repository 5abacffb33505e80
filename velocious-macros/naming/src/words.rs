//! The nouns that English spells by heart. All are lower case; a noun missing here follows the rules of `inflection`.

/// The same in both numbers.
pub(crate) const UNCOUNTABLE: &[&str] = &[
    "advice",
    "aircraft",
    "aws",
    "bison",
    "chassis",
    "chess",
    "clothing",
    "corps",
    "cosmos",
    "deer",
    "dns",
    "equipment",
    "feedback",
    "fish",
    "furniture",
    "gps",
    "hardware",
    "headquarters",
    "homework",
    "information",
    "ios",
    "jeans",
    "knowledge",
    "kudos",
    "logistics",
    "luggage",
    "mathematics",
    "means",
    "metadata",
    "money",
    "moose",
    "music",
    "news",
    "offspring",
    "pants",
    "physics",
    "police",
    "politics",
    "rice",
    "salmon",
    "scissors",
    "series",
    "sheep",
    "shorts",
    "shrimp",
    "sms",
    "software",
    "spacecraft",
    "species",
    "tennis",
    "trout",
    "wildlife",
];

/// Irregular as a whole word only: `box` is no `ox`, and a `blouse` no `louse`.
pub(crate) const IRREGULAR: &[(&str, &str)] = &[
    ("addendum", "addenda"),
    ("alumnus", "alumni"),
    ("appendix", "appendices"),
    ("axis", "axes"),
    ("bacterium", "bacteria"),
    ("base", "bases"), // before `basis`, so that this is what `bases` is the plural of
    ("basis", "bases"),
    ("buffalo", "buffaloes"),
    ("cactus", "cacti"),
    ("cargo", "cargoes"),
    ("codex", "codices"),
    ("corpus", "corpora"),
    ("criterion", "criteria"),
    ("curriculum", "curricula"),
    ("datum", "data"),
    ("domino", "dominoes"),
    ("echo", "echoes"),
    ("elf", "elves"),
    ("embargo", "embargoes"),
    ("erratum", "errata"),
    ("fez", "fezzes"),
    ("fungus", "fungi"),
    ("gas", "gases"),
    ("genus", "genera"),
    ("goose", "geese"),
    ("half", "halves"),
    ("hoof", "hooves"),
    ("life", "lives"),
    ("louse", "lice"),
    ("mango", "mangoes"),
    ("medium", "media"),
    ("memorandum", "memoranda"),
    ("millennium", "millennia"),
    ("mosquito", "mosquitoes"),
    ("nucleus", "nuclei"),
    ("ox", "oxen"),
    ("phenomenon", "phenomena"),
    ("potato", "potatoes"),
    ("radius", "radii"),
    ("stimulus", "stimuli"),
    ("stratum", "strata"),
    ("symposium", "symposia"),
    ("tomato", "tomatoes"),
    ("tornado", "tornadoes"),
    ("torpedo", "torpedoes"),
    ("veto", "vetoes"),
    ("volcano", "volcanoes"),
    ("vortex", "vortices"),
];

/// Irregular also at the end of a compound: `grandchild`, `bookshelf`, `superhero`, `cryptanalysis`.
pub(crate) const COMPOUND_IRREGULAR: &[(&str, &str)] = &[
    ("person", "people"),
    ("child", "children"),
    ("man", "men"),
    ("foot", "feet"),
    ("tooth", "teeth"),
    ("mouse", "mice"),
    ("quiz", "quizzes"),
    ("hero", "heroes"),
    ("matrix", "matrices"),
    ("vertex", "vertices"),
    ("index", "indices"),
    ("calf", "calves"),
    ("dwarf", "dwarves"),
    ("knife", "knives"),
    ("leaf", "leaves"),
    ("loaf", "loaves"),
    ("scarf", "scarves"),
    ("self", "selves"),
    ("sheaf", "sheaves"),
    ("shelf", "shelves"),
    ("thief", "thieves"),
    ("wharf", "wharves"),
    ("wife", "wives"),
    ("wolf", "wolves"),
    ("analysis", "analyses"),
    ("catharsis", "catharses"),
    ("crisis", "crises"),
    ("dialysis", "dialyses"),
    ("ellipsis", "ellipses"),
    ("emphasis", "emphases"),
    ("gnosis", "gnoses"),
    ("nemesis", "nemeses"),
    ("neurosis", "neuroses"),
    ("oasis", "oases"),
    ("paralysis", "paralyses"),
    ("psychosis", "psychoses"),
    ("synopsis", "synopses"),
    ("thesis", "theses"),
];

/// In `-man`, but regular.
pub(crate) const REGULAR_MAN_NOUNS: &[&str] = &[
    "caiman", "german", "human", "norman", "ottoman", "roman", "shaman", "talisman",
];

/// In `-men`, but singular.
pub(crate) const MEN_NOUNS: &[&str] =
    &["abdomen", "acumen", "omen", "regimen", "specimen", "stamen"];

/// Singular nouns in `-s` that neither `-ss`, `-us` nor `-is` gives away.
pub(crate) const S_NOUNS: &[&str] = &[
    "alias",
    "atlas",
    "bias",
    "canvas",
    "chaos",
    "ethos",
    "gas",
    "iris",
    "lens",
    "pancreas",
    "pelvis",
    "rhinoceros",
    "thermos",
    "trellis",
];

/// Nouns in `-u`, whose plural looks like a `status`.
pub(crate) const U_NOUNS: &[&str] = &[
    "cpu", "emu", "gnu", "gpu", "guru", "haiku", "menu", "sku", "submenu", "tutu",
];

/// Nouns in `-i`, whose plural looks like an `analysis`.
pub(crate) const I_NOUNS: &[&str] = &[
    "alibi", "api", "bikini", "cgi", "emoji", "gui", "kiwi", "kpi", "poi", "safari", "ski", "taxi",
    "ui", "uri", "wiki", "yeti",
];

/// Nouns in `-ie`, whose plural looks like a `category`'s.
pub(crate) const IE_NOUNS: &[&str] = &[
    "auntie",
    "birdie",
    "brownie",
    "calorie",
    "collie",
    "cookie",
    "cutie",
    "foodie",
    "freebie",
    "genie",
    "goalie",
    "hippie",
    "hoodie",
    "indie",
    "junkie",
    "magpie",
    "menagerie",
    "movie",
    "necktie",
    "newbie",
    "pixie",
    "prairie",
    "reverie",
    "rookie",
    "selfie",
    "smoothie",
    "sortie",
    "zombie",
];

/// Nouns in `-use` (beyond `-ouse` and `-ause`), whose plural looks like a `status`'s.
pub(crate) const USE_NOUNS: &[&str] = &[
    "abuse",
    "excuse",
    "fuse",
    "hypotenuse",
    "misuse",
    "muse",
    "recluse",
    "refuse",
    "reuse",
    "ruse",
    "use",
];

/// Nouns in `-che`, whose plural looks like a `match`'s.
pub(crate) const CHE_NOUNS: &[&str] = &[
    "ache",
    "avalanche",
    "brioche",
    "cache",
    "cliche",
    "creche",
    "headache",
    "moustache",
    "mustache",
    "niche",
    "pastiche",
    "psyche",
    "quiche",
    "toothache",
];

/// Nouns in `-ch` that sound like a `k` and take a plain `s`.
pub(crate) const HARD_CH_NOUNS: &[&str] = &[
    "eunuch",
    "epoch",
    "matriarch",
    "monarch",
    "patriarch",
    "stomach",
    "tech",
];

/// Nouns in a single `-z` that take `es`.
pub(crate) const Z_NOUNS: &[&str] = &["topaz", "waltz"];
