//! Mounts the page.

fn main() {
    #[cfg(target_arch = "wasm32")]
    stagecraft::ui::mount();
}
