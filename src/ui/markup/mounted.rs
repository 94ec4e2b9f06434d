//! The life of every component of the page, once. Yew makes the code that mounts, updates, compares and drops a component
//! for each of them anew; here one component of Yew's, [`Mounted`], plays them all and holds which one it is as a value.
//! The page's `html!` mounts components so.

use std::{any::Any, fmt, rc::Rc};
use yew::{
    Context, Html, HtmlResult, Properties,
    functional::{FunctionComponent, FunctionProvider, HookContext},
    html::BaseComponent,
    virtual_dom::{Key, VChild},
};

/// A component with its props, whichever it is.
trait Shown: Any {
    /// Draws it.
    fn draw(&self, hooks: &mut HookContext) -> HtmlResult;

    /// Tells whether another of this component has equal props.
    fn equals(&self, other: &dyn Shown) -> bool;
}

struct With<T: FunctionProvider>(T::Properties);

impl<T: FunctionProvider + 'static> Shown for With<T> {
    fn draw(&self, hooks: &mut HookContext) -> HtmlResult {
        T::run(hooks, &self.0)
    }

    fn equals(&self, other: &dyn Shown) -> bool {
        (other as &dyn Any).downcast_ref::<Self>().is_some_and(|other| self.0 == other.0)
    }
}

/// Tells whether two are of one component.
fn are_of_kind(one: &dyn Shown, other: &dyn Shown) -> bool {
    (one as &dyn Any).type_id() == (other as &dyn Any).type_id()
}

/// The props of [`Mounted`].
#[derive(Clone, Properties)]
pub(crate) struct MountedProps {
    shown: Rc<dyn Shown>,
}

impl PartialEq for MountedProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.shown, &other.shown) || self.shown.equals(&*other.shown)
    }
}

/// Plays any function component.
pub(crate) struct Mounted {
    component: FunctionComponent<Self>,
    /// Another component has taken the place of the one that was here, whose elements have to go first.
    cleared: bool,
}

impl fmt::Debug for Mounted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Mounted")
    }
}

impl FunctionProvider for Mounted {
    type Properties = MountedProps;

    fn run(hooks: &mut HookContext, props: &MountedProps) -> HtmlResult {
        props.shown.draw(hooks)
    }
}

impl BaseComponent for Mounted {
    type Message = ();
    type Properties = MountedProps;

    fn create(ctx: &Context<Self>) -> Self {
        Self { component: FunctionComponent::new(ctx), cleared: false }
    }

    fn update(&mut self, _: &Context<Self>, (): ()) -> bool {
        true
    }

    fn changed(&mut self, ctx: &Context<Self>, before: &MountedProps) -> bool {
        if !are_of_kind(&*ctx.props().shown, &*before.shown) {
            self.component.destroy();
            self.component = FunctionComponent::new(ctx);
            self.cleared = true;
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> HtmlResult {
        if self.cleared { Ok(Html::default()) } else { self.component.render(ctx.props()) }
    }

    fn rendered(&mut self, ctx: &Context<Self>, _: bool) {
        if self.cleared {
            self.cleared = false;
            ctx.link().send_message(());
        } else {
            self.component.rendered();
        }
    }

    fn destroy(&mut self, _: &Context<Self>) {
        self.component.destroy();
    }

    fn prepare_state(&self) -> Option<String> {
        None
    }
}

/// Returns a component with its props, ready to be put among others. `html!` calls it for each of its tags.
pub fn mounted<T: FunctionProvider + 'static>(props: T::Properties, key: Option<Key>) -> Html {
    mount(Rc::new(With::<T>(props)), key)
}

fn mount(shown: Rc<dyn Shown>, key: Option<Key>) -> Html {
    VChild::<Mounted>::new(MountedProps { shown }, key).into()
}
