"""Web pages: origins, headers, caches."""

import json

CERTIFICATE = "arn:aws:acm:us-east-1:123456789012:certificate/0a1b"


def headers(templates, page):
    return templates.one("AWS::CloudFront::ResponseHeadersPolicy", f"{page}headers")["ResponseHeadersPolicyConfig"]


def console_policy(templates):
    security = headers(templates, "console")["SecurityHeadersConfig"]["ContentSecurityPolicy"]
    value = security["ContentSecurityPolicy"]
    text = (
        value
        if isinstance(value, str)
        else "".join(
            part if isinstance(part, str) else f"<{next(iter(part.values()))}>" for part in value["Fn::Join"][1]
        )
    )
    return dict(directive.split(" ", 1) for directive in text.split("; "))


def test_the_console_runs_only_its_own_scripts_and_nobody_frames_it(templates):
    policy = console_policy(templates)

    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == "'self'"
    assert policy["base-uri"] == "'none'"
    assert policy["frame-ancestors"] == "'none'"
    assert policy["frame-src"] == "'self' blob:"


def test_the_console_talks_to_itself_cognito_and_the_recordings_only(templates):
    self_, cognito, replays = console_policy(templates)["connect-src"].split(" ")

    assert self_ == "'self'"
    assert cognito.startswith("https://cognito-idp.")
    assert replays.startswith("https://<kizuki-prod-data:ExportsOutputFnGetAttbucketsreplays")


def test_the_api_is_on_the_consoles_origin_and_never_cached(templates):
    (behavior,) = templates.one("AWS::CloudFront::Distribution", "console")["DistributionConfig"]["CacheBehaviors"]
    disabled = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"

    assert behavior["PathPattern"] == "/api/*"
    assert behavior["CachePolicyId"] == disabled
    assert behavior["ViewerProtocolPolicy"] == "redirect-to-https"
    assert "PATCH" in behavior["AllowedMethods"]


def test_any_site_may_load_the_tag_and_no_page_else(templates):
    assert headers(templates, "sdk")["CorsConfig"]["AccessControlAllowOrigins"] == {"Items": ["*"]}
    assert "CorsConfig" not in headers(templates, "console")


def test_pages_are_read_through_cloudfront_over_tls_only(templates):
    for distribution in templates.of("AWS::CloudFront::Distribution").values():
        config = distribution["Properties"]["DistributionConfig"]
        assert config["DefaultCacheBehavior"]["ViewerProtocolPolicy"] == "redirect-to-https"
        assert config["Origins"][0]["OriginAccessControlId"]
        assert "Logging" in config


def test_the_demo_is_deployed_when_asked_for(templates, synthesise):
    def pages(found):
        return {
            config["Properties"]["DistributionConfig"]["Comment"]
            for config in found.of("AWS::CloudFront::Distribution").values()
        }

    assert pages(templates) == {"kizuki-prod console", "kizuki-prod sdk"}
    assert pages(synthesise(demo=True)) == {"kizuki-prod console", "kizuki-prod sdk", "kizuki-prod demo"}


def test_an_own_domain_needs_tls_12(synthesise):
    found = synthesise(console_domain=json.dumps({"name": "cx.example.jp", "certificate_arn": CERTIFICATE}))
    config = found.one("AWS::CloudFront::Distribution", "console")["DistributionConfig"]

    assert config["Aliases"] == ["cx.example.jp"]
    assert config["ViewerCertificate"]["MinimumProtocolVersion"] == "TLSv1.2_2021"
    assert found.platform["Outputs"]["ConsoleUrl"]["Value"] == "https://cx.example.jp"


def test_every_alarm_tells_somebody(synthesise):
    found = synthesise(alarm_email="ops@example.jp")
    (topic,) = found.of("AWS::SNS::Topic")
    alarms = {
        alarm["Properties"]["AlarmName"]: alarm["Properties"] for alarm in found.of("AWS::CloudWatch::Alarm").values()
    }

    assert {alarm["AlarmName"] for alarm in alarms.values() if alarm["AlarmActions"] != [{"Ref": topic}]} == set()
    assert {alarm["AlarmName"] for alarm in alarms.values() if not alarm["AlarmDescription"]} == set()
    assert {
        "kizuki-prod-tracking-5xx",
        "kizuki-prod-evaluate-behind",
        "kizuki-prod-evaluate-errors",
        "kizuki-prod-notify-errors",
        "kizuki-prod-notifications-undelivered",
        "kizuki-prod-records-set-aside",
        "kizuki-prod-lake-late",
    } <= alarms.keys()
    assert found.one("AWS::SNS::Subscription")["Endpoint"] == "ops@example.jp"
    assert len(found.of("AWS::CloudWatch::Dashboard")) == 1


def test_names_of_different_stages_never_meet(synthesise):
    def names(found):
        keys = ("AlarmName", "DashboardName", "Name", "FunctionName", "TableName", "BucketName", "QueueName")
        return {
            (resource["Type"], resource["Properties"][key])
            for resource in found.resources.values()
            for key in keys
            if isinstance(resource.get("Properties", {}).get(key), str)
        }

    shared = names(synthesise(stage="dev")) & names(synthesise(stage="prod"))
    assert {name for kind, name in shared if kind != "AWS::ApiGatewayV2::Authorizer"} == set()
