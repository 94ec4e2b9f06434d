//! Running other programs. Must never swallow a failure.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// The end of a task: the error is the sentence to print.
pub(crate) type Result<T = ()> = std::result::Result<T, String>;

/// Returns a program that may be a script with another name on Windows (`npm.cmd`).
pub(crate) fn script(name: &str) -> Command {
    if cfg!(windows) { Command::new(format!("{name}.cmd")) } else { Command::new(name) }
}

/// Returns the cargo that started this task.
pub(crate) fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(crate::paths::root());
    command
}

/// Runs a command with its output on the screen.
pub(crate) fn shown(command: &mut Command) -> Result {
    let status = command.status().map_err(|error| not_started(command, &error))?;
    if status.success() { Ok(()) } else { Err(format!("{} ended with {status}.", name(command))) }
}

/// Runs a command and returns what it printed; its output is shown only if it fails.
pub(crate) fn quiet(command: &mut Command) -> Result<String> {
    let output = command.output().map_err(|error| not_started(command, &error))?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    if output.status.success() {
        return Ok(text);
    }
    let errors = String::from_utf8_lossy(&output.stderr);
    Err(format!("{} ended with {}.\n{text}{errors}", name(command), output.status))
}

/// The output of a command, and whether it succeeded.
pub(crate) struct Finished {
    /// Whether the exit code was zero.
    pub(crate) success: bool,
    /// Everything written to standard output.
    pub(crate) text: String,
}

/// Runs a command with its output on the screen, and returns that output.
pub(crate) fn shown_and_read(command: &mut Command) -> Result<Finished> {
    let mut child = command.stdout(Stdio::piped()).spawn().map_err(|error| not_started(command, &error))?;
    let mut text = String::new();
    if let Some(stdout) = child.stdout.take() {
        for line in BufReader::new(stdout).lines() {
            let line = line.map_err(|error| format!("The output of {} cannot be read: {error}", name(command)))?;
            println!("{line}");
            text.push_str(&line);
            text.push('\n');
        }
    }
    let status = child.wait().map_err(|error| format!("{}: {error}", name(command)))?;
    Ok(Finished { success: status.success(), text })
}

/// Lets a program take this process's place, so that stopping the one stops the other. Returns only if that fails.
#[cfg(unix)]
pub(crate) fn instead(mut command: Command) -> Result {
    use std::os::unix::process::CommandExt;
    let error = command.exec();
    Err(not_started(&command, &error))
}

/// Runs a program to its end, where a process cannot become another one.
#[cfg(not(unix))]
pub(crate) fn instead(mut command: Command) -> Result {
    shown(&mut command)
}

/// A program that runs beside this one and is stopped when this value goes.
pub(crate) struct Background(Child);

impl Background {
    /// Starts the command; its standard output can be read with `wait_for`.
    pub(crate) fn start(command: &mut Command) -> Result<Self> {
        command.stdout(Stdio::piped()).spawn().map(Self).map_err(|error| not_started(command, &error))
    }

    /// Reads lines until `pick` makes something of one; what comes after is read and dropped. `None` when the output ends
    /// before.
    pub(crate) fn wait_for<T>(&mut self, pick: impl Fn(&str) -> Option<T>) -> Option<T> {
        let mut lines = BufReader::new(self.0.stdout.take()?).lines();
        let found = lines.by_ref().map_while(std::result::Result::ok).find_map(|line| pick(&line));
        std::thread::spawn(move || lines.for_each(drop));
        found
    }
}

impl Drop for Background {
    fn drop(&mut self) {
        // It may have ended by itself, and then there is nothing to stop.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Says what is being done.
pub(crate) fn say(sentence: &str) {
    println!("· {sentence}");
    let _ = std::io::stdout().flush();
}

/// Reads a file as text.
pub(crate) fn read(path: &Path) -> Result<String> {
    std::fs::read_to_string(path).map_err(|error| format!("{} cannot be read: {error}", path.display()))
}

/// Writes a file, and the folders it is in.
pub(crate) fn write(path: &Path, text: &str) -> Result {
    let made = path.parent().map_or(Ok(()), std::fs::create_dir_all);
    made.and_then(|()| std::fs::write(path, text))
        .map_err(|error| format!("{} cannot be written: {error}", path.display()))
}

fn name(command: &Command) -> String {
    let mut words = vec![command.get_program().to_string_lossy().into_owned()];
    words.extend(command.get_args().take(3).map(|arg| arg.to_string_lossy().into_owned()));
    format!("`{}`", words.join(" "))
}

fn not_started(command: &Command, error: &std::io::Error) -> String {
    format!("{} could not be started: {error}", name(command))
}
