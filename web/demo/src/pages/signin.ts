import { el } from "../dom";
import { field } from "../field";
import { t } from "../language";
import { signIn } from "../member";
import { open } from "../shell";
import { kizuki } from "../tag";

function submit(event: Event): void {
  event.preventDefault();
  const data = new FormData(event.currentTarget as HTMLFormElement);
  const name = String(data.get("name")).trim();
  const email = String(data.get("email")).trim().toLowerCase();
  signIn({ name, email });
  // The shop has no accounts of its own, so the address stands for the member number.
  kizuki().identify(email, { name, email });
  location.href = "./index.html";
}

void open({
  title: () => t("signInTitle"),
  content: () => [
    el(
      "form",
      { class: "card form narrow", onsubmit: submit },
      el("h1", {}, t("signInTitle")),
      el("p", {}, t("signInText")),
      field({ name: "name", label: t("name"), autocomplete: "name" }),
      field({ name: "email", label: t("email"), type: "email", autocomplete: "email" }),
      el("button", { class: "primary" }, t("signIn")),
    ),
  ],
});
