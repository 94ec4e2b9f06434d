//! The difference between two versions of an API, for reading: by resource and method, each member before and after.

use crate::ui::markup::html;
use crate::ui::panels::words::count;
use crate::{
    entities::{ApiConfig, HttpMethod},
    history::diff::{self, Change, ChangeKind, FieldChange, Part, Side, excerpt},
    ui::{parts::Button, use_growing},
};
use std::rc::Rc;
use yew::{AttrValue, Callback, Html, MouseEvent, Properties, classes, component, use_memo, use_state};

/// Changes that are listed before somebody asks for all of them.
const LISTED: usize = 30;
/// Changes that are drawn at once; the others follow in the frames after.
const AT_FIRST: usize = 8;
/// Texts up to this length stand in one line.
const SHORT: usize = 40;

/// The props of [`DiffView`].
#[derive(Debug, PartialEq, Properties)]
pub(crate) struct DiffViewProps {
    /// The version that the changes begin from.
    pub(crate) before: Rc<ApiConfig>,
    /// The version that they lead to.
    pub(crate) after: Rc<ApiConfig>,
    /// The words for no difference.
    pub(crate) same: AttrValue,
    /// The names of the two sides.
    #[prop_or_default]
    pub(crate) titles: Titles,
}

/// The names of the two sides.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Titles(pub(crate) AttrValue, pub(crate) AttrValue);

impl Default for Titles {
    fn default() -> Self {
        Self("Before".into(), "After".into())
    }
}

/// Draws what leads from one version of an API to another.
#[component]
pub(crate) fn DiffView(props: &DiffViewProps) -> Html {
    let changes = use_memo((props.before.clone(), props.after.clone()), |(a, b)| diff::diff(a, b));
    let all = use_state(|| false);
    let wanted = if *all { changes.len() } else { changes.len().min(LISTED) };
    let drawn = use_growing(AT_FIRST, wanted);
    if changes.is_empty() {
        return html! { <p class="muted diff-same">{ &props.same }</p> };
    }
    let listed = &changes[..drawn];
    let groups = listed.chunk_by(|a, b| place(a) == place(b));
    let groups = groups.enumerate().map(|(at, changes)| group(at, changes, &props.titles));
    let more = changes.len() - wanted;
    let show_all = {
        let all = all.clone();
        Callback::from(move |_: MouseEvent| all.set(true))
    };
    html! {
        <div class="diff">
            <ul>{ for groups }</ul>
            if more > 0 { <Button label={format!("Show {} more", count(more, "change"))} small=true onclick={show_all} /> }
        </div>
    }
}

/// Draws `2 changes not deployed`, as a chip; nothing when there is none.
pub(crate) fn drift_chip(behind: usize) -> Html {
    if behind == 0 {
        return Html::default();
    }
    html! { <span class="chip warn">{ format!("{} not deployed", count(behind, "change")) }</span> }
}

fn place(change: &Change) -> (&str, Option<HttpMethod>, bool) {
    let subject = &change.subject;
    (&subject.path, subject.method, subject.part == Part::Settings)
}

/// Draws all changes of one resource or method.
fn group(at: usize, changes: &[Change], titles: &Titles) -> Html {
    let Some(first) = changes.first() else { return Html::default() };
    let subject = &first.subject;
    html! {
        <li key={at} class="diff-group">
            <p class="diff-place">
                if let Some(verb) = subject.method { <span class="verb">{ verb.as_str() }</span> }
                if subject.part == Part::Settings { <b>{ "API settings" }</b> } else { <code>{ &subject.path }</code> }
            </p>
            <ul>{ for changes.iter().enumerate().map(|(at, change)| one(at, change, titles)) }</ul>
        </li>
    }
}

/// Returns a sign for what happened, and its class.
pub(crate) fn sign(kind: ChangeKind) -> (&'static str, &'static str) {
    match kind {
        ChangeKind::Added => ("+", "added"),
        ChangeKind::Removed => ("−", "removed"),
        ChangeKind::Moved => ("→", "changed"),
        ChangeKind::Changed => ("±", "changed"),
    }
}

fn one(at: usize, change: &Change, titles: &Titles) -> Html {
    let (sign, class) = sign(change.kind);
    // What was added or moved as a whole is told by its summary.
    let with_fields = change.kind == ChangeKind::Changed || long_fields(change);
    let summary = short_summary(change);
    let fields: Vec<Html> = match &change.fields[..] {
        _ if !with_fields => Vec::new(),
        [only] => only_field(only, &summary, titles).into_iter().collect(),
        fields => fields.iter().map(|one| field(one, titles)).collect(),
    };
    // The names in brackets stand in the lines below.
    let summary = if fields.len() > 1 { summary.split(" (").next().unwrap_or(&summary).to_owned() } else { summary };
    html! {
        <li key={at} class={classes!("diff-change", class)}>
            <span class="sign" aria-hidden="true">{ sign }</span>
            <div>
                <p>{ summary }</p>
                { for fields }
            </div>
        </li>
    }
}

/// Tells whether something that was added or removed has texts worth a look.
fn long_fields(change: &Change) -> bool {
    matches!(change.subject.part, Part::MethodResponse(_) | Part::IntegrationResponse(_))
}

/// Returns the summary without the place, which stands above it.
fn short_summary(change: &Change) -> String {
    let summary = change.summary();
    let place = match change.subject.method {
        Some(verb) => format!("{verb} {}", change.subject.path),
        None if change.subject.part == Part::Settings => "API settings".to_owned(),
        None => change.subject.path.clone(),
    };
    let rest = summary.strip_prefix(&place).map(|rest| rest.trim_start_matches(':').trim_start());
    let rest = rest.filter(|rest| !rest.is_empty()).unwrap_or(&summary);
    let mut letters = rest.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Draws the one member that differs: its name stands in the summary, and perhaps all there is to say.
fn only_field(field: &FieldChange, summary: &str, titles: &Titles) -> Option<Html> {
    let told =
        |text: &Option<String>| text.as_ref().is_none_or(|text| !text.is_empty() && summary.contains(text.as_str()));
    (!told(&field.before) || !told(&field.after)).then(|| sides((&field.before, &field.after), None, titles))
}

/// Draws one of several members that differ.
fn field(field: &FieldChange, titles: &Titles) -> Html {
    let label = match &field.key {
        Some(key) => format!("{} {key}", field.label()),
        None => field.label(),
    };
    sides((&field.before, &field.after), Some(label), titles)
}

/// Draws a member before and after: in one line, or as the lines that differ.
pub(crate) fn sides(
    (before, after): (&Option<String>, &Option<String>),
    label: Option<String>,
    Titles(first, second): &Titles,
) -> Html {
    let short = |text: &Option<String>| text.as_ref().is_none_or(|t| t.chars().count() <= SHORT && !t.contains('\n'));
    if short(before) && short(after) {
        return html! {
            <p class="diff-short">
                if let Some(label) = label { <span class="muted">{ label }{ ": " }</span> }
                { short_side(before.as_deref(), true, first) }
                <span aria-hidden="true">{ " → " }</span>
                { short_side(after.as_deref(), false, second) }
            </p>
        };
    }
    let (before, after) = match (before, after) {
        (Some(a), Some(b)) => {
            let (a, b) = excerpt(a, b);
            (Some(a), Some(b))
        }
        (a, b) => (a.as_ref().map(|a| excerpt(a, "").0), b.as_ref().map(|b| excerpt("", b).1)),
    };
    html! {
        <figure class="diff-field">
            if let Some(label) = label { <figcaption>{ label }</figcaption> }
            <div class="diff-sides">
                { long_side(before.as_ref(), first, "removed") }
                { long_side(after.as_ref(), second, "added") }
            </div>
        </figure>
    }
}

fn short_side(text: Option<&str>, is_before: bool, which: &str) -> Html {
    let said = html! { <span class="visually-hidden">{ format!("{which}: ") }</span> };
    match (text, is_before) {
        (None, _) => html! { <>{ said }<em class="muted">{ "none" }</em></> },
        (Some(text), true) => html! { <del>{ said }{ shown(text) }</del> },
        (Some(text), _) => html! { <ins>{ said }{ shown(text) }</ins> },
    }
}

/// Draws an empty text has to be visible, too.
fn shown(text: &str) -> Html {
    if text.is_empty() {
        html! { <em>{ "empty" }</em> }
    } else {
        html! { <code>{ text }</code> }
    }
}

fn long_side(side: Option<&Side>, title: &AttrValue, class: &'static str) -> Html {
    let Some(side) = side else { return Html::default() };
    let left_out = |lines: usize| match lines {
        0 => Html::default(),
        1 => html! { <span class="left-out">{ "… 1 more line\n" }</span> },
        n => html! { <span class="left-out">{ format!("… {n} more lines\n") }</span> },
    };
    let line = |line: &diff::Line| {
        let mark = line.changed.then_some("mark");
        let sign = match (line.changed, class == "removed") {
            (false, _) => "  ",
            (true, true) => "− ",
            (true, false) => "+ ",
        };
        html! { <span class={classes!("line", mark)}>{ sign }{ &line.text }{ "\n" }</span> }
    };
    html! {
        <div class={classes!("diff-side", class)}>
            <span class="side-title">{ title }</span>
            <pre class="code">{ left_out(side.above) }{ for side.lines.iter().map(line) }{ left_out(side.below) }</pre>
        </div>
    }
}
