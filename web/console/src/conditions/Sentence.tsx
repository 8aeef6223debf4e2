import { Fragment, type ReactNode } from "react";

/** A sentence with fields in it: "[of] of [event] [op] [value]". The catalogue decides the order of the fields. */
export function Sentence({ template, fields }: { template: string; fields: Record<string, ReactNode> }) {
  return (
    <div className="k-sentence">
      {template.split(/(\[\w+\])/).map((part, index) => {
        const field = /^\[(\w+)\]$/.exec(part)?.[1];
        if (field) {
          // By its name: what was typed stays where another template has it elsewhere.
          return <Fragment key={field}>{fields[field]}</Fragment>;
        }
        return part.trim() ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: words have no identity but their place
          <span key={index} className="k-word">
            {part.trim()}
          </span>
        ) : null;
      })}
    </div>
  );
}
