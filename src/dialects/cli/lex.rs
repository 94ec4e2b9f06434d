//! Text → statements of words: quotes, `\` at line ends, `$NAME`, `$(…)`, `NAME=…`, `;`, `&&`, `||`, comments, `> /dev/null`, and
//! the one pipe that there is, `printf %s WORD |`. Nothing is carried out.

use super::{
    error::{CliError, Problem},
    steps,
};
use std::ops::Range;

/// Bytes that are read.
pub(super) const LONGEST: usize = 1024 * 1024;
/// Levels of `$(…)`.
const DEEPEST: usize = 8;

/// The words of a shell that begin loops, conditions and groups, which are not here.
const KEYWORDS: [&str; 10] = ["for", "while", "until", "if", "case", "select", "function", "{", "[", "[["];

/// One command, or one assignment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Statement {
    /// Its place in the text.
    pub(super) at: Range<usize>,
    /// On what it depends.
    pub(super) link: Link,
    /// `printf %s WORD |` before it: what it reads from its standard input.
    pub(super) input: Option<Word>,
    /// `> /dev/null`: what it writes is not shown.
    pub(super) quiet: bool,
    pub(super) kind: StatementKind,
}

/// Whether a statement is carried out, by what became of the one before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Link {
    #[default]
    Always,
    /// `&&`.
    Success,
    /// `||`.
    Failure,
}

impl Link {
    pub(super) fn holds(self, succeeded: bool) -> bool {
        match self {
            Self::Always => true,
            Self::Success => succeeded,
            Self::Failure => !succeeded,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum StatementKind {
    /// `NAME=value`.
    Assign { name: String, value: Word },
    /// A program with its arguments; at least one word.
    Run(Vec<Word>),
}

/// A word before its variables are put in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) at: Range<usize>,
    pub(super) pieces: Vec<Piece>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// Text as it stands.
    Text(String),
    /// `$NAME` or `${NAME}`.
    Variable { name: String, at: Range<usize> },
    /// `${NAME:?words}`: the variable, which somebody has to set.
    Demand { name: String, words: String, at: Range<usize> },
    /// `$(…)`.
    Output { statements: Vec<Statement>, at: Range<usize> },
}

/// Reads a whole text.
pub(super) fn parse(text: &str) -> Result<Vec<Statement>, CliError> {
    if text.len() > LONGEST {
        return Err(CliError::new(LONGEST..text.len(), Problem::TooLong(LONGEST)));
    }
    Lexer { text, at: 0, depth: 0 }.statements()
}

/// Tells whether a text goes on in the next line: a quote or a `$(` is open, or a backslash is at its end.
pub fn is_open(text: &str) -> bool {
    let backslashes = text.len() - text.trim_end_matches('\\').len();
    backslashes % 2 == 1 || parse(text).is_err_and(|error| matches!(error.problem, Problem::Unclosed(_)))
}

struct Lexer<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
}

impl Lexer<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        steps::spend(1);
        self.rest().chars().next()
    }

    fn next(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += c.len_utf8();
        Some(c)
    }

    /// Passes blanks and `\` at line ends; with `lines` line ends, `;` and comments, too.
    fn skip(&mut self, lines: bool) {
        while let Some(c) = self.peek() {
            match c {
                ' ' | '\t' | '\r' => self.at += 1,
                '\n' | ';' if lines => self.at += 1,
                '\\' if self.rest().starts_with("\\\n") => self.at += 2,
                '\\' if self.rest().starts_with("\\\r\n") => self.at += 3,
                '#' => {
                    let length = self.rest().find('\n').unwrap_or(self.rest().len());
                    steps::spend(length);
                    self.at += length;
                }
                _ => return,
            }
        }
    }

    /// Statements up to the end of the text or, inside `$(`, up to its `)`.
    fn statements(&mut self) -> Result<Vec<Statement>, CliError> {
        let mut out = Vec::new();
        let mut link = Link::Always;
        loop {
            self.skip(true);
            // The prompt of a line that was copied along with it.
            if self.rest().starts_with("$ ") {
                self.at += 2;
                continue;
            }
            match self.peek() {
                None | Some(')') if link != Link::Always => {
                    return Err(CliError::new(self.at..self.at, Problem::Unclosed("the && or ||")));
                }
                None => return Ok(out),
                Some(')') if self.depth > 0 => return Ok(out),
                Some(_) => out.push(self.statement(link)?),
            }
            self.skip(false);
            link = self.link();
            self.at += if link == Link::Always { 0 } else { 2 };
        }
    }

    /// Returns the operator that stands here between two statements.
    fn link(&self) -> Link {
        match self.rest() {
            rest if rest.starts_with("&&") => Link::Success,
            rest if rest.starts_with("||") => Link::Failure,
            _ => Link::Always,
        }
    }

    fn statement(&mut self, link: Link) -> Result<Statement, CliError> {
        let start = self.at;
        if let Some(name) = self.rest().strip_prefix("export ") {
            let blanks = name.len() - name.trim_start_matches(' ').len();
            let name = name.trim_start_matches(' ');
            if name[name_at(name).len()..].starts_with('=') && !name_at(name).is_empty() {
                self.at += "export ".len() + blanks;
            }
        }
        if let Some(name) = self.assignment() {
            let value =
                if self.word_begins() { self.word()? } else { Word { at: self.at..self.at, pieces: Vec::new() } };
            let end = self.at;
            self.skip(false);
            if self.word_begins() {
                return Err(CliError::new(start..end, Problem::Operator("NAME=value before a command")));
            }
            let kind = StatementKind::Assign { name, value };
            return Ok(Statement { at: start..end, link, input: None, quiet: false, kind });
        }
        let (mut words, mut input) = (Vec::new(), None);
        while self.word_begins() {
            if input.is_none() && self.pipes(&words) {
                self.at += 1;
                input = words.pop();
                words.clear();
            } else {
                words.push(self.word()?);
            }
            self.skip(false);
        }
        let end = words.last().map_or(start, |word| word.at.end);
        let Some(first) = words.first() else {
            // As a shell, which waits for the program that reads.
            let open = || CliError::new(self.at..self.at, Problem::Unclosed("the |"));
            return Err(if input.is_some() && self.peek().is_none() { open() } else { self.operator() });
        };
        // As a shell does, which reads the whole before it begins.
        let written = self.text.get(first.at.clone()).unwrap_or_default();
        if let Some(keyword) = KEYWORDS.iter().find(|keyword| **keyword == written) {
            return Err(CliError::new(first.at.clone(), Problem::Keyword(keyword)));
        }
        let quiet = self.discards();
        self.skip(false);
        Ok(Statement { at: start..end, link, input, quiet, kind: StatementKind::Run(words) })
    }

    /// Tells whether these words are `printf %s WORD`, and a `|` hands that on: the only pipe that there is.
    fn pipes(&self, words: &[Word]) -> bool {
        let is = |word: &Word, text: &str| matches!(&word.pieces[..], [Piece::Text(piece)] if piece == text);
        let hands_on = self.peek() == Some('|') && self.link() == Link::Always;
        hands_on && matches!(words, [printf, format, _] if is(printf, "printf") && is(format, "%s"))
    }

    /// Passes `> /dev/null`, if it is here: there are no other files.
    fn discards(&mut self) -> bool {
        let Some(file) = self.rest().strip_prefix('>').map(str::trim_start) else { return false };
        steps::spend(self.rest().len() - file.len());
        let Some(after) = file
            .strip_prefix("/dev/null")
            .filter(|after| !after.starts_with(|c: char| c.is_alphanumeric() || "/._-".contains(c)))
        else {
            return false;
        };
        self.at = self.text.len() - after.len();
        true
    }

    /// Reads `NAME=` at the beginning of a command.
    fn assignment(&mut self) -> Option<String> {
        let name = name_at(self.rest());
        if name.is_empty() || !self.rest()[name.len()..].starts_with('=') {
            return None;
        }
        let name = name.to_owned();
        self.at += name.len() + 1;
        Some(name)
    }

    /// Tells whether a word begins here; `operator` tells what does when none does.
    fn word_begins(&self) -> bool {
        match self.peek() {
            None | Some(' ' | '\t' | '\r' | '\n' | ';') => false,
            Some(')') => self.depth == 0,
            Some('>') => !Lexer { ..*self }.discards(),
            Some(_) => self.link() == Link::Always,
        }
    }

    /// Returns the error of a character that is a shell's operator.
    fn operator(&self) -> CliError {
        let at = self.at..self.at + self.peek().map_or(0, char::len_utf8);
        let name = match self.peek() {
            Some('|') => "|",
            Some('&') => "&",
            Some('<') => "<",
            Some('>') => ">",
            Some('(') => "(",
            Some(')') => ")",
            _ => "`",
        };
        CliError::new(at, Problem::Operator(name))
    }

    fn word(&mut self) -> Result<Word, CliError> {
        let start = self.at;
        let mut pieces = Pieces::default();
        while let Some(c) = self.peek() {
            match c {
                ' ' | '\t' | '\r' | '\n' | ';' => break,
                ')' if self.depth > 0 => break,
                '|' | '&' if self.link() != Link::Always => break,
                '|' | '&' | '<' | '>' | '(' | ')' | '`' => return Err(self.operator()),
                '\'' => self.single_quoted(&mut pieces)?,
                '"' => self.double_quoted(&mut pieces)?,
                '\\' if self.rest().starts_with("\\\n") => self.at += 2,
                '\\' if self.rest().starts_with("\\\r\n") => self.at += 3,
                '\\' => {
                    self.at += 1;
                    pieces.push(self.next().unwrap_or('\\'));
                }
                '$' => self.dollar(&mut pieces)?,
                c => {
                    self.at += c.len_utf8();
                    pieces.push(c);
                }
            }
        }
        Ok(Word { at: start..self.at, pieces: pieces.0 })
    }

    fn single_quoted(&mut self, pieces: &mut Pieces) -> Result<(), CliError> {
        let start = self.at;
        self.at += 1;
        let length = self.rest().find('\'');
        steps::spend(length.unwrap_or(self.rest().len()));
        let length = length.ok_or_else(|| CliError::new(start..start + 1, Problem::Unclosed("the single quote")))?;
        pieces.text(&self.text[self.at..self.at + length]);
        self.at += length + 1;
        Ok(())
    }

    fn double_quoted(&mut self, pieces: &mut Pieces) -> Result<(), CliError> {
        let start = self.at;
        self.at += 1;
        pieces.text("");
        while let Some(c) = self.peek() {
            match c {
                '"' => {
                    self.at += 1;
                    return Ok(());
                }
                '\\' if self.rest().starts_with("\\\n") => self.at += 2,
                '\\' => {
                    self.at += 1;
                    match self.peek() {
                        Some(c @ ('"' | '\\' | '$' | '`')) => {
                            self.at += 1;
                            pieces.push(c);
                        }
                        _ => pieces.push('\\'),
                    }
                }
                '$' => self.dollar(pieces)?,
                '`' => return Err(self.operator()),
                c => {
                    self.at += c.len_utf8();
                    pieces.push(c);
                }
            }
        }
        Err(CliError::new(start..start + 1, Problem::Unclosed("the double quote")))
    }

    fn dollar(&mut self, pieces: &mut Pieces) -> Result<(), CliError> {
        let start = self.at;
        self.at += 1;
        if self.peek() == Some('(') {
            return self.substitution(start, pieces);
        }
        let braced = self.peek() == Some('{');
        let rest = self.rest().strip_prefix('{').unwrap_or(self.rest());
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        // Of the numbered variables those up to 9 need no braces.
        let name = if digits > 0 { &rest[..if braced { digits } else { 1 }] } else { name_at(rest) }.to_owned();
        if name.is_empty() && !braced {
            pieces.push('$');
            return Ok(());
        }
        self.at += name.len() + usize::from(braced);
        if let Some(rest) = self.rest().strip_prefix(":?").filter(|_| braced && !name.is_empty()) {
            let Some(length) = rest.find('}') else {
                return Err(CliError::new(start..start + 2, Problem::Unclosed("${")));
            };
            let words = rest[..length].to_owned();
            self.at += 2 + length + 1;
            pieces.0.push(Piece::Demand { name, words, at: start..self.at });
            return Ok(());
        }
        if braced && (name.is_empty() || self.next() != Some('}')) {
            let problem = if name.is_empty() { Problem::Operator("${") } else { Problem::Unclosed("${") };
            return Err(CliError::new(start..start + 2, problem));
        }
        pieces.0.push(Piece::Variable { name, at: start..self.at });
        Ok(())
    }

    fn substitution(&mut self, start: usize, pieces: &mut Pieces) -> Result<(), CliError> {
        if self.depth == DEEPEST {
            return Err(CliError::new(start..start + 2, Problem::TooDeep(DEEPEST)));
        }
        self.at += 1;
        self.depth += 1;
        let statements = self.statements()?;
        self.depth -= 1;
        if self.next() != Some(')') {
            return Err(CliError::new(start..start + 2, Problem::Unclosed("$(")));
        }
        pieces.0.push(Piece::Output { statements, at: start..self.at });
        Ok(())
    }
}

/// The pieces of a word in the making; neighbouring text is one piece.
#[derive(Default)]
struct Pieces(Vec<Piece>);

impl Pieces {
    fn slot(&mut self) -> &mut String {
        if !matches!(self.0.last(), Some(Piece::Text(_))) {
            self.0.push(Piece::Text(String::new()));
        }
        match self.0.last_mut() {
            Some(Piece::Text(text)) => text,
            _ => unreachable!("BUG: a text was just pushed"),
        }
    }

    fn push(&mut self, c: char) {
        self.slot().push(c);
    }

    fn text(&mut self, text: &str) {
        self.slot().push_str(text);
    }
}

/// Returns the variable name that a text begins with; empty when it begins with none.
fn name_at(text: &str) -> &str {
    let first = text.bytes().next().is_some_and(|b| b.is_ascii_alphabetic() || b == b'_');
    let length = text.bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'_').count();
    steps::spend(length);
    if first { &text[..length] } else { "" }
}
