#!/bin/sh
set -e
export AWS_DEFAULT_REGION=us-east-1

# The second part

# What this needs was made before it, and is looked up here; what has no name of its own is asked for.
REST_API_ID=$(aws apigateway get-rest-apis --limit 500 --query "items[?name=='UsersAPI'].id" --output text)
DEPLOYMENT_ID=${DEPLOYMENT_ID:?the id of the deployment D2}

# Created the stage prod on D2
aws apigateway create-stage --rest-api-id "${REST_API_ID}" --stage-name prod --deployment-id "${DEPLOYMENT_ID}" --variables color=blue > /dev/null

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
