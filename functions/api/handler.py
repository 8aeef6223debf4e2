"""ANY /api/{proxy+}: what the console and scripts call. The authorizer checked the token; here, what it may see."""

import os
import time
from typing import Annotated, Any, Literal
from urllib.parse import quote, unquote

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response
from aws_lambda_powertools.event_handler.exceptions import NotFoundError as RouteNotFoundError
from aws_lambda_powertools.event_handler.openapi.exceptions import RequestValidationError
from aws_lambda_powertools.event_handler.openapi.params import Body, Query
from aws_lambda_powertools.logging import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

from kizuki.aws.athena import Athena
from kizuki.aws.clients import client
from kizuki.aws.config import ConfigStore
from kizuki.aws.deliveries import DeliveryLog
from kizuki.aws.documents import Kind, Status
from kizuki.aws.email import Mailer
from kizuki.aws.erasure import RecordingEraser
from kizuki.aws.incidents import IncidentStore
from kizuki.aws.lanes import LaneStore
from kizuki.aws.metrics import MetricsStore
from kizuki.aws.operators import OperatorDirectory
from kizuki.aws.outbox import Outbox
from kizuki.aws.outcomes import OutcomeStore
from kizuki.aws.problems import ProblemLog
from kizuki.aws.queue import NotificationQueue
from kizuki.aws.replays import ReplayStore
from kizuki.aws.reviews import ReviewStore
from kizuki.aws.secrets import SecretStore
from kizuki.aws.session_index import SessionIndex
from kizuki.aws.sessions import SessionStore
from kizuki.aws.threads import ThreadStore
from kizuki.aws.visitors import VisitorStore
from kizuki.campaigns.outcomes import Group
from kizuki.console import (
    audiences,
    campaigns,
    compare,
    documents,
    explanation,
    feeds,
    incidents,
    live,
    people,
    previews,
    replay_filters,
    replays,
    results,
    rules,
    samples,
    segments,
    settings,
    templates,
)
from kizuki.console import deliveries as delivery_log
from kizuki.console import vocabulary as words
from kizuki.console.campaign_models import (
    CampaignDocument,
    CampaignPeople,
    CampaignProblems,
    CampaignResults,
    Campaigns,
    CampaignTemplates,
    CampaignVersions,
    CheckedCampaign,
    PreviewLink,
    RenderedCampaign,
)
from kizuki.console.compare import Comparison
from kizuki.console.destinations import DestinationDesk
from kizuki.console.incidents import IncidentDetail, Incidents, Snooze
from kizuki.console.models import (
    Audience,
    CheckedCondition,
    Deliveries,
    Delivery,
    Explanation,
    Feed,
    Me,
    People,
    Person,
    Refused,
    Replay,
    Replays,
    RuleExplanation,
    SegmentDocument,
    Segments,
    SiteDetail,
    Story,
    Vocabulary,
)
from kizuki.console.notification_models import (
    CheckedRule,
    DestinationDocument,
    Destinations,
    PreviewedRule,
    RuleDocument,
    Rules,
    TestedDestination,
)
from kizuki.console.operators import Operator
from kizuki.console.replay_models import (
    ErasedReplays,
    FilterCount,
    FoundReplays,
    NewComment,
    NewFilter,
    Online,
    ReplayReview,
    SavedFilters,
    Watching,
)
from kizuki.console.settings import Changes, Settings
from kizuki.errors import KizukiError, MalformedError, NotFoundError
from kizuki.events.times import iso
from kizuki.gateway import failure
from kizuki.notifications.request import Parcel
from kizuki.pipeline.deliver import Courier
from kizuki.replay.filters import Filter
from kizuki.rules.explain import RuleKind

logger = Logger()
app = APIGatewayHttpResolver(enable_validation=True)
dynamodb = client("dynamodb")
visitors = VisitorStore(dynamodb, os.environ["VISITORS_TABLE"])
config = ConfigStore(dynamodb, os.environ["CONFIG_TABLE"], ruleset_max_age=float(os.environ["RULESET_MAX_AGE"]))
metrics = MetricsStore(dynamodb, os.environ["METRICS_TABLE"])
deliveries = DeliveryLog(dynamodb, os.environ["METRICS_TABLE"])
athena = Athena(
    client("athena"),
    workgroup=os.environ["ATHENA_WORKGROUP"],
    database=os.environ["ATHENA_DATABASE"],
    limit_gb=int(os.environ["QUERY_LIMIT_GB"]),
    dialect=os.environ["SQL_DIALECT"],
)
sessions = SessionStore(dynamodb, os.environ["SESSIONS_TABLE"])
outcomes = OutcomeStore(dynamodb, os.environ["SESSIONS_TABLE"])
problems = ProblemLog(dynamodb, os.environ["METRICS_TABLE"])
opened = IncidentStore(dynamodb, os.environ["METRICS_TABLE"])
directory = OperatorDirectory(client("cognito-idp"), os.environ["USER_POOL_ID"])
reviews = ReviewStore(dynamodb, os.environ["SESSIONS_TABLE"], retention_days=int(os.environ["REPLAY_RETENTION_DAYS"]))
found_by = live.Stores(sessions, SessionIndex(dynamodb, os.environ["SESSIONS_TABLE"]), reviews, outcomes, visitors)
eraser = RecordingEraser(dynamodb, os.environ["SESSIONS_TABLE"], client("s3"), os.environ["REPLAY_BUCKET"])
chunks = ReplayStore(client("s3"), os.environ["REPLAY_BUCKET"])
secrets = SecretStore(client("secretsmanager"))
lanes = LaneStore(dynamodb, os.environ["METRICS_TABLE"])
outbox = Outbox(dynamodb, os.environ["METRICS_TABLE"])
queue = NotificationQueue(client("sqs"), os.environ["NOTIFICATION_QUEUE"])
courier = Courier(
    config=config,
    secrets=secrets,
    threads=ThreadStore(dynamodb, os.environ["METRICS_TABLE"]),
    mailer=Mailer(client("sesv2"), os.environ["MAIL_FROM"]),
    allow_loopback=os.environ["OUTBOUND_LOOPBACK"] == "allow",
)
desk = DestinationDesk(
    config=config,
    secrets=secrets,
    lanes=lanes,
    outbox=outbox,
    queue=queue,
    prefix=os.environ["SECRET_PREFIX"],
    allow_loopback=os.environ["OUTBOUND_LOOPBACK"] == "allow",
    clock=lambda: now_ms(),  # noqa: PLW0108 - it is defined below
)
console_url = os.environ["CONSOLE_URL"]

ADDRESS = "/%:@!$&'()*+,;=~"

Limit = Annotated[int, Query(ge=1, le=100, description="Items in one page")]
Cursor = Annotated[str | None, Query(max_length=4096, description="`next` of the page before")]
Definition = Annotated[dict[str, Any], Body(description="A document (docs/documents.md)")]
Question = Annotated[dict[str, Any], Body(description='{"condition": …, "as_of": "YYYY-MM-DD" or null}')]
Asked = Annotated[dict[str, Any], Body(description='{"condition": …}')]
Drafted = Annotated[dict[str, Any], Body(description='{"rule": a rule}')]
Edited = Annotated[
    int | None,
    Query(ge=0, description="The version it was edited from (0: it must be new): 409 when it is another by now"),
]
Days = Annotated[int, Query(ge=1, le=366, description="Days of the series, today the last")]
Ruleset = Annotated[Literal["then", "now"], Query(description="The rules live when the event came, or today's")]


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    # Ids hold any character; routes only match those of an address, and gateways differ in what they decode.
    return app.resolve(event | {"rawPath": quote(event["rawPath"], safe=ADDRESS)}, context)


@app.exception_handler(KizukiError)
def refuse(error: KizukiError) -> Response[str]:
    if error.status >= 500:  # noqa: PLR2004 - ours, not the caller's
        logger.error("failed", exc_info=error)
    told = failure(error)
    return Response(told["statusCode"], headers=told["headers"], body=told["body"])


@app.exception_handler(RequestValidationError)
def refuse_invalid(error: RequestValidationError) -> Response[str]:
    first = error.errors()[0]
    return refuse(MalformedError("invalid_request", first["msg"], path=".".join(str(part) for part in first["loc"])))


@app.not_found
def refuse_unknown(_: RouteNotFoundError) -> Response[str]:
    return refuse(NotFoundError("unknown_path", "there is no such page of this API"))


@app.exception_handler(RecursionError)
def refuse_too_deep(_: RecursionError) -> Response[str]:
    return refuse(MalformedError("too_deep", "the body is nested too deeply", path="body"))


def operator() -> Operator:
    authorizer = app.current_event.request_context.authorizer
    return Operator(authorizer.jwt_claim if authorizer else {})


def author() -> str | None:
    """Name the operator in the audit trail."""
    username = operator().username
    return None if username is None else directory.email(username)


def reviewer() -> str:
    return author() or "unknown"


def now_ms() -> int:
    return time.time_ns() // 1_000_000


@app.get("/api/openapi.json", include_in_schema=False)
def openapi() -> Response[str]:
    document = app.get_openapi_json_schema(title="Kizuki console API", version="1")
    return Response(200, content_type="application/json", body=document)


@app.get("/api/me", summary="Who is signed in, and the sites they may see")
def me() -> Me:
    return feeds.me(operator(), config)


@app.get("/api/sites/<site>", summary="One site, with its public write key")
def site_detail(site: str) -> SiteDetail:
    return feeds.site(config.site(operator().enter(site)))


@app.get("/api/sites/<site>/feed", summary="The newest events")
def feed(site: str) -> Feed:
    return feeds.feed(metrics, operator().enter(site))


@app.get("/api/sites/<site>/people", summary="People, the last seen first")
def people_list(site: str, limit: Limit = 25, cursor: Cursor = None) -> People:
    return people.page(visitors, operator().enter(site), cursor=cursor, limit=limit)


@app.get("/api/sites/<site>/people/<person>", summary="Everything known of one person")
def person_detail(site: str, person: str) -> Person:
    state = people.known(visitors, operator().enter(site), unquote(person))
    statistics = people.statistics(visitors, config, site, state)
    return people.person(state, statistics, segment=_names(site, "segment"), campaign=_names(site, "campaign"))


@app.get("/api/sites/<site>/people/<person>/timeline", summary="A person's story, newest first")
def person_timeline(site: str, person: str, limit: Limit = 50, cursor: Cursor = None) -> Story:
    state = people.known(visitors, operator().enter(site), unquote(person))
    return people.story(visitors, site, state, campaign=_names(site, "campaign"), cursor=cursor, limit=limit)


@app.get("/api/sites/<site>/people/<person>/replays", summary="A person's recordings, newest first")
def person_replays(site: str, person: str) -> Replays:
    state = people.known(visitors, operator().enter(site), unquote(person))
    return Replays(items=replays.of_person(sessions, site, state))


@app.delete("/api/sites/<site>/people/<person>/replays", summary="Erase a person's recordings; administrators only")
def person_replays_erase(site: str, person: str) -> ErasedReplays:
    state = people.known(visitors, operator().enter_as_admin(site), unquote(person))
    return replays.erase(eraser, sessions, site, state, config=config, by=author())


@app.get(
    "/api/sites/<site>/people/<person>/events/<message>/explanation", summary="What the rules saw when an event came"
)
def event_explanation(site: str, person: str, message: str, ruleset: Ruleset = "then") -> Explanation:
    return explanation.overview(_moment(site, person, message, ruleset))


@app.get(
    "/api/sites/<site>/people/<person>/events/<message>/explanation/<kind>/<rule>",
    summary="One rule, step by step, with the values seen",
)
def rule_explanation(
    site: str, person: str, message: str, kind: RuleKind, rule: str, *, ruleset: Ruleset = "then"
) -> RuleExplanation:
    return explanation.of_rule(_moment(site, person, message, ruleset), kind, rule)


@app.get("/api/sites/<site>/campaigns", summary="Campaigns with their counters")
def campaign_list(site: str) -> Campaigns:
    return campaigns.listed(config, metrics, operator().enter(site))


@app.post("/api/sites/<site>/campaigns/~check", summary="Say a campaign in words, or everything that is wrong with it")
def campaign_check(site: str, definition: Definition) -> CheckedCampaign:
    return campaigns.check(config, operator().enter(site), definition)


@app.post("/api/sites/<site>/campaigns/~render", summary="What a draft would show to a made-up or a real visitor")
def campaign_render(site: str, wanted: Annotated[previews.Wanted, Body()]) -> RenderedCampaign:
    return previews.rendered(visitors, config.site(operator().enter(site)), wanted)


@app.post(
    "/api/sites/<site>/campaigns/~preview", summary="A link that shows a draft on the site's own page, for an hour"
)
def campaign_preview(site: str, wanted: Annotated[previews.Wanted, Body()]) -> tuple[PreviewLink, int]:
    return previews.link(config, visitors, config.site(operator().enter(site)), operator(), wanted), 201


@app.get("/api/sites/<site>/campaigns/<campaign>", summary="One campaign")
def campaign_detail(site: str, campaign: str) -> CampaignDocument:
    return campaigns.one(config, metrics, operator().enter(site), campaign)


@app.put("/api/sites/<site>/campaigns/<campaign>", summary="Write a campaign; a live one goes live as written")
def campaign_write(site: str, campaign: str, definition: Definition, version: Edited = None) -> CampaignDocument:
    about = config.site(operator().enter(site))
    campaigns.write(config, about, operator(), campaign, definition, by=author(), expected=version)
    return campaigns.one(config, metrics, site, campaign)


@app.post("/api/sites/<site>/campaigns/<campaign>/publish", summary="Put a campaign live")
def campaign_publish(site: str, campaign: str) -> CampaignDocument:
    return _campaign_status(site, campaign, "live")


@app.post("/api/sites/<site>/campaigns/<campaign>/pause", summary="Stop showing a campaign")
def campaign_pause(site: str, campaign: str) -> CampaignDocument:
    return _campaign_status(site, campaign, "paused")


@app.post("/api/sites/<site>/campaigns/<campaign>/end", summary="End a campaign; its results stay")
def campaign_end(site: str, campaign: str) -> CampaignDocument:
    return _campaign_status(site, campaign, "ended")


@app.get("/api/sites/<site>/campaigns/<campaign>/versions", summary="Every version of a campaign, newest first")
def campaign_versions(site: str, campaign: str) -> CampaignVersions:
    return campaigns.versions(config, operator().enter(site), campaign)


@app.post(
    "/api/sites/<site>/campaigns/<campaign>/versions/<number>/return", summary="Make an earlier version the newest"
)
def campaign_return(site: str, campaign: str, number: int) -> CampaignDocument:
    about = config.site(operator().enter(site))
    campaigns.give_back(config, about, operator(), campaign, number, by=author())
    return campaigns.one(config, metrics, site, campaign)


@app.get("/api/sites/<site>/campaigns/<campaign>/results", summary="Arms compared, steps, groups and days")
def campaign_results(site: str, campaign: str, days: Days = 30) -> CampaignResults:
    return results.results(config, metrics, config.site(operator().enter(site)), campaign, days=days)


@app.get("/api/sites/<site>/campaigns/<campaign>/people", summary="People of one of the four groups, the newest first")
def campaign_people(site: str, campaign: str, group: Group, limit: Limit = 25, cursor: Cursor = None) -> CampaignPeople:
    entered = operator().enter(site)
    return results.people_of(outcomes, visitors, entered, campaign, group, limit=limit, cursor=cursor)


@app.get("/api/sites/<site>/campaigns/<campaign>/problems", summary="What screens showed wrong, newest first")
def campaign_problems(site: str, campaign: str, limit: Limit = 25, cursor: Cursor = None) -> CampaignProblems:
    return results.problems_of(problems, operator().enter(site), campaign, limit=limit, cursor=cursor)


@app.get("/api/sites/<site>/campaigns/<campaign>/compare", summary="The four groups side by side, by their recordings")
def campaign_compare(site: str, campaign: str) -> Comparison:
    entered = operator().enter(site)
    return compare.compare(config, metrics, outcomes, reviews, visitors, site=entered, id=campaign)


@app.get("/api/sites/<site>/incidents", summary="What should have come and did not, those still missing first")
def incident_list(site: str, limit: Limit = 25, cursor: Cursor = None) -> Incidents:
    return incidents.listed(opened, operator().enter(site), limit=limit, cursor=cursor)


@app.get("/api/sites/<site>/incidents/<incident>", summary="One incident, with what was expected and seen over a day")
def incident_detail(site: str, incident: str) -> IncidentDetail:
    return incidents.one(opened, operator().enter(site), unquote(incident))


@app.post("/api/sites/<site>/incidents/<incident>/snooze", summary="Say nothing of it until a moment")
def incident_snooze(site: str, incident: str, chosen: Annotated[Snooze, Body()]) -> IncidentDetail:
    return incidents.snooze(opened, operator().enter(site), unquote(incident), chosen, by=author())


@app.post("/api/sites/<site>/incidents/<incident>/close", summary="Say nothing of it any more")
def incident_close(site: str, incident: str) -> IncidentDetail:
    return incidents.close(opened, operator().enter(site), unquote(incident), by=author())


@app.get("/api/sites/<site>/templates", summary="Templates to begin a campaign with, the site's own last")
def template_list(site: str) -> CampaignTemplates:
    return templates.listed(config, config.site(operator().enter(site)))


@app.put("/api/sites/<site>/templates/<template>", summary="Keep a template of the site's own")
def template_write(site: str, template: str, written: Annotated[templates.OwnTemplate, Body()]) -> CampaignTemplates:
    return templates.write(config, operator().enter(site), template, written, by=author())


@app.delete("/api/sites/<site>/templates/<template>", summary="Delete a template of the site's own")
def template_delete(site: str, template: str) -> CampaignTemplates:
    return templates.delete(config, operator().enter(site), template, by=author())


@app.get("/api/sites/<site>/settings", summary="Distance between messages, scripts, and what messages look like")
def settings_read(site: str) -> Settings:
    return settings.read(config.site(operator().enter(site)))


@app.put("/api/sites/<site>/settings", summary="Change them; administrators only")
def settings_write(site: str, chosen: Annotated[Settings, Body()]) -> Settings:
    return settings.write(config, config.site(operator().enter_as_admin(site)), chosen, by=author())


@app.get("/api/sites/<site>/changes", summary="Who changed what, newest first")
def change_list(site: str, limit: Limit = 50, cursor: Cursor = None) -> Changes:
    return settings.changes(config, operator().enter(site), limit=limit, cursor=cursor)


@app.get("/api/sites/<site>/segments", summary="Segments with their counters")
def segment_list(site: str) -> Segments:
    return Segments(items=segments.listed(config, metrics, operator().enter(site)))


@app.get("/api/sites/<site>/segments/<segment>", summary="One segment")
def segment_detail(site: str, segment: str) -> SegmentDocument:
    return segments.one(config, metrics, operator().enter(site), segment)


@app.put("/api/sites/<site>/segments/<segment>", summary="Write a segment; a live one goes live as written")
def segment_write(site: str, segment: str, definition: Definition, version: Edited = None) -> SegmentDocument:
    segments.write(config, operator().enter(site), segment, definition, by=author(), expected=version)
    return segments.one(config, metrics, site, segment)


@app.post("/api/sites/<site>/segments/<segment>/publish", summary="Put a segment live")
def segment_publish(site: str, segment: str) -> SegmentDocument:
    segments.set_status(config, operator().enter(site), segment, "live", by=author())
    return segments.one(config, metrics, site, segment)


@app.post("/api/sites/<site>/segments/<segment>/pause", summary="Stop keeping a segment")
def segment_pause(site: str, segment: str) -> SegmentDocument:
    segments.set_status(config, operator().enter(site), segment, "paused", by=author())
    return segments.one(config, metrics, site, segment)


@app.post("/api/sites/<site>/conditions", summary="Say a condition in words, or what is wrong with it")
def condition_check(site: str, asked: Asked) -> CheckedCondition:
    operator().enter(site)
    return documents.checked_condition(asked.get("condition"), _names(site, "segment"))


@app.post("/api/sites/<site>/audiences", summary="Ask the data hub who fulfils a condition, now or at the end of a day")
def audience_start(site: str, question: Question) -> tuple[Audience, int]:
    return audiences.start(config, athena, operator().enter(site), question), 202


@app.get("/api/sites/<site>/audiences/<audience>", summary="What became of that question")
def audience_detail(site: str, audience: str) -> Audience:
    return audiences.read(athena, operator().enter(site), audience)


@app.get("/api/sites/<site>/vocabulary", summary="What conditions can speak of")
def vocabulary(site: str) -> Vocabulary:
    return words.vocabulary(config, metrics, visitors, operator().enter(site))


@app.get("/api/sites/<site>/deliveries", summary="The delivery log, newest first")
def delivery_list(site: str, limit: Limit = 50, cursor: Cursor = None) -> Deliveries:
    return delivery_log.listed(deliveries, operator().enter(site), cursor=cursor, limit=limit)


@app.get("/api/sites/<site>/deliveries/<delivery>", summary="One delivery, with its attempts")
def delivery_detail(site: str, delivery: str) -> Delivery:
    return delivery_log.one(deliveries, operator().enter(site), delivery)


@app.post("/api/sites/<site>/deliveries/<delivery>/redrive", summary="Send again what was given up or dropped")
def delivery_redrive(site: str, delivery: str) -> Delivery:
    entered = operator().enter(site)
    return delivery_log.redrive(deliveries, entered, delivery, outbox=outbox, lanes=lanes, queue=queue, now=now_ms())


@app.get("/api/sites/<site>/rules", summary="Notification rules")
def rule_list(site: str) -> Rules:
    return rules.listed(config, operator().enter(site))


@app.post("/api/sites/<site>/rules/~check", summary="Say a rule in words, or everything that is wrong with it")
def rule_check(site: str, definition: Definition) -> CheckedRule:
    return rules.check(config, operator().enter(site), definition)


@app.post("/api/sites/<site>/rules/~preview", summary="What a rule would send, as Slack shows it")
def rule_preview(site: str, wanted: Drafted) -> PreviewedRule:
    return rules.preview(config, metrics, operator().enter(site), wanted.get("rule") or {}, console_url)


@app.get("/api/sites/<site>/rules/<rule>", summary="One rule")
def rule_detail(site: str, rule: str) -> RuleDocument:
    return rules.one(config, operator().enter(site), rule)


@app.put("/api/sites/<site>/rules/<rule>", summary="Write a rule; a live one goes live as written")
def rule_write(site: str, rule: str, definition: Definition, version: Edited = None) -> RuleDocument:
    rules.write(config, operator().enter(site), rule, definition, by=author(), expected=version)
    return rules.one(config, site, rule)


@app.delete("/api/sites/<site>/rules/<rule>", summary="Delete a rule")
def rule_delete(site: str, rule: str) -> Rules:
    return rules.delete(config, operator().enter(site), rule, by=author())


@app.post("/api/sites/<site>/rules/<rule>/publish", summary="Put a rule live")
def rule_publish(site: str, rule: str) -> RuleDocument:
    rules.set_status(config, operator().enter(site), rule, "live", by=author())
    return rules.one(config, site, rule)


@app.post("/api/sites/<site>/rules/<rule>/pause", summary="Stop telling of it")
def rule_pause(site: str, rule: str) -> RuleDocument:
    rules.set_status(config, operator().enter(site), rule, "paused", by=author())
    return rules.one(config, site, rule)


@app.get("/api/sites/<site>/destinations", summary="Destinations with their health")
def destination_list(site: str) -> Destinations:
    return desk.listed(operator().enter(site))


@app.get("/api/sites/<site>/destinations/<destination>", summary="One destination")
def destination_detail(site: str, destination: str) -> DestinationDocument:
    return desk.one(operator().enter(site), destination)


@app.put("/api/sites/<site>/destinations/<destination>", summary="Write a destination; `secret` holds what to change")
def destination_write(
    site: str, destination: str, definition: Definition, version: Edited = None
) -> DestinationDocument:
    desk.write(operator().enter(site), destination, definition, by=author(), expected=version)
    return desk.one(site, destination)


@app.delete("/api/sites/<site>/destinations/<destination>", summary="Delete a destination and its secret")
def destination_delete(site: str, destination: str) -> Destinations:
    return desk.delete(operator().enter(site), destination, by=author())


@app.post("/api/sites/<site>/destinations/<destination>/test", summary="Send it a sample now")
def destination_test(site: str, destination: str) -> TestedDestination:
    about = config.site(operator().enter(site))
    found = desk.usable(site, destination)
    sample = samples.of_destination(metrics, about, destination, found.locale, console_url)
    result = courier.send(Parcel([sample]), found)
    return TestedDestination(
        status="delivered" if result.verdict == "delivered" else "failed",
        response_code=result.response_code,
        error=result.error,
        duration_ms=result.duration_ms,
    )


@app.get("/api/sites/<site>/refused", summary="Refused events with their reasons, newest first")
def refused_list(site: str, limit: Limit = 50, cursor: Cursor = None) -> Refused:
    return feeds.refused(metrics, operator().enter(site), cursor=cursor, limit=limit)


@app.get("/api/sites/<site>/online", summary="Whose visit is being recorded now")
def online_list(site: str) -> Online:
    return live.online(found_by, operator().enter(site), now_ms=now_ms())


@app.post("/api/sites/<site>/replays/~search", summary="Recordings that a filter asks for")
def replay_search(
    site: str, asked: Annotated[Filter, Body()], order: live.Order = "newest", limit: Limit = 25, cursor: Cursor = None
) -> FoundReplays:
    entered = operator().enter(site)
    return live.search(
        found_by, entered, asked, order=order, limit=limit, cursor=cursor, by=reviewer(), now_ms=now_ms()
    )


@app.get("/api/sites/<site>/replay-filters", summary="Filters of recordings that the team keeps")
def filter_list(site: str) -> SavedFilters:
    return replay_filters.listed(config, operator().enter(site))


@app.put("/api/sites/<site>/replay-filters/<name>", summary="Keep a filter")
def filter_write(site: str, name: str, written: Annotated[NewFilter, Body()]) -> SavedFilters:
    return replay_filters.write(config, operator().enter(site), name, written, by=author())


@app.delete("/api/sites/<site>/replay-filters/<name>", summary="Delete a filter")
def filter_delete(site: str, name: str) -> SavedFilters:
    return replay_filters.delete(config, operator().enter(site), name, by=author())


@app.get("/api/sites/<site>/replay-filters/<name>/count", summary="How many recordings of the last 24 hours it finds")
def filter_count(site: str, name: str) -> FilterCount:
    asked = replay_filters.one(config, operator().enter(site), name)
    return live.count(found_by, site, asked, by=reviewer(), now_ms=now_ms())


@app.get("/api/sites/<site>/replays", summary="Recordings, newest first")
def replay_list(site: str, limit: Limit = 25, cursor: Cursor = None) -> Replays:
    found, following = sessions.by_site(operator().enter(site), limit=limit, cursor=cursor)
    return Replays(items=[replays.summary(each) for each in found], next=following)


@app.get("/api/sites/<site>/replays/<session>", summary="One recording: chunks to play, events beside them")
def replay_detail(site: str, session: str) -> Replay:
    return replays.one(sessions, chunks, visitors, operator().enter(site), session, campaign=_names(site, "campaign"))


@app.get("/api/sites/<site>/replays/<session>/review", summary="Who has seen a recording, and their comments")
def review_detail(site: str, session: str) -> ReplayReview:
    return replays.review(reviews.review(operator().enter(site), session))


@app.post("/api/sites/<site>/replays/<session>/seen", summary="Note that it was played")
def review_seen(site: str, session: str) -> ReplayReview:
    reviews.mark_seen(operator().enter(site), session, by=reviewer())
    return review_detail(site, session)


@app.post("/api/sites/<site>/replays/<session>/comments", summary="Comment on a moment of a recording")
def comment_write(site: str, session: str, written: Annotated[NewComment, Body()]) -> tuple[ReplayReview, int]:
    reviews.comment(operator().enter(site), session, offset=written.offset, text=written.text, by=reviewer())
    return review_detail(site, session), 201


@app.delete("/api/sites/<site>/replays/<session>/comments/<comment>", summary="Delete a comment")
def comment_delete(site: str, session: str, comment: str) -> ReplayReview:
    reviews.delete_comment(operator().enter(site), session, comment)
    return review_detail(site, session)


@app.post("/api/sites/<site>/replays/<session>/watch", summary="Have the visitor's tag send at once, for half a minute")
def replay_watch(site: str, session: str) -> Watching:
    return Watching(until=iso(reviews.watch(operator().enter(site), session) * 1000))


def _campaign_status(site: str, campaign: str, status: Status) -> CampaignDocument:
    about = config.site(operator().enter(site))
    campaigns.set_status(config, about, operator(), campaign, status, by=author())
    return campaigns.one(config, metrics, site, campaign)


def _names(site: str, kind: Kind) -> documents.Name:
    return documents.namer(config, site, kind)


def _moment(site: str, person: str, message: str, ruleset: explanation.When) -> explanation.Moment:
    state = people.known(visitors, operator().enter(site), unquote(person))
    return explanation.moment(visitors, config, site, state, unquote(message), ruleset=ruleset)
