"""The two HTTP APIs."""

import json


def routes(templates):
    return {
        route["Properties"]["RouteKey"]: (
            route["Properties"]["AuthorizationType"],
            "AuthorizerId" in route["Properties"],
        )
        for route in templates.of("AWS::ApiGatewayV2::Route").values()
    }


def test_only_tracking_and_the_description_are_open(templates):
    assert routes(templates) == {
        "ANY /v1/{proxy+}": ("NONE", False),
        "ANY /v1/replay/{session}": ("NONE", False),
        "ANY /api/{proxy+}": ("JWT", True),
        "GET /api/openapi.json": ("NONE", False),
    }


def test_operators_are_known_by_their_pools_tokens(templates):
    authorizer = templates.one("AWS::ApiGatewayV2::Authorizer")

    assert authorizer["AuthorizerType"] == "JWT"
    assert authorizer["IdentitySource"] == ["$request.header.Authorization"]
    assert len(authorizer["JwtConfiguration"]["Audience"]) == 1
    assert "cognito-idp." in json.dumps(authorizer["JwtConfiguration"]["Issuer"])


def test_functions_answer_cors_themselves(templates):
    assert [
        api for api in templates.of("AWS::ApiGatewayV2::Api").values() if "CorsConfiguration" in api["Properties"]
    ] == []


def test_every_api_is_throttled_and_logged(chosen):
    stages = chosen.of("AWS::ApiGatewayV2::Stage").values()

    assert len(stages) == 2
    for stage in stages:
        settings = stage["Properties"]["DefaultRouteSettings"]
        assert (settings["ThrottlingRateLimit"], settings["ThrottlingBurstLimit"]) == (50, 80)
        assert "DestinationArn" in stage["Properties"]["AccessLogSettings"]


def test_access_logs_hold_neither_keys_nor_addresses(templates):
    for stage in templates.of("AWS::ApiGatewayV2::Stage").values():
        logged = set(json.loads(stage["Properties"]["AccessLogSettings"]["Format"]).values())

        assert logged.isdisjoint({"$context.path", "$context.identity.sourceIp", "$context.identity.userAgent"})
        assert not any("querystring" in value.lower() or "authorizer.claims" in value for value in logged)


def test_every_log_ends(templates):
    groups = templates.of("AWS::Logs::LogGroup").values()

    assert {group["Properties"].get("RetentionInDays") for group in groups} == {30}


def test_an_own_domain_closes_the_generated_one(chosen):
    assert chosen.one("AWS::ApiGatewayV2::DomainName")["DomainName"] == "t.example.jp"
    assert chosen.one("AWS::ApiGatewayV2::Api", "tracking")["DisableExecuteApiEndpoint"] is True
    assert chosen.platform["Outputs"]["IngestUrl"]["Value"] == "https://t.example.jp"
