"""Findings of cdk-nag that are right in general and do not apply here."""

from collections.abc import Mapping

import aws_cdk as cdk
from constructs import IConstruct


def acknowledge(construct: IConstruct, reasons: Mapping[str, str]) -> None:
    """Accept findings (rule id to reason) on a construct and what is inside it."""
    cdk.Validations.of(construct).acknowledge(
        *(cdk.Acknowledgment(id=id, reason=reason) for id, reason in reasons.items())
    )
