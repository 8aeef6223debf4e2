import { Badge } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import { useEditor } from "./context";
import { STEPS, stepOf, type View } from "./steps";

/** The steps, all of them reachable at any time, with how many mistakes each has. */
export function Stepper({ view }: { view: View }) {
  const { t } = useTranslation();
  const { checked } = useEditor();
  const [params] = useSearchParams();
  const to = (step: View) => {
    const next = new URLSearchParams(params);
    next.set("step", step);
    return `?${next}`;
  };
  return (
    <nav aria-label={t("editor.steps")} className="k-stepper">
      <ol>
        {STEPS.map((step, n) => {
          const mistakes = step === "review" ? 0 : checked.problems.filter(({ path }) => stepOf(path) === step).length;
          return (
            <li key={step}>
              <Link to={to(step)} preventScrollReset aria-current={step === view ? "step" : undefined}>
                <span className="k-step-n" aria-hidden>
                  {n + 1}
                </span>
                <span className="k-step-name">{t(`editor.step.${step}`)}</span>
                {mistakes > 0 && (
                  <Badge
                    size="sm"
                    color="red"
                    variant="light"
                    circle
                    aria-label={t("editor.mistakes", { count: mistakes })}
                  >
                    {mistakes}
                  </Badge>
                )}
              </Link>
            </li>
          );
        })}
        <li className="k-step-json">
          <Link to={to("json")} preventScrollReset aria-current={view === "json" ? "step" : undefined}>
            JSON
          </Link>
        </li>
      </ol>
    </nav>
  );
}
