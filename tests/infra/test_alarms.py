"""Somebody is told when a promise breaks."""


def alarms(templates):
    return {
        alarm["Properties"]["AlarmName"]: alarm["Properties"]
        for alarm in templates.of("AWS::CloudWatch::Alarm").values()
    }


def test_every_alarm_says_what_is_wrong_and_tells_somebody(chosen):
    (topic,) = chosen.of("AWS::SNS::Topic")

    assert {name for name, alarm in alarms(chosen).items() if alarm["AlarmActions"] != [{"Ref": topic}]} == set()
    assert {name for name, alarm in alarms(chosen).items() if not alarm["AlarmDescription"]} == set()
    assert chosen.one("AWS::SNS::Subscription")["Endpoint"] == "ops@example.jp"


def test_every_promise_has_an_alarm(templates):
    promises = {
        *(f"kizuki-dev-{api}-5xx" for api in ("tracking", "console")),
        *(f"kizuki-dev-{name}-errors" for name in ("ingest", "replay", "evaluate", "notify", "api", "watch")),
        *(f"kizuki-dev-{name}-throttles" for name in ("ingest", "replay", "evaluate", "notify", "api", "watch")),
        "kizuki-dev-evaluate-behind",
        "kizuki-dev-records-set-aside",
        "kizuki-dev-records-lost",
        "kizuki-dev-notifications-undelivered",
        "kizuki-dev-notifications-late",
        "kizuki-dev-stream-full",
        "kizuki-dev-lake-late",
    }

    assert alarms(templates).keys() == promises


def test_there_is_one_dashboard(templates):
    assert templates.one("AWS::CloudWatch::Dashboard")["DashboardName"] == "kizuki-dev"


def test_names_of_different_stages_never_meet(templates, chosen):
    def names(found):
        keys = ("AlarmName", "DashboardName", "Name", "FunctionName", "TableName", "BucketName", "QueueName")
        return {
            (resource["Type"], resource["Properties"][key])
            for resource in found.resources.values()
            for key in keys
            if isinstance(resource.get("Properties", {}).get(key), str)
        }

    # An authorizer's name is its API's own.
    shared = {kind for kind, _ in names(templates) & names(chosen)}
    assert shared == {"AWS::ApiGatewayV2::Authorizer"}
