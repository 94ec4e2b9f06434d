"""The main job, as a user of the AWS CLI and as a program with boto3: change, deploy, promote, roll back."""

import json

from support import AwsError, Case, aws, aws_line, replace


class Story(Case):
    def test_with_the_aws_cli(self):
        """Words of the workshops; every line is what one would type."""
        api = aws_line("create-rest-api", "--name", "UsersAPI", "--query", "id", "--output", "text")
        root = aws_line(
            "get-resources", "--rest-api-id", api, "--query", "items[?path=='/'].id", "--output", "text"
        )
        users = aws("create-resource", "--rest-api-id", api, "--parent-id", root, "--path-part", "users")
        self.assertEqual((users["parentId"], users["path"]), (root, "/users"))
        at = ["--rest-api-id", api, "--resource-id", users["id"], "--http-method", "GET"]
        method = aws("put-method", *at, "--authorization-type", "NONE", "--no-api-key-required")
        self.assertEqual(method, {"httpMethod": "GET", "authorizationType": "NONE", "apiKeyRequired": False})
        aws("put-method-response", *at, "--status-code", "200", "--response-models", "application/json=Empty")
        mock = {"application/json": '{"statusCode": 200}'}
        integration = aws("put-integration", *at, "--type", "MOCK", "--request-templates", json.dumps(mock))
        self.assertEqual(integration["requestTemplates"], mock)
        answer = ["put-integration-response", *at, "--status-code", "200", "--response-templates"]
        aws(*answer, json.dumps({"application/json": '{"users": 1}'}))

        first = aws("create-deployment", "--rest-api-id", api, "--stage-name", "dev", "--description", "first")
        self.assertEqual(self.call(api, "/dev/users").json(), {"users": 1})

        # "I changed my API and nothing happened."
        aws(*answer, json.dumps({"application/json": '{"users": 2}'}))
        self.assertEqual(self.call(api, "/dev/users").json(), {"users": 1})
        second = aws("create-deployment", "--rest-api-id", api, "--stage-name", "dev")
        self.assertEqual(self.call(api, "/dev/users").json(), {"users": 2})

        # Promote what dev has, then roll dev back.
        prod = aws(
            *["create-stage", "--rest-api-id", api, "--stage-name", "prod", "--deployment-id", second["id"]],
            *["--variables", "color=green,size=2"],
        )
        self.assertEqual(prod["variables"], {"color": "green", "size": "2"})
        back = f"op=replace,path=/deploymentId,value={first['id']}"
        aws("update-stage", "--rest-api-id", api, "--stage-name", "dev", "--patch-operations", back)
        self.assertEqual(self.call(api, "/dev/users").json(), {"users": 1})
        self.assertEqual(self.call(api, "/prod/users").json(), {"users": 2})
        stages = aws("get-stages", "--rest-api-id", api)["item"]
        points = {stage["stageName"]: stage["deploymentId"] for stage in stages}
        self.assertEqual(points, {"dev": first["id"], "prod": second["id"]})

        # What is in use stays.
        with self.assertRaises(AwsError) as caught:
            aws("delete-deployment", "--rest-api-id", api, "--deployment-id", first["id"])
        # 255 says version 1 of the AWS CLI, 254 version 2.
        self.assertIn(caught.exception.code, (254, 255))
        self.assertEqual(
            caught.exception.text,
            "An error occurred (BadRequestException) when calling the DeleteDeployment operation: "
            "Active stages pointing to this deployment must be moved or deleted",
        )
        self.assertIsNone(aws("delete-stage", "--rest-api-id", api, "--stage-name", "dev"))
        self.assertIsNone(aws("delete-deployment", "--rest-api-id", api, "--deployment-id", first["id"]))
        self.assertEqual(self.call(api, "/dev/users").json(), {"message": "Forbidden"})
        self.assertIsNone(aws("delete-rest-api", "--rest-api-id", api))
        self.assertEqual(aws("get-rest-apis"), {"items": []})

    def test_with_boto3(self):
        api, resource = self.make_api(text='{"version": "$stageVariables.version", "stage": "$context.stage"}')
        first = self.api.create_deployment(restApiId=api, stageName="dev", variables={"version": "1"})
        self.assertEqual(set(first) - {"ResponseMetadata"}, {"id", "createdDate"})
        self.assertEqual(first["ResponseMetadata"]["HTTPStatusCode"], 201)
        self.assertEqual(first["createdDate"].tzname() and first["createdDate"].microsecond, 0)
        self.assertEqual(self.call(api, "/dev/users").json(), {"version": "1", "stage": "dev"})

        # A variable acts at once; the working copy does not.
        self.answer_with(api, resource, "changed")
        self.api.update_stage(restApiId=api, stageName="dev", patchOperations=[replace("/variables/version", "2")])
        self.assertEqual(self.call(api, "/dev/users").json(), {"version": "2", "stage": "dev"})

        second = self.api.create_deployment(restApiId=api, stageName="dev")
        self.assertEqual(self.call(api, "/dev/users").text, "changed")
        self.api.create_stage(restApiId=api, stageName="prod", deploymentId=first["id"])
        self.assertEqual(self.call(api, "/prod/users").json(), {"version": "", "stage": "prod"})
        stage = self.api.update_stage(
            restApiId=api, stageName="prod", patchOperations=[replace("/deploymentId", second["id"])]
        )
        self.assertEqual(stage["deploymentId"], second["id"])
        self.assertEqual(self.call(api, "/prod/users").text, "changed")
        summary = self.api.get_deployment(restApiId=api, deploymentId=second["id"], embed=["apisummary"])
        self.assertEqual(
            summary["apiSummary"], {"/users": {"GET": {"authorizationType": "NONE", "apiKeyRequired": False}}}
        )

    def test_a_refused_step_changes_nothing(self):
        api, _ = self.make_api()
        deployment = self.api.create_deployment(restApiId=api, stageName="dev")["id"]
        steps = [replace("/description", "new"), replace("/deploymentId", "none00")]
        before = self.api.get_stage(restApiId=api, stageName="dev")
        self.refused(
            *("BadRequestException", 400, "Deployment id does not exist"),
            *(self.api.update_stage,),
            **{"restApiId": api, "stageName": "dev", "patchOperations": steps},
        )
        after = self.api.get_stage(restApiId=api, stageName="dev")
        self.assertEqual(after["deploymentId"], deployment)
        for answer in (before, after):
            del answer["ResponseMetadata"]
        self.assertEqual(after, before)

    def test_pages_of_a_list_are_walked_by_boto3_and_by_the_cli(self):
        made = {self.api.create_rest_api(name=f"n{i}")["id"] for i in range(7)}
        pages = list(self.api.get_paginator("get_rest_apis").paginate(PaginationConfig={"PageSize": 3}))
        self.assertEqual([len(page["items"]) for page in pages], [3, 3, 1])
        self.assertEqual({item["id"] for page in pages for item in page["items"]}, made)
        listed = aws("get-rest-apis", "--page-size", "2")["items"]
        self.assertEqual({item["id"] for item in listed}, made)
