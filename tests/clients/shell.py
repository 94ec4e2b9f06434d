"""A bash in which `aws` is the real AWS CLI, told where the endpoint is, and `curl` the real curl, led to the endpoint.

The AWS CLI takes half a second to start. Here it stays: bash sends the words of a line to this process, which hands them to
the AWS CLI's own entry and sends back what it wrote. A line is run as `aws` would run it, only sooner.
"""

import contextlib
import io
import os
import shlex
import socketserver
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import shapes
from support import ENDPOINT

# Words that say where a service is are put in front; `https` becomes the endpoint's `http`, with the host left as it is. What
# comes through a pipe is left in a file, as the AWS CLI that stays has another standard input.
PRELUDE = """
aws() {{
  local code word words=()
  for word; do
    if [ "$word" = fileb:///dev/stdin ]; then cat > {folder}/stdin; word=fileb://{folder}/stdin; fi
    words+=("$word")
  done
  exec 9<>/dev/tcp/127.0.0.1/{port}
  printf '%s\\0' "$#" "$AWS_DEFAULT_REGION" "${{words[@]}}" >&9
  read -r code <&9
  exec 9>&-
  cat {folder}/stdout; cat {folder}/stderr >&2
  return "$code"
}}
curl() {{
  local word words=()
  for word; do words+=("${{word/#https:/http:}}"); done
  command curl -sS --proxy {endpoint} --noproxy '' "${{words[@]}}"
}}
"""


class AwsCli(socketserver.TCPServer):
    """Runs lines of the AWS CLI one after the other."""

    allow_reuse_address = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Line)
        self.folder = Path(tempfile.mkdtemp(prefix="stagecraft-"))
        self.driver = None
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def run(self, region, words):
        """The exit code; what was written is in the folder's files."""
        from awscli.clidriver import create_clidriver

        if not self.driver:
            self.driver = create_clidriver()
            self.driver.session.register("after-call.apigateway", shapes.check)
        # Asked for a skeleton, one that stays would answer with those of all the commands that it has run before.
        is_skeleton = any(word.startswith("--generate-cli-skel") for word in words)
        driver = create_clidriver() if is_skeleton else self.driver
        before, os.environ["AWS_DEFAULT_REGION"] = os.environ["AWS_DEFAULT_REGION"], region
        out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            try:
                code = driver.main(["--endpoint-url", ENDPOINT, *words])
            except SystemExit as exit:
                code = exit.code
            finally:
                os.environ["AWS_DEFAULT_REGION"] = before
        (self.folder / "stdout").write_bytes(out.buffer.getvalue())
        (self.folder / "stderr").write_bytes(err.buffer.getvalue())
        return code or 0


class Line(socketserver.StreamRequestHandler):
    """One line: the number of its words, the region, the words; each ends with a zero byte. Answers with the exit code."""

    def handle(self):
        count = int(self.word())
        region = self.word()
        code = self.server.run(region, [self.word() for _ in range(count)])
        self.wfile.write(f"{code}\n".encode())

    def word(self):
        found = bytearray()
        while (byte := self.rfile.read(1)) not in (b"\0", b""):
            found += byte
        return found.decode()


class Shell:
    """One bash, which keeps its variables from line to line."""

    def __init__(self, cli, region):
        self.cli = cli
        env = dict(os.environ, AWS_DEFAULT_REGION=region)
        self.bash = subprocess.Popen(
            ["bash", "--norc", "--noprofile"],
            **{"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "env": env},
        )
        self.output = cli.folder / "output"
        port = cli.server_address[1]
        self.run(PRELUDE.format(port=port, folder=shlex.quote(str(cli.folder)), endpoint=ENDPOINT))

    def run(self, line):
        """What a line wrote, and its exit code."""
        self.bash.stdin.write(f"{{ {line}\n}} >{shlex.quote(str(self.output))} 2>&1; echo $?\n")
        self.bash.stdin.flush()
        code = self.bash.stdout.readline()
        if not code:
            raise RuntimeError(f"bash ended at: {line}")
        return self.output.read_text(), int(code)

    def expand(self, text):
        """A text with the variables of this shell put in."""
        names = self.run("compgen -v")[0].split()
        values = {name: self.run(f'printf %s "${name}"')[0] for name in names if f"${name}" in text}
        for name in sorted(values, reverse=True):
            text = text.replace(f"${name}", values[name])
        return text

    def close(self):
        self.bash.stdin.close()
        self.bash.stdout.close()
        self.bash.wait()


if sys.platform == "win32":
    raise RuntimeError("These tests need bash.")
