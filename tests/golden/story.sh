#!/bin/sh
set -e
export AWS_DEFAULT_REGION=us-east-1

# Created the API UsersAPI
REST_API_ID=$(aws apigateway create-rest-api --name UsersAPI --description 'Users of a small service, answered by mock integrations' --endpoint-configuration types=REGIONAL --query id --output text)
ROOT_RESOURCE_ID=$(aws apigateway get-rest-api --rest-api-id "${REST_API_ID}" --query rootResourceId --output text)

# Created /users
RESOURCE_ID=$(aws apigateway create-resource --rest-api-id "${REST_API_ID}" --parent-id "${ROOT_RESOURCE_ID}" --path-part users --query id --output text)

# Created /users/{userId}
RESOURCE_ID_2=$(aws apigateway create-resource --rest-api-id "${REST_API_ID}" --parent-id "${RESOURCE_ID}" --path-part '{userId}' --query id --output text)

# Created GET /
aws apigateway put-method --rest-api-id "${REST_API_ID}" --resource-id "${ROOT_RESOURCE_ID}" --http-method GET --authorization-type NONE > /dev/null

# Added method response 200 of GET /
aws apigateway put-method-response --rest-api-id "${REST_API_ID}" --resource-id "${ROOT_RESOURCE_ID}" --http-method GET --status-code 200 --response-models application/json=Empty > /dev/null

# Gave GET / a MOCK integration
aws apigateway put-integration --rest-api-id "${REST_API_ID}" --resource-id "${ROOT_RESOURCE_ID}" --http-method GET --type MOCK --request-templates '{"application/json":"{\"statusCode\": 200}"}' > /dev/null

# Set integration response 200 of GET /
aws apigateway put-integration-response --rest-api-id "${REST_API_ID}" --resource-id "${ROOT_RESOURCE_ID}" --http-method GET --status-code 200 --response-templates '{"application/json":"{\n  \"service\": \"UsersAPI\",\n  \"stage\": \"$context.stage\",\n  \"try\": [\"GET /users\", \"GET /users/u1\"]\n}"}' > /dev/null

# Created GET /users
aws apigateway put-method --rest-api-id "${REST_API_ID}" --resource-id "${RESOURCE_ID}" --http-method GET --authorization-type NONE > /dev/null

# Added method response 200 of GET /users
aws apigateway put-method-response --rest-api-id "${REST_API_ID}" --resource-id "${RESOURCE_ID}" --http-method GET --status-code 200 --response-models application/json=Empty > /dev/null

# Gave GET /users a MOCK integration
aws apigateway put-integration --rest-api-id "${REST_API_ID}" --resource-id "${RESOURCE_ID}" --http-method GET --type MOCK --request-templates '{"application/json":"{\"statusCode\": 200}"}' > /dev/null

# Set integration response 200 of GET /users
aws apigateway put-integration-response --rest-api-id "${REST_API_ID}" --resource-id "${RESOURCE_ID}" --http-method GET --status-code 200 --response-templates '{"application/json":"{\n  \"users\": [\n    { \"id\": \"u1\", \"name\": \"Ada Lovelace\" },\n    { \"id\": \"u2\", \"name\": \"Grace Hopper\" }\n  ],\n  \"stage\": \"$context.stage\"\n}"}' > /dev/null

# Created POST /users
aws apigateway put-method --rest-api-id "${REST_API_ID}" --resource-id "${RESOURCE_ID}" --http-method POST --authorization-type NONE > /dev/null

# Added method response 201 of POST /users
aws apigateway put-method-response --rest-api-id "${REST_API_ID}" --resource-id "${RESOURCE_ID}" --http-method POST --status-code 201 --response-models application/json=Empty > /dev/null

# Gave POST /users a MOCK integration
aws apigateway put-integration --rest-api-id "${REST_API_ID}" --resource-id "${RESOURCE_ID}" --http-method POST --type MOCK --request-templates '{"application/json":"{\"statusCode\": 201}"}' > /dev/null

# Set integration response 201 of POST /users
aws apigateway put-integration-response --rest-api-id "${REST_API_ID}" --resource-id "${RESOURCE_ID}" --http-method POST --status-code 201 --response-templates '{"application/json":"{\n  \"id\": \"u3\",\n  \"created\": \"$context.requestTime\"\n}"}' > /dev/null

# Created GET /users/{userId}
aws apigateway put-method --rest-api-id "${REST_API_ID}" --resource-id "${RESOURCE_ID_2}" --http-method GET --authorization-type NONE --request-parameters method.request.path.userId=true > /dev/null

# Added method response 200 of GET /users/{userId}
aws apigateway put-method-response --rest-api-id "${REST_API_ID}" --resource-id "${RESOURCE_ID_2}" --http-method GET --status-code 200 --response-models application/json=Empty > /dev/null

# Gave GET /users/{userId} a MOCK integration
aws apigateway put-integration --rest-api-id "${REST_API_ID}" --resource-id "${RESOURCE_ID_2}" --http-method GET --type MOCK --request-templates '{"application/json":"{\"statusCode\": 200}"}' > /dev/null

# Set integration response 200 of GET /users/{userId}
aws apigateway put-integration-response --rest-api-id "${REST_API_ID}" --resource-id "${RESOURCE_ID_2}" --http-method GET --status-code 200 --response-templates '{"application/json":"{\n  \"id\": \"$input.params('\''userId'\'')\",\n  \"name\": \"Ada Lovelace\",\n  \"email\": \"ada@example.com\"\n}"}' > /dev/null

# Created DELETE /users/{userId}
aws apigateway put-method --rest-api-id "${REST_API_ID}" --resource-id "${RESOURCE_ID_2}" --http-method DELETE --authorization-type NONE --request-parameters method.request.path.userId=true > /dev/null

# Added method response 204 of DELETE /users/{userId}
aws apigateway put-method-response --rest-api-id "${REST_API_ID}" --resource-id "${RESOURCE_ID_2}" --http-method DELETE --status-code 204 > /dev/null

# Gave DELETE /users/{userId} a MOCK integration
aws apigateway put-integration --rest-api-id "${REST_API_ID}" --resource-id "${RESOURCE_ID_2}" --http-method DELETE --type MOCK --request-templates '{"application/json":"{\"statusCode\": 204}"}' > /dev/null

# Set integration response 204 of DELETE /users/{userId}
aws apigateway put-integration-response --rest-api-id "${REST_API_ID}" --resource-id "${RESOURCE_ID_2}" --http-method DELETE --status-code 204 > /dev/null

# Deployed D1 to dev
DEPLOYMENT_ID=$(aws apigateway create-deployment --rest-api-id "${REST_API_ID}" --stage-name dev --description 'it'\''s the first' --query id --output text)

# Set integration response 200 of GET /users
aws apigateway put-integration-response --rest-api-id "${REST_API_ID}" --resource-id "${RESOURCE_ID}" --http-method GET --status-code 200 --response-templates '{"application/json":"{\"users\": \"it'\''s $stageVariables.color\", \"at\": \"a\\b\"}"}' > /dev/null

# Made D2, on no stage
DEPLOYMENT_ID_2=$(aws apigateway create-deployment --rest-api-id "${REST_API_ID}" --query id --output text)

# Created the stage prod on D2
aws apigateway create-stage --rest-api-id "${REST_API_ID}" --stage-name prod --deployment-id "${DEPLOYMENT_ID_2}" --variables color=blue > /dev/null

# Changed settings of prod
aws apigateway update-stage --rest-api-id "${REST_API_ID}" --stage-name prod --patch-operations '[{"op":"replace","path":"/~1users~1{userId}/GET/throttling/rateLimit","value":"5"},{"op":"replace","path":"/description","value":"a, b = \"c\""}]' > /dev/null

# Created the custom domain name api.example.com
aws apigateway create-domain-name --domain-name api.example.com --certificate-arn arn:aws:acm:us-east-1:123456789012:certificate/fb1b9770 > /dev/null

# Mapped api.example.com/v1 to prod of UsersAPI
aws apigateway create-base-path-mapping --domain-name api.example.com --base-path v1 --rest-api-id "${REST_API_ID}" --stage prod > /dev/null

# Imported 2 API keys
IDS=$(printf %s 'name,key
it'\''s the partner'\''s,0123456789abcdefghij
-b,abcdefghij0123456789' | aws apigateway import-api-keys --body fileb:///dev/stdin --format csv --query ids --output text)
set -- $IDS
API_KEY_ID="${1}"
API_KEY_ID_2="${2}"

# Created the usage plan Gold
USAGE_PLAN_ID=$(aws apigateway create-usage-plan --name Gold --api-stages '[{"apiId":"'"${REST_API_ID}"'","stage":"prod"}]' --quota limit=9,period=DAY --query id --output text)

# Added the API key -b to Gold
aws apigateway create-usage-plan-key --usage-plan-id "${USAGE_PLAN_ID}" --key-id "${API_KEY_ID_2}" --key-type API_KEY > /dev/null
