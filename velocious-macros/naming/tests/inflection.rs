//! Plurals and singulars: every group of the tables, the spelling rules, compounds and capitals.

use velocious_naming::{pluralize, singularize};

/// Pairs that must hold in both directions, and stay as they are when already in the wanted number.
const PAIRS: &[(&str, &str)] = &[
    ("account", "accounts"),
    ("post", "posts"),
    ("task", "tasks"),
    ("user", "users"),
    ("image", "images"),
    ("page", "pages"),
    ("note", "notes"),
    ("type", "types"),
    ("node", "nodes"),
    // -y
    ("category", "categories"),
    ("city", "cities"),
    ("company", "companies"),
    ("country", "countries"),
    ("entry", "entries"),
    ("query", "queries"),
    ("soliloquy", "soliloquies"),
    ("day", "days"),
    ("key", "keys"),
    ("toy", "toys"),
    ("guy", "guys"),
    // -ie
    ("movie", "movies"),
    ("cookie", "cookies"),
    ("zombie", "zombies"),
    ("pie", "pies"),
    ("tie", "ties"),
    // -s, -x, -z, -ch, -sh
    ("address", "addresses"),
    ("class", "classes"),
    ("process", "processes"),
    ("business", "businesses"),
    ("status", "statuses"),
    ("bus", "buses"),
    ("campus", "campuses"),
    ("virus", "viruses"),
    ("bonus", "bonuses"),
    ("octopus", "octopuses"),
    ("alias", "aliases"),
    ("atlas", "atlases"),
    ("canvas", "canvases"),
    ("bias", "biases"),
    ("gas", "gases"),
    ("lens", "lenses"),
    ("iris", "irises"),
    ("trellis", "trellises"),
    ("box", "boxes"),
    ("fox", "foxes"),
    ("tax", "taxes"),
    ("prefix", "prefixes"),
    ("quiz", "quizzes"),
    ("waltz", "waltzes"),
    ("topaz", "topazes"),
    ("buzz", "buzzes"),
    ("branch", "branches"),
    ("match", "matches"),
    ("batch", "batches"),
    ("search", "searches"),
    ("coach", "coaches"),
    ("dish", "dishes"),
    ("wish", "wishes"),
    ("epoch", "epochs"),
    ("stomach", "stomachs"),
    ("tech", "techs"),
    // -se, -ze, -xe, -che, -oe, -ve keep their e
    ("case", "cases"),
    ("phase", "phases"),
    ("database", "databases"),
    ("response", "responses"),
    ("license", "licenses"),
    ("expense", "expenses"),
    ("course", "courses"),
    ("house", "houses"),
    ("warehouse", "warehouses"),
    ("clause", "clauses"),
    ("cause", "causes"),
    ("use", "uses"),
    ("excuse", "excuses"),
    ("release", "releases"),
    ("exercise", "exercises"),
    ("rose", "roses"),
    ("nose", "noses"),
    ("size", "sizes"),
    ("prize", "prizes"),
    ("cache", "caches"),
    ("headache", "headaches"),
    ("niche", "niches"),
    ("shoe", "shoes"),
    ("canoe", "canoes"),
    ("move", "moves"),
    ("drive", "drives"),
    ("archive", "archives"),
    ("wave", "waves"),
    ("glove", "gloves"),
    // -o
    ("photo", "photos"),
    ("video", "videos"),
    ("todo", "todos"),
    ("memo", "memos"),
    ("radio", "radios"),
    ("logo", "logos"),
    ("repo", "repos"),
    ("potato", "potatoes"),
    ("tomato", "tomatoes"),
    ("hero", "heroes"),
    ("superhero", "superheroes"),
    ("echo", "echoes"),
    // -f
    ("shelf", "shelves"),
    ("bookshelf", "bookshelves"),
    ("leaf", "leaves"),
    ("wolf", "wolves"),
    ("knife", "knives"),
    ("life", "lives"),
    ("half", "halves"),
    ("housewife", "housewives"),
    ("thief", "thieves"),
    ("elf", "elves"),
    ("roof", "roofs"),
    ("proof", "proofs"),
    ("chief", "chiefs"),
    ("brief", "briefs"),
    ("belief", "beliefs"),
    ("cafe", "cafes"),
    ("safe", "safes"),
    ("tariff", "tariffs"),
    // irregular
    ("person", "people"),
    ("salesperson", "salespeople"),
    ("child", "children"),
    ("grandchild", "grandchildren"),
    ("man", "men"),
    ("woman", "women"),
    ("foreman", "foremen"),
    ("human", "humans"),
    ("german", "germans"),
    ("specimen", "specimens"),
    ("foot", "feet"),
    ("tooth", "teeth"),
    ("goose", "geese"),
    ("mongoose", "mongooses"),
    ("mouse", "mice"),
    ("louse", "lice"),
    ("blouse", "blouses"),
    ("spouse", "spouses"),
    ("ox", "oxen"),
    ("datum", "data"),
    ("medium", "media"),
    ("stadium", "stadiums"),
    ("album", "albums"),
    ("forum", "forums"),
    ("museum", "museums"),
    ("curriculum", "curricula"),
    ("criterion", "criteria"),
    ("index", "indices"),
    ("matrix", "matrices"),
    ("vertex", "vertices"),
    ("appendix", "appendices"),
    ("axis", "axes"),
    ("analysis", "analyses"),
    ("cryptanalysis", "cryptanalyses"),
    ("crisis", "crises"),
    ("thesis", "theses"),
    ("hypothesis", "hypotheses"),
    ("diagnosis", "diagnoses"),
    ("synopsis", "synopses"),
    ("radius", "radii"),
    ("cactus", "cacti"),
    ("genus", "genera"),
    // plurals that look like singulars
    ("menu", "menus"),
    ("cpu", "cpus"),
    ("guru", "gurus"),
    ("api", "apis"),
    ("wiki", "wikis"),
    ("taxi", "taxis"),
    ("area", "areas"),
    ("schema", "schemas"),
    ("idea", "ideas"),
    ("quota", "quotas"),
    // uncountable
    ("series", "series"),
    ("news", "news"),
    ("species", "species"),
    ("equipment", "equipment"),
    ("information", "information"),
    ("sheep", "sheep"),
    ("fish", "fish"),
    ("money", "money"),
    ("metadata", "metadata"),
    ("feedback", "feedback"),
    ("software", "software"),
    // one letter and nothing
    ("a", "as"),
    ("", ""),
];

#[test]
fn singulars_become_plurals() {
    for (singular, plural) in PAIRS.iter().copied() {
        assert_eq!(pluralize(singular), plural, "plural of `{singular}`");
    }
}

#[test]
fn plurals_become_singulars() {
    for (singular, plural) in PAIRS.iter().copied() {
        assert_eq!(singularize(plural), singular, "singular of `{plural}`");
    }
}

#[test]
fn plurals_stay_plural() {
    for (_, plural) in PAIRS.iter().copied() {
        assert_eq!(pluralize(plural), plural);
    }
}

#[test]
fn singulars_stay_singular() {
    for (singular, _) in PAIRS.iter().copied() {
        assert_eq!(singularize(singular), singular);
    }
}

/// `bases` is the plural of `base` and of `basis`; programs have far more of the former.
#[test]
fn bases_are_the_plural_of_base() {
    assert_eq!(pluralize("base"), "bases");
    assert_eq!(pluralize("basis"), "bases");
    assert_eq!(singularize("bases"), "base");
    assert_eq!(singularize("knowledge_bases"), "knowledge_base");
}

#[test]
fn only_the_last_word_of_a_name_changes() {
    for (singular, plural) in [
        ("blog_post", "blog_posts"),
        ("blog-post", "blog-posts"),
        ("blog post", "blog posts"),
        ("admin/post", "admin/posts"),
        ("sales_person", "sales_people"),
        ("news_category", "news_categories"),
        ("order_status", "order_statuses"),
        ("user_news", "user_news"),
    ] {
        assert_eq!(pluralize(singular), plural);
        assert_eq!(singularize(plural), singular);
    }
}

#[test]
fn capitals_are_kept() {
    for (singular, plural) in [
        ("Post", "Posts"),
        ("BlogPost", "BlogPosts"),
        ("Person", "People"),
        ("SalesPerson", "SalesPeople"),
        ("Category", "Categories"),
        ("OrderStatus", "OrderStatuses"),
        ("Foot", "Feet"),
        ("URL", "URLs"),
        ("Level2Cache", "Level2Caches"),
    ] {
        assert_eq!(pluralize(singular), plural);
        assert_eq!(singularize(plural), singular);
    }
}

#[test]
fn letters_beyond_ascii_do_no_harm() {
    assert_eq!(pluralize("størrelse"), "størrelses");
    assert_eq!(singularize("cafés"), "café");
    assert_eq!(pluralize("ø"), "øs");
    assert_eq!(singularize("øs"), "ø");
}
