//! Views: what the tags and the form builder render.

use chrono::NaiveDateTime;
use velocious::prelude::*;
use velocious::routing::RoutePath;
use velocious::view::{Field, Form, Markup, Render, form_for, html};

#[derive(Model)]
struct BlogPost {
    id: i64,
    #[validate(presence)]
    title: String,
    body: Option<String>,
    published: bool,
    rating: Option<f64>,
    author_id: Option<i64>,
    due_at: Option<NaiveDateTime>,
    record: RecordState,
}

fn post() -> BlogPost {
    BlogPost {
        title: "<b>".into(),
        body: Some("\nline".into()),
        published: true,
        author_id: Some(2),
        due_at: chrono::DateTime::from_timestamp(1_772_274_600, 0).map(|time| time.naive_utc()),
        ..BlogPost::new()
    }
}

/// The one field of a form.
fn rendered(field: impl Fn(&Form<'_, BlogPost>) -> Field) -> String {
    let html = form_for(&post(), RoutePath::raw("/posts"), |form| {
        field(form).render()
    })
    .into_string();
    let html = html.strip_prefix(r#"<form action="/posts" method="post">"#);
    html.and_then(|html| html.strip_suffix("</form>"))
        .expect("a form")
        .to_owned()
}

#[test]
fn fields_hold_the_values_of_the_record() {
    assert_eq!(
        rendered(|form| form.text_field(|post| post.title())),
        r#"<div class="field"><label for="blog_post_title">Title</label><input id="blog_post_title" name="blog_post[title]" type="text" value="&lt;b&gt;"></div>"#
    );
    assert!(rendered(|form| form.text_area(|post| post.body())).contains(">\n\nline</textarea>"));
    assert!(
        rendered(|form| form.datetime_field(|post| post.due_at()))
            .contains(r#"value="2026-02-28T10:30""#)
    );
    assert!(
        rendered(|form| form.number_field(|post| post.rating()))
            .contains(r#"value="" step="any">"#)
    );
    assert!(!rendered(|form| form.password_field(|post| post.title())).contains("&lt;b&gt;"));
}

#[cfg(feature = "password")]
#[test]
fn a_password_is_asked_for_twice_and_never_shown() {
    use velocious::PasswordDigest;

    #[derive(Model)]
    struct User {
        id: i64,
        #[model(password)]
        encrypted_password: PasswordDigest,
        record: RecordState,
    }

    let mut user = User::new();
    user.set_password("sesame");
    let errors = user.record.errors_mut();
    errors.add("password_confirmation", "confirmation", "is another");
    let html = form_for(
        &user,
        RoutePath::raw("/users"),
        |form| html! { (form.password()) (form.password_confirmation()) },
    );
    let html = html.into_string();
    assert!(!html.contains("sesame"), "{html}");
    assert!(
        html.contains(r#"<input id="user_password" name="user[password]" type="password">"#),
        "{html}"
    );
    assert!(
        html.contains(r#"name="user[password_confirmation]" type="password" aria-invalid="true""#),
        "{html}"
    );
}

#[test]
fn an_unchecked_box_says_so() {
    assert_eq!(
        rendered(|form| form.check_box(|post| post.published()).label("Is public")),
        r#"<div class="field"><input type="hidden" name="blog_post[published]" value="0"><input id="blog_post_published" name="blog_post[published]" type="checkbox" value="1" checked="checked"><label for="blog_post_published">Is public</label></div>"#
    );
}

#[test]
fn a_selection_shows_what_is_chosen() {
    let html = rendered(|form| {
        form.select(|post| post.author_id(), [(1, "Ada"), (2, "Bo")])
            .prompt("Who?")
    });
    assert!(
        html.contains(r#"<label for="blog_post_author_id">Author</label>"#),
        "{html}"
    );
    assert!(html.contains(r#"<option value="">Who?</option><option value="1">Ada</option><option value="2" selected>Bo</option></select>"#), "{html}");
}

#[test]
fn errors_stand_beside_their_field_and_at_the_top() {
    let mut post = post();
    post.record
        .errors_mut()
        .add("title", "presence", "can't be blank");
    let html = form_for(&post, RoutePath::raw("/posts"), |form| {
        html! {
            (form.errors()) (form.text_field(|post| post.title())) (form.text_field(|post| post.body()))
        }
    });
    let html = html.into_string();
    assert!(html.starts_with(r#"<form action="/posts" method="post"><div class="error_messages" role="alert"><h2>1 error kept this blog post from being saved</h2><ul><li>Title can't be blank</li></ul></div>"#), "{html}");
    assert!(
        html.contains(r#"<div class="field field_with_errors"><label for="blog_post_title">"#),
        "{html}"
    );
    assert!(
        html.contains(r#"aria-describedby="blog_post_title_error""#),
        "{html}"
    );
    assert!(
        html.contains(r#"<p class="error" id="blog_post_title_error">can't be blank</p>"#),
        "{html}"
    );
    assert_eq!(html.matches("field_with_errors").count(), 1);
}

#[test]
fn a_stored_record_is_updated() {
    let mut post = post();
    post.record = RecordState::stored(Vec::new());
    let html = form_for(&post, RoutePath::raw("/posts/1"), |_| Markup::default()).into_string();
    assert_eq!(
        html,
        r#"<form action="/posts/1" method="post"><input type="hidden" name="_method" value="patch"></form>"#
    );
}
