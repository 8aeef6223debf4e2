import { fieldsIn } from "./lists";
import { TitleAndBody } from "./MessageFields";
import { Optional } from "./Optional";
import { type ContentProps, objectIn, saidIn } from "./said";
import { contentWords } from "./words";

/** What is said when all is done: thanks, well done. */
export function NoteFields({ field, name, ...props }: ContentProps & { field: "completed" | "thanks"; name: string }) {
  const { said, say, at } = saidIn(props);
  const note = objectIn(said, field);
  return (
    <Optional
      name={name}
      present={note !== null}
      onAdd={() => say({ [field]: { title: contentWords(props.locale, field) } })}
      onRemove={() => say({ [field]: undefined })}
    >
      <div className="k-form">
        <TitleAndBody
          small
          said={note ?? {}}
          say={(fields) => say({ [field]: fieldsIn(note ?? {}, fields) })}
          at={(each) => at(`${field}.${each}`)}
        />
      </div>
    </Optional>
  );
}
