//! The answers of AWS, in tables. Each row is a fact of the references that the code's comments name.

mod access_logs;
mod api_keys;
mod backends;
mod cache;
mod canaries;
mod custom_domains;
mod explaining;
mod functions;
mod headers;
mod mock;
mod parts;
mod payloads;
mod properties;
mod resource_policy;
mod routing;
mod templates;
mod throttle;
mod url_parsing;
mod urls;
mod working_copy;
mod wrong_urls;
