"""The people who work in the console."""

import aws_cdk as cdk
from aws_cdk import aws_cognito as cognito
from constructs import Construct

from infra.acknowledge import acknowledge
from infra.config import Config

PLUS_PLAN = "Threat protection needs the Plus plan, which costs more per operator than the rest of Kizuki."


class Operators(Construct):
    """A Cognito user pool that nobody can sign up to: an administrator invites."""

    def __init__(self, scope: Construct, id: str, *, config: Config) -> None:
        super().__init__(scope, id)
        self.pool = cognito.UserPool(
            self,
            "pool",
            self_sign_up_enabled=False,
            sign_in_aliases=cognito.SignInAliases(email=True),
            sign_in_case_sensitive=False,
            auto_verify=cognito.AutoVerifiedAttrs(email=True),
            account_recovery=cognito.AccountRecovery.EMAIL_ONLY,
            mfa=cognito.Mfa.OPTIONAL,
            mfa_second_factor=cognito.MfaSecondFactor(sms=False, otp=True),
            password_policy=cognito.PasswordPolicy(
                min_length=12,
                require_lowercase=True,
                require_uppercase=True,
                require_digits=True,
                require_symbols=True,
                temp_password_validity=cdk.Duration.days(3),
            ),
            deletion_protection=config.endpoint is None,
            removal_policy=cdk.RemovalPolicy.RETAIN,
        )
        cognito.CfnUserPoolGroup(
            self, "admin", user_pool_id=self.pool.user_pool_id, group_name="admin", description="Every site"
        )
        self.client = self.pool.add_client(
            "console",
            # The emulator's users sign in with a password; on AWS it never leaves the browser (SRP).
            auth_flows=cognito.AuthFlow(user_srp=True, user_password=config.endpoint is not None),
            generate_secret=False,
            disable_o_auth=True,
            prevent_user_existence_errors=True,
            enable_token_revocation=True,
            access_token_validity=cdk.Duration.hours(1),
            id_token_validity=cdk.Duration.hours(1),
            refresh_token_validity=cdk.Duration.days(30),
        )
        acknowledge(
            self.pool,
            {
                "AwsSolutions-COG2": "Operators may turn on one-time passwords; the company decides who must.",
                "AwsSolutions-COG3": PLUS_PLAN,
                "AwsSolutions-COG8": PLUS_PLAN,
            },
        )
