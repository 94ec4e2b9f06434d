"""A session that was copied as a shell script makes the same things again, with the real AWS CLI, in an empty account.

The engine's tests write the script: tests/golden/story.sh.
"""

import shlex
import shutil
from pathlib import Path

from shell import AwsCli, Shell
from support import Case, http

SCRIPT = Path(__file__).parent.parent / "golden" / "story.sh"


class Script(Case):
    def test_it_makes_the_same_again(self):
        cli = AwsCli()
        self.addCleanup(shutil.rmtree, cli.folder)
        self.addCleanup(cli.server_close)
        self.addCleanup(cli.shutdown)
        shell = Shell(cli, "us-east-1")
        self.addCleanup(shell.close)
        told, code = shell.run(f"( . {shlex.quote(str(SCRIPT))} )")
        self.assertEqual((told, code), ("", 0))

        api = self.api.get_rest_apis()["items"][0]["id"]
        resources = self.api.get_resources(restApiId=api)["items"]
        methods = {item["path"]: sorted(item.get("resourceMethods", {})) for item in resources}
        self.assertEqual(methods, {"/": ["GET"], "/users": ["GET", "POST"], "/users/{userId}": ["DELETE", "GET"]})
        self.assertEqual(self.call(api, "/dev/users").json()["stage"], "dev")
        self.assertEqual(self.call(api, "/prod/users/u7").json()["id"], "u7")
        self.assertEqual(http("DELETE", f"/_invoke/{api}/prod/users/u7").status, 204)
        mapped = http("GET", "/v1/users", host="api.example.com")
        self.assertEqual(mapped.text, '{"users": "it\'s blue", "at": "a\\b"}')

        dev, prod = (self.api.get_stage(restApiId=api, stageName=name) for name in ("dev", "prod"))
        self.assertEqual(prod["description"], 'a, b = "c"')
        self.assertEqual(prod["methodSettings"]["~1users~1{userId}/GET"]["throttlingRateLimit"], 5.0)
        deployments = self.api.get_deployments(restApiId=api)["items"]
        described = {item["id"]: item.get("description") for item in deployments}
        self.assertEqual(described, {dev["deploymentId"]: "it's the first", prod["deploymentId"]: None})
