"""Findings of cdk-nag that are right in general and do not apply here."""

from collections.abc import Mapping

import aws_cdk as cdk
from constructs import IConstruct


def acknowledge(construct: IConstruct, reasons: Mapping[str, str]) -> None:
    """Accept findings (rule id to reason) on a construct and what is inside it."""
    cdk.Validations.of(construct).acknowledge(
        *(cdk.Acknowledgment(id=finding, reason=reason) for finding, reason in reasons.items())
    )


def wildcard(owner: IConstruct, arn: str, rest: str) -> str:
    """Name nag's finding "this policy has a wildcard below that ARN", for an ARN of the stack that holds data.

    Nag spells it with the export's name, which exists only once the stack has been asked for it.
    """
    stack = cdk.Stack.of(owner)
    name = stack.resolve(stack.export_value(arn))["Fn::ImportValue"]
    return f"AwsSolutions-IAM5[Resource::{name}{rest}]"
