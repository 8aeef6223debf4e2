"""What the recorder keeps to itself."""

import json
import re

from tests.web.recordings import RECORD, leave, markers, recorded, wait_for_recorded

TYPED = "Typed-7301"
BODY = """
  <input id=text><input id=password type=password><input type=search id=search><textarea id=area></textarea>
  <div id=editable contenteditable>before</div><div id=box role=textbox contenteditable=plaintext-only></div>
  <input type=hidden value=Canary-hidden id=hidden>
  <input type=radio value=Canary-radio id=radio><input type=checkbox value=Canary-check id=check>
  <div data-customer="Canary-data" data-state="open" id=data>kept text</div>
  <a id=link href="/reset?token=Canary-token&amp;x=Canary-x#Canary=fragment">reset</a>
  <form action="/save?sid=Canary-sid" onsubmit="x='Canary-code'"></form>
  <img src="/pixel.png?signature=Canary-signature&amp;w=300" alt="picture">
  <select id=select><option value="Canary-value" label="Canary-label">Canary-option</option><option>Canary-two</option></select>
  <button value="Canary-button">kept button</button>
  <p data-kizuki-mask>Canary-masked</p><p data-kizuki-block>Canary-blocked</p>
  <iframe srcdoc="<p>kept frame</p><input type=hidden value=Canary-frame>"></iframe>
  <!-- Canary-comment -->
"""


def test_what_a_visitor_types_and_what_pages_hide_never_leaves_the_browser(site, visit):
    head = '<meta name="csrf-token" content="Canary-csrf"><script>const secret = "Canary-script"</script>'
    page = visit("/", "?code=Canary-query&id=kept-query", attributes=RECORD, body=BODY, head=head)
    site.wait_for(lambda: site.chunks)
    for field in ("text", "password", "search", "area", "editable", "box"):
        page.locator(f"#{field}").press_sequentially(TYPED)
    page.check("#radio")
    page.check("#check")
    page.select_option("#select", index=1)
    page.evaluate("""() => {
        password.type = "text";
        hidden.value = "Canary-hidden-2"; hidden.setAttribute("value", "Canary-hidden-3");
        data.dataset.customer = "Canary-data-2";
        link.href = "/reset/abcdef0123456789abcdef?token=Canary-token-2";
        text.setAttribute("value", "Canary-value-2");
        document.body.insertAdjacentHTML("beforeend", '<input type=hidden value=Canary-added data-x=Canary-x-2><i>kept later</i>');
        area.textContent = "Canary-area"; editable.firstChild.data = "Canary-text";
        select.add(new Option("Canary-three", "Canary-four"));
    }""")
    page.evaluate("setTimeout(() => document.body.append('kept last'), 50)")

    page.wait_for_function("document.body.textContent.includes('kept last')")
    leave(page)
    wait_for_recorded(site, "kept last")
    everything = json.dumps(recorded(site), ensure_ascii=False)
    assert re.findall(r".{80}Canary[\w-]*", everything) == []
    assert TYPED not in everything
    assert "abcdef0123456789" not in everything
    for kept in ("kept text", "kept button", "kept frame", "kept later", "kept-query", "w=300", '"data-state": "open"'):
        assert kept in everything


def test_what_the_site_unmasks_is_recorded_but_never_a_password(site, visit):
    page = visit(attributes=RECORD, body="<form data-kizuki-unmask><input id=q><input id=p type=password></form>")
    site.wait_for(lambda: site.chunks)
    page.fill("#q", "kept query")
    page.fill("#p", "Canary-password")

    leave(page)
    wait_for_recorded(site, "kept query")
    assert "Canary" not in json.dumps(recorded(site))


def everything_sent(site):
    return " ".join(request.body.decode() for request in site.batches) + json.dumps(recorded(site), ensure_ascii=False)


CANARIES = """
  <input id=typed><input id=pasted><textarea id=area></textarea><div id=editable contenteditable></div>
  <input type=hidden value=Canary-hidden-1> <p data-user="Canary-data-1">kept text</p>
  <select id=select><option>none<option value=Canary-chosen-1>Canary-option-1</select>
  <a href="/in?token=Canary-token-1&x=Canary-x-1">link</a> <a href="mailto:Canary-mail-1@shop.example">write</a>
  <i style="background: url(/avatar.png?signature=Canary-style-1)">styled</i>
  <b role=slider aria-valuetext="Canary-slider-1">slider</b>
"""
FAULTS = r"""() => {
    console.log("Canary-log-1"); console.error('no entry for "Canary-console-1"', {message: "Canary-console-2@shop.example"});
    setTimeout(() => { throw new Error("not JSON: \"Canary-error-1\" of 4111111111111111, token=Canary-error-2") });
    fetch("/missing?q=Canary-request-1").catch(() => {});
}"""


def test_no_canary_leaves_the_browser(site, visit, page):
    visit("/", "?code=Canary-code-1", attributes=RECORD, body=CANARIES)
    site.wait_for(lambda: site.chunks)
    page.locator("#typed").press_sequentially("Canary-typed-1")
    page.locator("#area").press_sequentially("Canary-area-1")
    page.locator("#editable").press_sequentially("Canary-editable-1")
    page.locator("#pasted").focus()
    page.keyboard.insert_text("Canary-pasted-1")
    page.locator("#editable").focus()
    page.keyboard.insert_text("Canary-pasted-2")
    page.select_option("#select", index=1)
    page.evaluate("typed.value = 'Canary-set-1'")
    page.evaluate(FAULTS)
    site.wait_for_event("Error")
    site.wait_for_event("Request Failed")
    page.evaluate("document.body.append('kept last')")
    leave(page)

    wait_for_recorded(site, "kept last")
    sent = everything_sent(site)
    # Where the visitor is, the event says: the page's own address is the site's to choose.
    assert set(re.findall(r"Canary-\w+-\d", sent)) == {"Canary-code-1"}
    assert "Canary" not in json.dumps(recorded(site))
    assert "4111111111111111" not in sent
    assert {marker["kind"] for marker in markers(site)} == {"console", "error", "request_failed"}


PLACES = """
  <h1>Order 12: 白いシャツ</h1><img src="/shirt.png" alt="photo of Taro"><button aria-label="close it">Send</button>
  <p class=open>kept <b>open words</b></p><p class="open secret">secret inside</p>
  <p class=secret>secret words</p><div class=box style="width: 50px"><i>boxed</i></div>
  <form class=open><input id=q><input id=p type=password></form><x-card class=secret></x-card>
  <script>
    document.querySelector("x-card").attachShadow({mode: "open"}).innerHTML = "shadow words<i>more shadow words</i>";
  </script>
"""
SETTING = {"mode": "record", "mask": [".secret"], "unmask": [".open"], "block": [".box"]}


def test_a_site_chooses_what_is_masked_blocked_and_left_readable(site, visit, page):
    site.recording = SETTING
    visit(attributes=RECORD, body=PLACES)
    site.wait_for(lambda: site.chunks)
    page.fill("#q", "kept query")
    page.fill("#p", "a password")
    page.evaluate("p.type = 'text'")
    page.fill("#p", "a password shown")
    page.evaluate("document.querySelector('x-card').shadowRoot.firstChild.data = 'shadow words later'")

    leave(page)
    wait_for_recorded(site, "kept query")
    sent = json.dumps(recorded(site), ensure_ascii=False)
    for masked in ("secret inside", "secret words", "boxed", "shadow words", "a password"):
        assert masked not in sent
    for kept in ("白いシャツ", "photo of Taro", "open words", "close it", '"rr_width": "50px"'):
        assert kept in sent


def test_a_site_may_have_all_texts_masked(site, visit, page):
    site.recording = SETTING | {"mask_all_text": True}
    visit(attributes=RECORD, body=PLACES, title="Taro's cart")
    site.wait_for(lambda: site.chunks)
    page.evaluate("document.body.append('added 99 円です!'); document.querySelector('h1').firstChild.data = 'Changed'")

    leave(page)
    wait_for_recorded(site, "xxxxx 00 ＊＊＊!")
    sent = json.dumps(recorded(site), ensure_ascii=False)
    for masked in ("Order", "白いシャツ", "Taro", "Send", "close it", "Changed", "secret words", "shadow words"):
        assert masked not in sent
    for kept in ("xxxxx 00: ＊＊＊＊", "xxxxx xx xxxx", "open words"):
        assert kept in sent


def test_a_mask_that_the_browser_does_not_understand_masks_all(site, visit):
    site.recording = {"mode": "record", "mask": [".secret:::"]}
    visit(attributes=RECORD, body="<p class=secret>secret words</p>")

    wait_for_recorded(site, "xxxxxx xxxxx")
    assert "secret words" not in json.dumps(recorded(site))
