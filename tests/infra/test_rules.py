"""cdk-nag's rules for AWS solutions and serverless applications find nothing that has no reason."""

import aws_cdk as cdk
from cdk_nag import AwsSolutionsChecks, ServerlessChecks

from infra.app import build
from tests.infra.conftest import CHOICES


def test_every_finding_is_fixed_or_has_a_reason(web, tmp_path):
    app = cdk.App(context=CHOICES, outdir=str(tmp_path))
    build(app, web=web)
    cdk.Validations.of(app).add_plugins(AwsSolutionsChecks(app), ServerlessChecks(app))

    app.synth()
