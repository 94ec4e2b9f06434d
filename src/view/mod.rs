//! The decisions of screens for which no browser is needed: which rows are shown, what a choice offers, what a form sends,
//! what is announced, where a selection goes. Values of the engine come in, words and places go out. It must never draw,
//! and never name the browser.

pub mod announce;
pub mod cors;
pub mod deploy;
pub mod find;
pub mod moved;
pub mod requests;
pub mod route;
pub mod rows;
