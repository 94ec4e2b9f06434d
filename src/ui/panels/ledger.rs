//! How faithful this is: every fact that the tests hold the engine to, with how sure it is, and the operations.

use crate::ui::markup::html;
use crate::{
    control_plane::OPERATIONS,
    ledger::{Certainty, LEDGER, certainties},
    ui::{NextFrame, parts::Modal},
};
use yew::{Html, component};

/// The features of AWS's service that are missing here.
const LEFT_OUT: &str = "OpenAPI import and export, SDK generation, domain name access associations, authorizers of the type JWT, \
                        and apigatewayv2 (HTTP and WebSocket APIs). They are refused with a sentence that says so.";

/// The effects of AWS's service that are missing here.
const NOT_DONE: &str = "Backends other than MOCK are not called, and signatures of IAM and of user pools' tokens are not checked: \
                        such a call is answered by a sentence of Stagecraft's own. AWS lets a client send the control plane so \
                        many requests a second; here there may be as many as you like.";

/// Draws the dialog.
#[component]
pub(super) fn Ledger() -> Html {
    let facts = || LEDGER.iter().flat_map(|(_, facts)| facts.iter());
    let weakest = |source: &str| certainties(source).last().copied();
    let count = |certainty: Certainty| facts().filter(|(_, source)| weakest(source) == Some(certainty)).count();
    let legend = |certainty: Certainty| {
        html! { <><dt>{ badge(certainty) }{ format!(" {}", count(certainty)) }</dt><dd>{ certainty.meaning() }</dd></> }
    };
    html! {
        <Modal title="How faithful is this?" wide=true>
            <div class="body ledger">
                <p>{ format!("{} operations of Amazon API Gateway's REST control plane, and {} facts about it that the tests hold this engine to. Each says where it is from:", OPERATIONS.len(), facts().count()) }</p>
                <dl class="facts">{ for Certainty::ALL.into_iter().map(legend) }</dl>
                <p class="field-hint">{ "A fact that is several of these is counted by the weakest. R: a recording that the LocalStack project keeps beside its tests; D: a page of the API Gateway Developer Guide; B: botocore's model of the service." }</p>
                <NextFrame>
                    { for LEDGER.iter().map(|(subject, facts)| subject_view(subject, facts)) }
                    { operations() }
                    <p class="field-hint">{ "Left out: " }{ LEFT_OUT }</p>
                    <p class="field-hint">{ "Not done: " }{ NOT_DONE }</p>
                </NextFrame>
            </div>
        </Modal>
    }
}

fn badge(certainty: Certainty) -> Html {
    html! { <span class={format!("mark-{}", certainty.as_str())}>{ certainty.as_str() }</span> }
}

fn subject_view(subject: &str, facts: &[(&str, &str)]) -> Html {
    let fact = |(fact, source): &(&str, &str)| {
        html! {
            <li>
                <span>{ fact.to_owned() }</span>
                <span class="marks">{ for certainties(source).into_iter().map(badge) }</span>
                <span class="source muted">{ source.to_owned() }</span>
            </li>
        }
    };
    html! {
        <details>
            <summary>{ subject.to_owned() }<span class="muted">{ format!(" · {}", facts.len()) }</span></summary>
            <ul>{ for facts.iter().map(fact) }</ul>
        </details>
    }
}

fn operations() -> Html {
    let row = |row: &&crate::control_plane::OperationRow| {
        html! { <li><code>{ row.name }</code><code class="muted source">{ format!("{} {}", row.verb, row.uri) }</code></li> }
    };
    html! {
        <details>
            <summary>{ "All operations" }<span class="muted">{ format!(" · {}", OPERATIONS.len()) }</span></summary>
            <ul>{ for OPERATIONS.iter().map(row) }</ul>
        </details>
    }
}
