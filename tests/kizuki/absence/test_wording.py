"""What an alert says."""

from msgspec.structs import replace

from kizuki.absence.incident import ChangeSince, Incident, LastGood
from kizuki.absence.wording import TEXTS, told

INCIDENT = Incident(
    kind="campaign",
    subject="banner",
    name="送料無料",
    opened_at="2026-11-27T02:25:00.000Z",
    since="2026-11-27T02:00:00.000Z",
    updated_at="2026-11-27T02:25:00.000Z",
    expected=59.7,
    seen=0,
    chance=1e-9,
    cause="not_displayed",
    last_good=LastGood("2026-11-27T01:58:30.000Z", "u:1"),
    changes=[ChangeSince("2026-11-27T01:59:00.000Z", "cs@example.com", "campaign", "banner", "送料無料", "edited", 4)],
)


def test_an_alert_says_what_is_missing_since_when_why_and_what_was_changed():
    said = told(INCIDENT, "opened", "Asia/Tokyo")

    assert (said["ja"].title, said["ja"].lines) == (
        "接客「送料無料」が表示されなくなっています",
        [
            "11月27日 11:00から。来訪は続いていて、ふだんなら約60回のところ、表示は0回です。",
            "表示すると決まっても、画面に出たという記録が届いていません。ページやタグの変更がないか確認してください。",
            "最後の表示：11月27日 10:58",
            "その後の変更：",
            "• 11月27日 10:59 接客「送料無料」を編集 (cs@example.com)",
        ],
    )
    assert (said["en"].title, said["en"].lines[0], said["en"].lines[-1]) == (
        "The campaign “送料無料” is not being shown",
        "Since Nov 27, 11:00. Visitors keep coming: usually about 60 would have seen it, 0 did.",
        "• Nov 27, 10:59 campaign “送料無料” edited (cs@example.com)",
    )


def test_its_end_says_how_long_it_was():
    ended = told(replace(INCIDENT, ended_at="2026-11-27T05:00:00.000Z"), "ended", "Asia/Tokyo")

    assert ended["ja"].lines == ["11月27日 11:00から約3時間続いていました（ふだんなら約60、実際は0）。"]
    assert ended["en"].title == "The campaign “送料無料” is being shown again"


def test_both_languages_say_the_same_things():
    for name in ("opened", "ended", "since", "causes", "last_good", "kinds", "done"):
        assert getattr(TEXTS["ja"], name).keys() == getattr(TEXTS["en"], name).keys()
