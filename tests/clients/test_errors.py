"""The errors of the control plane as boto3 reports them: code, status, message, and the class that a program catches."""

from support import Case, http, replace

API = "Invalid API identifier specified 123456789012:none000000"


class Errors(Case):
    def test_what_is_not_there(self):
        api, resource = self.make_api()
        ids = {"restApiId": api, "resourceId": resource, "httpMethod": "GET"}
        none = {"restApiId": "none000000"}
        deployment = {"restApiId": api, "deploymentId": "none00"}
        for call, members, message in [
            ("get_rest_api", none, API),
            ("delete_rest_api", none, API),
            ("update_rest_api", none | {"patchOperations": [replace("/name", "x")]}, API),
            ("get_resources", none, API),
            ("get_models", none, API),
            ("create_model", none | {"name": "M", "contentType": "application/json", "schema": "{}"}, API),
            ("get_gateway_responses", none, API),
            ("get_request_validators", none, API),
            ("get_authorizers", none, API),
            ("get_resource", {"restApiId": api, "resourceId": "none00"}, "Invalid Resource identifier specified"),
            ("create_resource", none | {"parentId": "x", "pathPart": "y"}, "Invalid Resource identifier specified"),
            ("get_method", ids | {"httpMethod": "PUT"}, "Invalid Method identifier specified"),
            ("get_method_response", ids | {"statusCode": "404"}, "Invalid Response status code specified"),
            ("get_integration_response", ids | {"statusCode": "404"}, "Invalid Response status code specified"),
            ("get_deployment", deployment, "Invalid Deployment identifier specified"),
            ("get_stage", {"restApiId": api, "stageName": "none"}, "Invalid Stage identifier specified"),
            ("get_model", {"restApiId": api, "modelName": "None"}, "Invalid model name specified: None"),
            ("get_authorizer", {"restApiId": api, "authorizerId": "none00"}, "Invalid Authorizer identifier specified"),
            (
                "get_request_validator",
                {"restApiId": api, "requestValidatorId": "none00"},
                "Invalid Request Validator identifier specified",
            ),
        ]:
            with self.subTest(call):
                self.refused("NotFoundException", 404, message, getattr(self.api, call), **members)

    def test_what_cannot_be(self):
        api, resource = self.make_api()
        root = self.api.get_rest_api(restApiId=api)["rootResourceId"]
        ids = {"restApiId": api, "resourceId": resource}
        method = {"authorizationType": "NONE"}
        empty = self.api.create_rest_api(name="empty")["id"]
        self.api.create_resource(restApiId=api, parentId=root, pathPart="{proxy+}")
        deployment = self.api.create_deployment(restApiId=api, stageName="dev")["id"]
        stage = {"restApiId": api, "stageName": "dev"}
        for call, members, code, status, message in [
            (
                *("put_method", ids | {"httpMethod": "GET"} | method),
                *("ConflictException", 409, "Method already exists for this resource"),
            ),
            (
                *("put_method_response", ids | {"httpMethod": "GET", "statusCode": "200"}),
                *("ConflictException", 409, "Response already exists for this resource"),
            ),
            (
                *("put_method", ids | {"httpMethod": "FETCH"} | method, "BadRequestException", 400),
                "Invalid HttpMethod specified. Valid options are GET,PUT,POST,DELETE,PATCH,OPTIONS,HEAD,ANY",
            ),
            (
                *("create_resource", {"restApiId": api, "parentId": root, "pathPart": "users"}, "ConflictException", 409),
                "Another resource with the same parent already has this name: users",
            ),
            (
                *("create_resource", {"restApiId": api, "parentId": root, "pathPart": "{id}"}),
                *("BadRequestException", 400),
                "A sibling ({proxy+}) of this resource already has a variable path part -- only one is allowed",
            ),
            (
                *("update_resource", {"restApiId": api, "resourceId": root, "patchOperations": [replace("/pathPart", "x")]}),
                *("BadRequestException", 400, "Root resource cannot update its pathPart."),
            ),
            (
                *("create_deployment", {"restApiId": empty, "stageName": "dev"}),
                *("BadRequestException", 400, "The REST API doesn't contain any methods"),
            ),
            (
                *("create_stage", stage | {"deploymentId": deployment}, "ConflictException", 409, "Stage already exists"),
            ),
            (
                *("create_stage", {"restApiId": api, "stageName": "a.b", "deploymentId": deployment}),
                *("BadRequestException", 400, "Stage name only allows a-zA-Z0-9_"),
            ),
            (
                *("create_stage", {"restApiId": api, "stageName": "prod", "deploymentId": "none00"}),
                *("BadRequestException", 400, "Deployment id does not exist"),
            ),
            (
                *("delete_deployment", {"restApiId": api, "deploymentId": deployment}, "BadRequestException", 400),
                "Active stages pointing to this deployment must be moved or deleted",
            ),
            (
                *("update_stage", stage | {"patchOperations": [{"op": "remove", "path": "/*/*"}]}),
                *("BadRequestException", 400),
                "Cannot remove method setting */* because there is no method setting for this method ",
            ),
            (
                *("update_rest_api", {"restApiId": api, "patchOperations": [{"op": "add", "path": "/name", "value": "x"}]}),
                *("BadRequestException", 400, "Invalid patch operation specified. Must be one of: [replace]"),
            ),
            (
                *("delete_model", {"restApiId": api, "modelName": "none"}, "NotFoundException", 404),
                "Invalid model name specified: none",
            ),
        ]:
            with self.subTest(message):
                self.refused(code, status, message, getattr(self.api, call), **members)

    def test_a_wrong_value_is_a_validation_exception_before_anything_is_looked_up(self):
        self.refused(
            *("ValidationException", 400),
            "1 validation error detected: Value 'SOCKET' at 'putIntegrationInput.type' failed to satisfy constraint: Member "
            "must satisfy enum value set: [HTTP, MOCK, AWS_PROXY, HTTP_PROXY, AWS]",
            *(self.api.put_integration,),
            **{"restApiId": "none000000", "resourceId": "none00", "httpMethod": "GET", "type": "SOCKET"},
        )

    def test_a_wrong_type_is_a_serialization_exception(self):
        """boto3 would not send it."""
        answer = http("POST", "/restapis", {"name": True})
        self.assertEqual((answer.status, answer.headers["x-amzn-errortype"]), (400, "SerializationException"))
        message = "class java.lang.Boolean can not be converted to an String"
        self.assertEqual(answer.json(), {"message": message})

    def test_errors_are_caught_by_their_class(self):
        with self.assertRaises(self.api.exceptions.NotFoundException):
            self.api.get_rest_api(restApiId="none000000")
        api, resource = self.make_api()
        with self.assertRaises(self.api.exceptions.ConflictException):
            self.api.put_method(restApiId=api, resourceId=resource, httpMethod="GET", authorizationType="NONE")
        with self.assertRaises(self.api.exceptions.BadRequestException):
            self.api.put_method(restApiId=api, resourceId=resource, httpMethod="get", authorizationType="NONE")
        with self.assertRaises(self.api.exceptions.LimitExceededException):
            for _ in range(11):
                deployment = self.api.create_deployment(restApiId=api)["id"]
                self.api.create_stage(restApiId=api, stageName=f"s{deployment}", deploymentId=deployment)
