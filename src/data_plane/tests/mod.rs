//! What AWS answers, in tables. Each row is a fact of the references that the code's comments name.

mod explaining;
mod properties;
mod routing;
mod url_parsing;
mod urls;
mod wrong_urls;
