import { uuid } from "./ids";
import type { Store } from "./store";

export interface Identity {
  anonymousId(): string;
  userId(): string | null;
  identify(userId: string): void;
  forget(): void;
}

/** Who the visitor is: this device, and the member once the site has said so. */
export function createIdentity(store: Store): Identity {
  return {
    anonymousId() {
      let id = store.get("anonymous_id");
      if (!id) {
        id = uuid();
        store.set("anonymous_id", id);
      }
      return id;
    },
    userId: () => store.get("user_id"),
    identify: (userId) => store.set("user_id", userId),
    forget() {
      store.remove("anonymous_id");
      store.remove("user_id");
    },
  };
}
