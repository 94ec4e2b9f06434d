//! Where a workspace is: region, partition and account. They appear in URLs, ARNs and error sentences.

use std::{fmt, rc::Rc};

/// An AWS region such as `us-east-1`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Region(Rc<str>);

impl Region {
    /// Parses a region name: lower-case words and a final number, joined by hyphens. `None` when it has another form.
    pub fn parse(text: &str) -> Option<Self> {
        let parts: Vec<&str> = text.split('-').collect();
        let (number, words) = parts.split_last()?;
        let word = |w: &&str| !w.is_empty() && w.len() <= 16 && w.bytes().all(|b| b.is_ascii_lowercase());
        let valid = (2..=4).contains(&words.len())
            && words[0].len() == 2
            && words.iter().all(word)
            && (1..=2).contains(&number.len())
            && number.bytes().all(|b| b.is_ascii_digit());
        valid.then(|| Self(text.into()))
    }

    /// Returns the name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the partition that the region belongs to.
    pub fn partition(&self) -> Partition {
        if self.0.starts_with("cn-") {
            return Partition::China;
        }
        if self.0.starts_with("us-gov-") {
            return Partition::GovCloud;
        }
        Partition::Commercial
    }
}

impl Default for Region {
    fn default() -> Self {
        Self("us-east-1".into())
    }
}

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An AWS partition: a set of regions with its own ARN prefix and DNS suffix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Partition {
    /// `aws`.
    Commercial,
    /// `aws-cn`, whose hostnames end in `amazonaws.com.cn`.
    China,
    /// `aws-us-gov`, whose hostnames are those of the commercial partition.
    GovCloud,
}

impl Partition {
    /// Returns the name as it stands in ARNs.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Commercial => "aws",
            Self::China => "aws-cn",
            Self::GovCloud => "aws-us-gov",
        }
    }

    /// Returns what hostnames of this partition end in.
    pub fn dns_suffix(self) -> &'static str {
        match self {
            Self::China => "amazonaws.com.cn",
            Self::Commercial | Self::GovCloud => "amazonaws.com",
        }
    }
}

/// A twelve-digit AWS account id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountId(Rc<str>);

impl AccountId {
    /// Parses twelve digits. `None` when it is anything else.
    pub fn parse(text: &str) -> Option<Self> {
        (text.len() == 12 && text.bytes().all(|b| b.is_ascii_digit())).then(|| Self(text.into()))
    }

    /// Returns the digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Default for AccountId {
    fn default() -> Self {
        Self("123456789012".into())
    }
}

impl fmt::Display for AccountId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Region and account of a workspace; the partition follows from the region.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The region.
    pub region: Region,
    /// The account.
    pub account_id: AccountId,
}

impl Place {
    /// Returns `{apiId}.execute-api.{region}.amazonaws.com`, the hostname of an API's default endpoint.
    pub fn execute_api_host(&self, api_id: &str) -> String {
        format!("{api_id}{}", self.execute_api_suffix())
    }

    /// Returns what the hostname of every default endpoint here ends in: `.execute-api.{region}.amazonaws.com`.
    pub fn execute_api_suffix(&self) -> String {
        format!(".execute-api.{}.{}", self.region, self.region.partition().dns_suffix())
    }

    /// Returns `https://{host}/{stage}`, as the console shows a stage's invoke URL: no slash at the end.
    pub fn invoke_url(&self, api_id: &str, stage: &str) -> String {
        format!("https://{}/{stage}", self.execute_api_host(api_id))
    }
}
