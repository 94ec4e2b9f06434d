"""What the tests share: clients that know the endpoint, the AWS CLI as a program, and a plain HTTP client for invoke URLs."""

import json
import os
import subprocess
import sys
import unittest
from http.client import HTTPConnection
from urllib.parse import urlsplit

import shapes

ENDPOINT = os.environ.get("STAGECRAFT_ENDPOINT", "http://127.0.0.1:4566")


def isolate():
    """Hides whatever the machine has set for AWS's clients or for proxies, and gives credentials that nobody checks."""
    for name in list(os.environ):
        if name.upper().startswith("AWS_") or name.upper().endswith("_PROXY"):
            del os.environ[name]
    os.environ.update(
        AWS_ACCESS_KEY_ID="AKIDEXAMPLE",
        AWS_SECRET_ACCESS_KEY="anything",
        AWS_DEFAULT_REGION="us-east-1",
        AWS_CONFIG_FILE=os.devnull,
        AWS_SHARED_CREDENTIALS_FILE=os.devnull,
        AWS_EC2_METADATA_DISABLED="true",
        AWS_MAX_ATTEMPTS="1",
        AWS_PAGER="",
    )


def client(service="apigateway", region="us-east-1"):
    """boto3's own client, told nothing but where the endpoint is."""
    import boto3

    made = boto3.client(service, region_name=region, endpoint_url=ENDPOINT)
    made.meta.events.register("after-call.apigateway", shapes.check)
    return made


class Answer:
    """An HTTP answer: status, headers by lower-case name, body as text."""

    def __init__(self, response):
        self.status = response.status
        self.headers = {name.lower(): value for name, value in response.getheaders()}
        self.text = response.read().decode()

    def json(self):
        return json.loads(self.text)


def http(verb, path, body=None, headers=None, host=None):
    """Sends a request to the endpoint, under another host's name if one is given."""
    where = urlsplit(ENDPOINT)
    connection = HTTPConnection(where.hostname, where.port, timeout=30)
    try:
        headers = dict(headers or {}, **({"Host": host} if host else {}))
        body = json.dumps(body) if isinstance(body, dict) else body
        connection.request(verb, path, body=body, headers=headers)
        return Answer(connection.getresponse())
    finally:
        connection.close()


def call_many(api, path, calls):
    """The bodies of many answers of one invoke URL, over one connection."""
    where = urlsplit(ENDPOINT)
    connection = HTTPConnection(where.hostname, where.port, timeout=30)
    try:
        bodies = []
        for _ in range(calls):
            connection.request("GET", f"/_invoke/{api}{path}")
            bodies.append(connection.getresponse().read().decode())
        return bodies
    finally:
        connection.close()


def reset():
    http("POST", "/_stagecraft/reset")


class AwsError(Exception):
    """What the AWS CLI said when it failed, and its exit code."""

    def __init__(self, code, text):
        super().__init__(f"exit code {code}: {text}")
        self.code = code
        self.text = text


def aws_line(*words, region=None):
    """Runs the real AWS CLI as a user would; returns what it printed."""
    options = ["--region", region] if region else []
    command = [sys.executable, "-m", "awscli", "--endpoint-url", ENDPOINT, *options, "apigateway", *words]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    if done.returncode:
        raise AwsError(done.returncode, done.stderr.strip())
    return done.stdout.strip()


def aws(*words, **options):
    """The same, with the answer read as JSON; None when there is none."""
    text = aws_line(*words, **options)
    return json.loads(text) if text else None


def replace(path, value):
    return {"op": "replace", "path": path, "value": value}


class Case(unittest.TestCase):
    """A test that begins with nothing in the endpoint."""

    maxDiff = None

    def setUp(self):
        reset()
        self.api = client()

    def refused(self, code, status, message, call, **members):
        """boto3 reports exactly this error."""
        from botocore.exceptions import ClientError

        with self.assertRaises(ClientError) as caught:
            call(**members)
        error = caught.exception.response
        told = (error["Error"]["Code"], error["ResponseMetadata"]["HTTPStatusCode"], error["Error"]["Message"])
        self.assertEqual(told, (code, status, message))

    def make_api(self, name="UsersAPI", text="one"):
        """An API with `GET /users` that a MOCK answers; its id and the resource's."""
        made = self.api.create_rest_api(name=name)
        api = made["id"]
        resource = self.api.create_resource(restApiId=api, parentId=made["rootResourceId"], pathPart="users")["id"]
        self.mock(api, resource, text)
        return api, resource

    def mock(self, api, resource, text, verb="GET"):
        """Puts a method that answers 200 with a text."""
        at = {"restApiId": api, "resourceId": resource, "httpMethod": verb}
        self.api.put_method(**at, authorizationType="NONE")
        self.api.put_method_response(**at, statusCode="200")
        self.api.put_integration(**at, type="MOCK", requestTemplates={"application/json": '{"statusCode": 200}'})
        self.answer_with(api, resource, text, verb)

    def answer_with(self, api, resource, text, verb="GET"):
        """Changes the text in the working copy."""
        self.api.put_integration_response(
            restApiId=api,
            resourceId=resource,
            httpMethod=verb,
            statusCode="200",
            responseTemplates={"application/json": text},
        )

    def call(self, api, path, **options):
        """Calls an invoke URL by path."""
        return http("GET", f"/_invoke/{api}{path}", **options)
