import { campaigns } from "./campaigns";
import { compare } from "./compare";
import { conditions } from "./conditions";
import { content } from "./content";
import { deliveries } from "./deliveries";
import { editor } from "./editor";
import { events } from "./events";
import { explanation } from "./explanation";
import { gallery } from "./gallery";
import { incidents } from "./incidents";
import { live } from "./live";
import { notifications } from "./notifications";
import { people } from "./people";
import { preview } from "./preview";
import { problems } from "./problems";
import { recording } from "./recording";
import { replay } from "./replay";
import { results } from "./results";
import { segments } from "./segments";
import { settings } from "./settings";
import { shell } from "./shell";
import { versions } from "./versions";

export const en = {
  ...shell,
  ...people,
  ...campaigns,
  ...gallery,
  ...editor,
  ...content,
  ...preview,
  ...results,
  ...replay,
  ...live,
  ...compare,
  ...recording,
  ...problems,
  ...versions,
  ...conditions,
  ...segments,
  ...explanation,
  ...events,
  ...settings,
  ...notifications,
  ...deliveries,
  ...incidents,
};
