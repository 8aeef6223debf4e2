"""Composes a template: its words, an action of some layout, when and to whom, and what it is for."""

from collections.abc import Sequence
from string import ascii_lowercase
from typing import Any, NamedTuple

from kizuki.campaigns.templates.conditions import Condition, event
from kizuki.campaigns.templates.layouts import Pair, Part, in_both
from kizuki.campaigns.templates.model import Purpose, Template

VISIT = "visit"


class Goal(NamedTuple):
    id: str
    name: Pair
    when: Condition
    window: str | dict[str, int] = VISIT


def within(goal: Goal, hours: int) -> Goal:
    """Give a goal so many hours instead of the visit."""
    return goal._replace(window={"hours": hours})


PURCHASE = Goal("purchase", ("購入", "Purchase"), event("Order Completed"), {"hours": 72})
CART = Goal("add-to-cart", ("カートへの追加", "Added to the cart"), event("Product Added"))
SIGN_UP = Goal("sign-up", ("会員登録", "Sign-up"), event("Signed Up"), {"hours": 72})
SUBSCRIBED = Goal("subscribe", ("購読の申し込み", "Subscription"), event("Subscription Started"), {"hours": 168})
UPGRADED = Goal("upgrade", ("プランの申し込み", "Plan upgrade"), event("Plan Upgraded"), {"hours": 168})
REQUESTED = Goal("request", ("お問い合わせ・資料請求", "Request"), event("Lead Submitted"), {"hours": 168})
APPLIED = Goal("apply", ("申し込み", "Application"), event("Application Submitted"), {"hours": 168})
ANSWERED = Goal("answer", ("回答", "Answer"), event("Survey Answered"))
TOURED = Goal("tour", ("ツアーの完了", "Tour completed"), event("Tour Completed"))
WATCHED = Goal("watch", ("動画の視聴完了", "Video watched to its end"), event("Video Completed"))


class Shelf(NamedTuple):
    """The templates of one purpose."""

    purpose: Purpose

    def template(
        self,
        id: str,
        name: Pair,
        about: Pair,
        *actions: Part,
        tags: str,
        trigger: Condition,
        goals: Sequence[Goal] = (),
        sample: dict[str, Any] | None = None,
        **fields: Any,
    ) -> Template:
        """Compose one. Several actions are variants to compare; `fields` are others of the campaign's document."""
        variants = [{"id": letter, "action": action} for letter, action in zip(ascii_lowercase, actions, strict=False)]
        return Template(
            id=id,
            name=in_both(name),
            about=in_both(about),
            purpose=self.purpose,
            tags=tags.split(", "),
            layout=actions[0]["type"],
            definition={
                "name": name[0],
                "trigger": trigger,
                **fields,
                "variants": variants,
                "goals": [
                    {"id": goal.id, "name": goal.name[0], "when": goal.when, "window": goal.window} for goal in goals
                ],
            },
            goal_names={goal.id: in_both(goal.name) for goal in goals},
            sample=sample or {},
        )
