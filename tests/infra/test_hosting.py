"""Web pages: origins, headers, caches."""


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
    assert policy["img-src"] == "'self' data:"
    assert "frame-src" not in policy


def test_the_console_talks_to_itself_cognito_and_the_recordings_only(templates):
    self_, cognito, replays = console_policy(templates)["connect-src"].split(" ")

    assert self_ == "'self'"
    assert cognito.startswith("https://cognito-idp.")
    assert replays.startswith("https://<kizuki-dev-data:ExportsOutputFnGetAttbucketsreplays")


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


def test_the_demo_is_deployed_when_it_has_a_site(templates, chosen):
    def pages(found):
        return {
            config["Properties"]["DistributionConfig"]["Comment"]
            for config in found.of("AWS::CloudFront::Distribution").values()
        }

    assert pages(templates) == {"kizuki-dev console", "kizuki-dev sdk"}
    assert pages(chosen) == {"kizuki-prod console", "kizuki-prod sdk", "kizuki-prod demo"}


def test_an_own_domain_needs_tls_12(chosen):
    config = chosen.one("AWS::CloudFront::Distribution", "console")["DistributionConfig"]

    assert config["Aliases"] == ["cx.example.jp"]
    assert config["ViewerCertificate"]["MinimumProtocolVersion"] == "TLSv1.2_2021"
    assert chosen.platform["Outputs"]["ConsoleUrl"]["Value"] == "https://cx.example.jp"
