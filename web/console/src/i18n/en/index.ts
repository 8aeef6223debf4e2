import { campaigns } from "./campaigns";
import { events } from "./events";
import { people } from "./people";
import { shell } from "./shell";

export const en = { ...shell, ...people, ...campaigns, ...events };
