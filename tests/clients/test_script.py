"""A session that was copied as a shell script makes the same things again, with the real AWS CLI, in an empty account.

The engine's tests write the script: tests/golden/story.sh.
"""

import shlex
import shutil
from pathlib import Path

from shell import AwsCli, Shell
from support import Case, http

GOLDEN = Path(__file__).parent.parent / "golden"


class Script(Case):
    def shell(self):
        cli = AwsCli()
        self.addCleanup(shutil.rmtree, cli.folder)
        self.addCleanup(cli.server_close)
        self.addCleanup(cli.shutdown)
        shell = Shell(cli, "us-east-1")
        self.addCleanup(shell.close)
        return shell

    def run_script(self, shell, name, before=""):
        return shell.run(f"( {before} . {shlex.quote(str(GOLDEN / name))} )")

    def test_it_makes_the_same_again(self):
        self.assertEqual(self.run_script(self.shell(), "story.sh"), ("", 0))
        self.check_what_was_made()

    def test_two_parts_make_the_same_and_the_second_asks_for_what_has_no_name(self):
        shell = self.shell()
        self.assertEqual(self.run_script(shell, "first-part.sh"), ("", 0))
        told, code = self.run_script(shell, "second-part.sh")
        self.assertIn("DEPLOYMENT_ID: the id of the deployment D2", told)
        self.assertNotEqual(code, 0)
        api = self.api.get_rest_apis()["items"][0]["id"]
        deployments = self.api.get_deployments(restApiId=api)["items"]
        second = next(item["id"] for item in deployments if "description" not in item)
        self.assertEqual(self.run_script(shell, "second-part.sh", f"DEPLOYMENT_ID={second};"), ("", 0))
        self.check_what_was_made()

    def check_what_was_made(self):
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
        keys = self.api.get_api_keys(includeValues=True)["items"]
        expected = [("-b", "abcdefghij0123456789"), ("it's the partner's", "0123456789abcdefghij")]
        self.assertEqual(sorted((key["name"], key["value"]) for key in keys), expected)
        [plan] = self.api.get_usage_plans()["items"]
        [taken] = self.api.get_usage_plan_keys(usagePlanId=plan["id"])["items"]
        self.assertEqual((plan["quota"], taken["name"]), ({"limit": 9, "offset": 0, "period": "DAY"}, "-b"))
