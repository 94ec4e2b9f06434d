//! The execution log of a test, as `TestInvokeMethod` and `TestInvokeAuthorizer` write it.

use crate::ui::markup::html;
use crate::ui::parts::CopyButton;
use yew::{AttrValue, Html, Properties, component};

/// The props of [`TestLog`].
#[derive(Debug, PartialEq, Properties)]
pub(in crate::ui::panels) struct TestLogProps {
    /// The log.
    pub text: AttrValue,
}

/// Draws the log, ready to be copied.
#[component]
pub(in crate::ui::panels) fn TestLog(props: &TestLogProps) -> Html {
    html! {
        <>
            <pre class="code" tabindex="0" aria-label="Execution log">{ &props.text }</pre>
            <p class="actions"><CopyButton text={props.text.to_string()} label="Copy log" done="Log copied" /></p>
        </>
    }
}
