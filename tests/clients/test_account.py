"""What an account has beside its APIs, with boto3 and the AWS CLI: custom domains, keys, usage plans, account, tags."""

import datetime
import os
import tempfile

from support import AwsError, Case, aws, aws_line, http, replace

CERTIFICATE = "arn:aws:acm:us-east-1:123456789012:certificate/fb1b9770"
VALUE = "apikey1234abcdefghij0123456789"


class CustomDomains(Case):
    def setUp(self):
        super().setUp()
        self.id, _ = self.make_api(text="one")
        self.api.create_deployment(restApiId=self.id, stageName="dev")

    def test_a_domain_name_leads_to_a_stage(self):
        made = self.api.create_domain_name(domainName="api.example.com", certificateArn=CERTIFICATE, tags={"a": "b"})
        self.assertEqual(made["ResponseMetadata"]["HTTPStatusCode"], 201)
        self.assertRegex(made["distributionDomainName"], r"^d[a-z0-9]{13}\.cloudfront\.net$")
        self.assertIsInstance(made["certificateUploadDate"], datetime.datetime)
        mapping = self.api.create_base_path_mapping(
            domainName="api.example.com", basePath="v1", restApiId=self.id, stage="dev"
        )
        self.assertEqual(mapping["basePath"], "v1")
        self.assertEqual(http("GET", "/v1/users", host="api.example.com").text, "one")
        self.assertEqual(http("GET", "/users", host="api.example.com").status, 403)
        self.api.create_base_path_mapping(domainName="api.example.com", restApiId=self.id)
        self.assertEqual(http("GET", "/dev/users", host="api.example.com").text, "one")
        none = self.api.get_base_path_mapping(domainName="api.example.com", basePath="(none)")
        self.assertNotIn("stage", none)
        pages = self.api.get_paginator("get_base_path_mappings").paginate(
            domainName="api.example.com", PaginationConfig={"PageSize": 1}
        )
        self.assertEqual([item["basePath"] for page in pages for item in page["items"]], ["(none)", "v1"])
        self.api.update_base_path_mapping(
            domainName="api.example.com", basePath="v1", patchOperations=[replace("/basePath", "v2")]
        )
        self.refused(
            "BadRequestException",
            400,
            f"Deleting RestApi {self.id} failed. Please remove all base path mappings related to the RestApi in your "
            "domains: api.example.com",
            self.api.delete_rest_api,
            restApiId=self.id,
        )
        deleted = self.api.delete_base_path_mapping(domainName="api.example.com", basePath="(none)")
        self.assertEqual(deleted["ResponseMetadata"]["HTTPStatusCode"], 202)
        self.api.delete_domain_name(domainName="api.example.com")
        self.api.delete_rest_api(restApiId=self.id)

    def test_errors(self):
        unknown = "Invalid domain name identifier specified"
        self.refused("NotFoundException", 404, unknown, self.api.get_domain_name, domainName="no.example.com")
        self.api.create_domain_name(domainName="api.example.com", certificateArn=CERTIFICATE)
        self.refused(
            "BadRequestException",
            400,
            "The domain name you provided already exists.",
            self.api.create_domain_name,
            domainName="api.example.com",
            certificateArn=CERTIFICATE,
        )
        at = {"domainName": "api.example.com", "restApiId": self.id, "stage": "dev"}
        self.api.create_base_path_mapping(**at)
        self.refused(
            "ConflictException",
            409,
            "Base path already exists for this domain name",
            self.api.create_base_path_mapping,
            **at,
        )


class Keys(Case):
    def setUp(self):
        super().setUp()
        self.id, self.users = self.make_api(text="one")
        required = [replace("/apiKeyRequired", "true")]
        at = {"restApiId": self.id, "resourceId": self.users, "httpMethod": "GET"}
        self.api.update_method(**at, patchOperations=required)
        self.api.create_deployment(restApiId=self.id, stageName="dev")

    def status(self, value):
        return self.call(self.id, "/dev/users", headers={"X-API-Key": value}).status

    def test_a_plan_lets_a_key_in_until_its_quota_is_used_up(self):
        key = self.api.create_api_key(name="first", enabled=True, value=VALUE)
        self.assertEqual((key["value"], key["stageKeys"]), (VALUE, []))
        self.assertNotIn("value", self.api.get_api_key(apiKey=key["id"]))
        self.assertEqual(self.api.get_api_key(apiKey=key["id"], includeValue=True)["value"], VALUE)
        plan = self.api.create_usage_plan(
            name="gold",
            apiStages=[{"apiId": self.id, "stage": "dev", "throttle": {"/users/GET": {"rateLimit": 100.5, "burstLimit": 50}}}],
            throttle={"burstLimit": 10, "rateLimit": 5.0},
            quota={"limit": 2, "period": "DAY"},
        )
        self.assertEqual(plan["apiStages"][0]["throttle"], {"/users/GET": {"rateLimit": 100.5, "burstLimit": 50}})
        self.assertEqual(plan["quota"], {"limit": 2, "offset": 0, "period": "DAY"})
        self.assertEqual(self.status(VALUE), 403)
        joined = self.api.create_usage_plan_key(usagePlanId=plan["id"], keyId=key["id"], keyType="API_KEY")
        self.assertEqual((joined["type"], joined["name"]), ("API_KEY", "first"))
        self.assertEqual([self.status(VALUE) for _ in range(3)], [200, 200, 429])
        today = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d")
        usage = self.api.get_usage(usagePlanId=plan["id"], startDate=today, endDate=today)
        self.assertEqual(usage["items"], {key["id"]: [[2, 0]]})
        more = self.api.update_usage(usagePlanId=plan["id"], keyId=key["id"], patchOperations=[replace("/remaining", "1")])
        self.assertEqual(more["items"], {key["id"]: [[2, 1]]})
        self.assertEqual([self.status(VALUE) for _ in range(2)], [200, 429])
        self.refused(
            "BadRequestException",
            400,
            f"Cannot delete Usage Plan {plan['id']} because there are API Stages associated with it, including {self.id}:dev",
            self.api.delete_usage_plan,
            usagePlanId=plan["id"],
        )
        removal = [{"op": "remove", "path": "/apiStages", "value": f"{self.id}:dev"}]
        self.assertEqual(self.api.update_usage_plan(usagePlanId=plan["id"], patchOperations=removal)["apiStages"], [])
        self.api.delete_usage_plan(usagePlanId=plan["id"])
        self.assertEqual(self.status(VALUE), 403)

    def test_a_file_of_keys(self):
        file = f"name,key,description,Enabled\nfirst,{VALUE},An imported key,TRUE\nsecond,short,,\n"
        done = self.api.import_api_keys(body=file.encode(), format="csv")
        self.assertEqual((len(done["ids"]), len(done["warnings"])), (1, 1))
        listed = self.api.get_api_keys(nameQuery="fir", includeValues=True)["items"]
        self.assertEqual([(key["value"], key["enabled"]) for key in listed], [(VALUE, True)])
        self.refused(
            "BadRequestException",
            400,
            "Row 2: API Key value should be at least 20 characters",
            self.api.import_api_keys,
            body=b"name,key\nx,short",
            format="csv",
            failOnWarnings=True,
        )

    def test_with_the_aws_cli(self):
        key = aws_line("create-api-key", "--name", "cli", "--enabled", "--value", VALUE, "--query", "id", "--output", "text")
        stage = f"apiId={self.id},stage=dev"
        limits = ("--quota", "limit=1,period=WEEK", "--throttle", "rateLimit=9,burstLimit=9")
        plan = aws("create-usage-plan", "--name", "cli", "--api-stages", stage, *limits)
        aws("create-usage-plan-key", "--usage-plan-id", plan["id"], "--key-id", key, "--key-type", "API_KEY")
        self.assertEqual([self.status(VALUE) for _ in range(2)], [200, 429])
        limit = f"op=replace,path=/apiStages/{self.id}:dev/throttle/~1users/GET/rateLimit,value=0"
        changed = aws("update-usage-plan", "--usage-plan-id", plan["id"], "--patch-operations", limit)
        self.assertEqual(changed["apiStages"][0]["throttle"], {"/users/GET": {"rateLimit": 0.0}})
        with tempfile.NamedTemporaryFile("w", suffix=".csv", delete=False) as file:
            file.write(f"Name,Key,UsagePlanIds\nfile,0123456789abcdefghij,{plan['id']}\n")
        try:
            done = aws("import-api-keys", "--format", "csv", "--body", f"fileb://{file.name}")
            self.assertEqual((len(done["ids"]), done.get("warnings")), (1, None))
        finally:
            os.unlink(file.name)
        with self.assertRaises(AwsError) as caught:
            aws("create-api-key", "--value", "short")
        self.assertIn("API Key value should be at least 20 characters", caught.exception.text)


class Settings(Case):
    def test_account_and_tags(self):
        account = self.api.get_account()
        told = (account["throttleSettings"], account["features"], account["apiKeyVersion"])
        self.assertEqual(told, ({"burstLimit": 5000, "rateLimit": 10000.0}, ["UsagePlans"], "4"))
        role = "arn:aws:iam::123456789012:role/Logs"
        changed = self.api.update_account(patchOperations=[replace("/cloudwatchRoleArn", role)])
        self.assertEqual(changed["cloudwatchRoleArn"], role)
        arn = f"arn:aws:apigateway:us-east-1::/restapis/{self.make_api()[0]}"
        tagged = self.api.tag_resource(resourceArn=arn, tags={"team": "a", "cost": "1"})
        self.assertEqual(tagged["ResponseMetadata"]["HTTPStatusCode"], 204)
        aws("untag-resource", "--resource-arn", arn, "--tag-keys", "cost", "gone")
        self.assertEqual(self.api.get_tags(resourceArn=arn)["tags"], {"team": "a"})
