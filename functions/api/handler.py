"""ANY /api/{proxy+}: what the console and scripts call. The authorizer has checked the token; here, what its owner may see."""

import os
from http import HTTPStatus
from typing import Annotated, Any

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response, content_types
from aws_lambda_powertools.event_handler.openapi.params import Body, Query
from aws_lambda_powertools.logging import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

from kizuki.aws.clients import client
from kizuki.aws.config import ConfigStore
from kizuki.aws.deliveries import DeliveryLog
from kizuki.aws.metrics import MetricsStore
from kizuki.aws.replays import ReplayStore
from kizuki.aws.sessions import SessionStore
from kizuki.aws.visitors import VisitorStore
from kizuki.console import campaigns as campaign_pages
from kizuki.console import feeds, people, replays
from kizuki.console.models import (
    CampaignDocument,
    Campaigns,
    Deliveries,
    Feed,
    Me,
    People,
    Person,
    Refused,
    Replay,
    Replays,
    Segments,
    SiteDetail,
    SiteSummary,
    Story,
)
from kizuki.console.operators import Operator
from kizuki.errors import ForbiddenError, KizukiError
from kizuki.gateway import failure

logger = Logger()
app = APIGatewayHttpResolver(enable_validation=True)
app.enable_swagger(path="/api/docs", title="Kizuki console API", version="1")
dynamodb = client("dynamodb")
visitors = VisitorStore(dynamodb, os.environ["VISITORS_TABLE"])
config = ConfigStore(dynamodb, os.environ["CONFIG_TABLE"], ruleset_max_age=float(os.environ["RULESET_MAX_AGE"]))
metrics = MetricsStore(dynamodb, os.environ["METRICS_TABLE"])
deliveries = DeliveryLog(dynamodb, os.environ["METRICS_TABLE"])
sessions = SessionStore(dynamodb, os.environ["SESSIONS_TABLE"])
chunks = ReplayStore(client("s3"), os.environ["REPLAY_BUCKET"])
