"""The endpoint itself: hosts, regions, the clock, what it refuses, and that the wire is what AWS sends."""

import re
import subprocess

from support import ENDPOINT, Case, aws, client, http

UUID = re.compile(r"^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$")


def curl(path, *words):
    """Asks the endpoint with the real curl; the answer with its head."""
    done = subprocess.run(["curl", "-isS", *words, ENDPOINT + path], capture_output=True, timeout=60, check=True)
    return done.stdout.decode()


class Endpoint(Case):
    def deployed(self, text="hello"):
        api, resource = self.make_api(text=text)
        self.api.create_deployment(restApiId=api, stageName="dev")
        return api, resource

    def test_an_invoke_url_is_called_by_path_and_by_host(self):
        api, _ = self.deployed()
        for path, host in [
            (f"/_invoke/{api}/dev/users", None),
            ("/dev/users", f"{api}.execute-api.localhost:4566"),
            ("/dev/users", f"{api}.execute-api.us-east-1.amazonaws.com"),
        ]:
            answer = http("GET", path, host=host)
            self.assertEqual((answer.status, answer.text), (200, "hello"), (path, host))
            self.assertRegex(answer.headers["x-amzn-requestid"], UUID)
            self.assertRegex(answer.headers["x-amz-apigw-id"], "^[A-Za-z0-9]{15}=$")
            self.assertEqual(answer.headers["content-type"], "application/json")
        elsewhere = http("GET", "/dev/users", host=f"{api}.execute-api.eu-west-1.amazonaws.com")
        self.assertEqual((elsewhere.status, elsewhere.json()), (403, {"message": "Forbidden"}))

    def test_a_url_that_matches_nothing_asks_for_an_authentication_token(self):
        api, _ = self.deployed()
        answer = self.call(api, "/dev/nothing")
        self.assertEqual((answer.status, answer.json()), (403, {"message": "Missing Authentication Token"}))
        self.assertEqual(answer.headers["x-amzn-errortype"], "MissingAuthenticationTokenException")

    def test_head_tells_the_length_of_what_it_does_not_send(self):
        api, resource = self.make_api()
        self.mock(api, resource, "twelve bytes", verb="HEAD")
        self.api.create_deployment(restApiId=api, stageName="dev")
        answer = http("HEAD", f"/_invoke/{api}/dev/users")
        self.assertEqual((answer.status, answer.text), (200, ""))
        self.assertEqual(answer.headers["content-length"], "12")

    def test_request_parts_reach_the_templates(self):
        template = "$context.httpMethod $input.params('q') $input.params('x-h') $input.params('host')"
        api, _ = self.deployed(text=template)
        answer = self.call(api, "/dev/users?q=a%2Bb", headers={"X-H": "v"})
        self.assertEqual(answer.text, f"GET a+b v {api}.execute-api.us-east-1.amazonaws.com")

    def test_a_refusal_wears_the_headers_of_aws(self):
        answer = http("GET", "/restapis/none")
        self.assertEqual(answer.status, 404)
        self.assertEqual(answer.headers["x-amzn-errortype"], "NotFoundException")
        self.assertRegex(answer.headers["x-amzn-requestid"], UUID)
        self.assertIn("x-amz-apigw-id", answer.headers)
        self.assertEqual(answer.json(), {"message": "Invalid API identifier specified 123456789012:none"})

    def test_statuses_without_a_body(self):
        api, resource = self.deployed()
        method = f"/restapis/{api}/resources/{resource}/methods/GET"
        for verb, path, status in [
            ("DELETE", f"{method}/integration/responses/200", 204),
            ("DELETE", f"{method}/responses/200", 204),
            ("DELETE", f"{method}/integration", 204),
            ("DELETE", method, 204),
            ("DELETE", f"/restapis/{api}/resources/{resource}", 202),
            ("DELETE", f"/restapis/{api}/stages/dev/cache/data", 202),
            ("DELETE", f"/restapis/{api}/stages/dev", 202),
            ("DELETE", f"/restapis/{api}", 202),
        ]:
            answer = http(verb, path)
            self.assertEqual((answer.status, answer.text), (status, ""), path)

    def test_dates_are_numbers_and_lists_are_item(self):
        self.deployed()
        page = http("GET", "/restapis").json()
        self.assertEqual(list(page), ["item"])
        self.assertIsInstance(page["item"][0]["createdDate"], (int, float))

    def test_each_region_is_on_its_own(self):
        west = client(region="eu-west-1")
        west.create_rest_api(name="west")
        self.assertEqual([item["name"] for item in west.get_rest_apis()["items"]], ["west"])
        self.assertEqual(self.api.get_rest_apis()["items"], [])
        self.assertEqual(aws("get-rest-apis", region="eu-west-1")["items"][0]["name"], "west")

    def test_the_clock_moves(self):
        before = self.api.create_rest_api(name="before")["createdDate"]
        moved = http("POST", "/_stagecraft/clock", {"advanceMillis": 3_600_000})
        self.assertEqual(moved.status, 200)
        after = self.api.create_rest_api(name="after")["createdDate"]
        self.assertGreaterEqual((after - before).total_seconds(), 3600)
        self.assertEqual(http("POST", "/_stagecraft/clock", {"advanceMillis": "soon"}).status, 400)

    def test_a_page_in_a_browser_cannot_drive_it(self):
        evil = {"Origin": "https://evil.example", "Content-Type": "text/plain"}
        for headers, host, status in [
            (evil, None, 403),
            ({"Origin": "null"}, None, 403),
            ({"Sec-Fetch-Site": "cross-site"}, None, 403),
            ({}, "evil.example", 421),
            ({}, "evil.example:4566", 421),
        ]:
            for path in ("/restapis", "/_stagecraft/reset"):
                answer = http("POST", path, {"name": "x"}, headers=headers, host=host)
                self.assertEqual((answer.status, "Stagecraft" in answer.text), (status, True), (path, headers, host))
        self.assertEqual(self.api.get_rest_apis()["items"], [])
        api, _ = self.deployed()
        for browser in ({"Sec-Fetch-Site": "cross-site"}, {"User-Agent": "Mozilla/5.0"}):
            self.assertEqual(self.call(api, "/dev/users", headers=evil | browser).status, 403)
            near = browser | {"Origin": "http://localhost:3000"}
            self.assertEqual(self.call(api, "/dev/users", headers=near).status, 200)

    def test_cors_is_tried_with_curl(self):
        api, resource = self.make_api()
        self.mock(api, resource, "", verb="OPTIONS")
        at = {"restApiId": api, "resourceId": resource, "httpMethod": "OPTIONS", "statusCode": "200"}
        allowed = {"Origin": "*", "Methods": "GET,OPTIONS"}
        names = {f"method.response.header.Access-Control-Allow-{name}": value for name, value in allowed.items()}
        self.api.delete_method_response(**at)
        self.api.put_method_response(**at, responseParameters=dict.fromkeys(names, False))
        mapped = {name: f"'{value}'" for name, value in names.items()}
        self.api.put_integration_response(**at, responseParameters=mapped)
        self.api.create_deployment(restApiId=api, stageName="dev")
        words = ["-X", "OPTIONS", "-H", "Origin: https://app.example.com", "-H", "Access-Control-Request-Method: GET"]
        answer = curl(f"/_invoke/{api}/dev/users", *words)
        self.assertIn("HTTP/1.1 200 OK\r\n", answer)
        for name, value in allowed.items():
            self.assertIn(f"\r\nAccess-Control-Allow-{name}: {value}\r\n", answer)
        hosted = curl("/dev/users", *words, "-H", f"Host: {api}.execute-api.us-east-1.amazonaws.com")
        self.assertIn("\r\nAccess-Control-Allow-Origin: *\r\n", hosted)
        self.assertIn("HTTP/1.1 403 Forbidden\r\n", curl("/restapis", *words))

    def test_header_names_reach_templates_as_they_are_written(self):
        template = "$input.params().header.get('X-mIxEd')"
        api, _ = self.deployed(text=template)
        answer = curl(f"/_invoke/{api}/dev/users", "-H", "X-mIxEd: a", "-H", "x-lower: b")
        self.assertTrue(answer.endswith("\r\n\r\na"), answer)
        self.assertIn("\r\nx-amzn-RequestId: ", answer)
        self.assertIn("\r\nContent-Type: application/json\r\n", answer)

    def test_another_service_is_told_so(self):
        self.refused(
            *("501", 501, 'Stagecraft: This endpoint is Amazon API Gateway\'s, and the request was signed for "lambda".'),
            *(client("lambda").list_functions,),
        )
