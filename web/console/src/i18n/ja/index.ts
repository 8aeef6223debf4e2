import { campaigns } from "./campaigns";
import { conditions } from "./conditions";
import { events } from "./events";
import { explanation } from "./explanation";
import { people } from "./people";
import { segments } from "./segments";
import { shell } from "./shell";

export const ja = { ...shell, ...people, ...campaigns, ...conditions, ...segments, ...explanation, ...events };
