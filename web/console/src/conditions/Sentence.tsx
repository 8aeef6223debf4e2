import { Fragment, type ReactNode } from "react";

/** A sentence with fields in it: "[of] of [event] [op] [value]". The catalogue decides the order of the fields. */
export function Sentence({ template, fields }: { template: string; fields: Record<string, ReactNode> }) {
  return (
    <div className="k-sentence">
      {template.split(/(\[\w+\])/).map((part) => {
        const field = /^\[(\w+)\]$/.exec(part)?.[1];
        const word = part.trim();
        if (field) {
          return <Fragment key={part}>{fields[field]}</Fragment>;
        }
        return word ? (
          <span key={part} className="k-word">
            {word}
          </span>
        ) : null;
      })}
    </div>
  );
}
