"""A canary release from its first request to its promotion, with boto3 and with the AWS CLI."""

from support import Case, aws, call_many, replace

PROMOTION = [
    {"op": "replace", "path": "/canarySettings/percentTraffic", "value": "0.0"},
    {"op": "copy", "from": "/canarySettings/stageVariableOverrides", "path": "/variables"},
    {"op": "copy", "from": "/canarySettings/deploymentId", "path": "/deploymentId"},
]


class Canary(Case):
    def setUp(self):
        super().setUp()
        self.id, self.resource = self.make_api(text="one $stageVariables.color")
        self.stage = {"restApiId": self.id, "stageName": "prod"}
        self.first = self.api.create_deployment(**self.stage, variables={"color": "blue"})["id"]
        self.answer_with(self.id, self.resource, "two $stageVariables.color")

    def released(self, percent=50.0):
        settings = {"percentTraffic": percent, "stageVariableOverrides": {"color": "green"}, "useStageCache": False}
        return self.api.create_deployment(**self.stage, canarySettings=settings)["id"]

    def answers(self, calls=200):
        return call_many(self.id, "/prod/users", calls)

    def test_a_release_is_tried_promoted_and_ended(self):
        second = self.released()
        stage = self.api.get_stage(**self.stage)
        self.assertEqual(stage["deploymentId"], self.first)
        self.assertEqual(
            stage["canarySettings"],
            {
                "percentTraffic": 50.0,
                "deploymentId": second,
                "stageVariableOverrides": {"color": "green"},
                "useStageCache": False,
            },
        )
        answers = self.answers()
        self.assertEqual(set(answers), {"one blue", "two green"})
        # Half of 200; less than 50 of either comes once in 10^13 runs.
        self.assertGreater(min(answers.count(text) for text in set(answers)), 50)

        promoted = self.api.update_stage(**self.stage, patchOperations=PROMOTION)
        self.assertEqual((promoted["deploymentId"], promoted["variables"]), (second, {"color": "green"}))
        self.assertEqual(promoted["canarySettings"]["percentTraffic"], 0.0)
        self.assertEqual(set(self.answers(20)), {"two green"})
        ended = self.api.update_stage(**self.stage, patchOperations=[{"op": "remove", "path": "/canarySettings"}])
        self.assertNotIn("canarySettings", ended)

    def test_all_or_none_of_the_traffic(self):
        self.released(0.0)
        self.assertEqual(set(self.answers(30)), {"one blue"})
        self.api.update_stage(**self.stage, patchOperations=[replace("/canarySettings/percentTraffic", "100.0")])
        self.assertEqual(set(self.answers(30)), {"two green"})

    def test_with_the_aws_cli(self):
        stage = ["--rest-api-id", self.id, "--stage-name", "prod"]
        settings = "percentTraffic=100.0,useStageCache=false,stageVariableOverrides={color=red,size=2}"
        second = aws("create-deployment", *stage, "--canary-settings", settings)["id"]
        self.assertEqual(set(self.answers(5)), {"two red"})
        aws(
            *["update-stage", *stage, "--patch-operations"],
            "op=replace,path=/canarySettings/percentTraffic,value=0.0",
            "op=copy,from=/canarySettings/stageVariableOverrides,path=/variables",
            "op=copy,from=/canarySettings/deploymentId,path=/deploymentId",
        )
        aws("update-stage", *stage, "--patch-operations", "op=remove,path=/canarySettings")
        after = aws("get-stage", *stage)
        self.assertEqual((after["deploymentId"], after["variables"]), (second, {"color": "red", "size": "2"}))
        self.assertEqual(set(self.answers(5)), {"two red"})

    def test_errors(self):
        refused = ("BadRequestException", 400)
        start = "Invalid deployment content specified."
        canary = {"percentTraffic": 10.0}
        self.refused(
            *refused,
            f"{start}Non null and non empty stageName must be provided for canary deployment. Provided value is null",
            *(self.api.create_deployment,),
            **{"restApiId": self.id, "canarySettings": canary},
        )
        self.refused(
            *refused,
            f"{start}Stage none must already be created before making a canary release deployment",
            *(self.api.create_deployment,),
            **{"restApiId": self.id, "stageName": "none", "canarySettings": canary},
        )
        self.refused(
            *refused,
            "Promotion not available. Canary does not exist.",
            *(self.api.update_stage,),
            **self.stage,
            **{"patchOperations": PROMOTION[1:]},
        )
        self.released()
        self.refused(
            *refused,
            f"{start}Non canary deployment not supported on stage prod because Canary is enabled. Provide CanarySettings "
            "in deploymentInput.",
            *(self.api.create_deployment,),
            **self.stage,
        )
