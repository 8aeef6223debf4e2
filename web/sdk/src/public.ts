/** The tag's public interface: analytics.js names and meanings. */

export type Properties = Record<string, unknown>;
export type Traits = Record<string, unknown>;
export type Consent = "granted" | "denied";

export interface IdentifyOptions {
  /** Proof from the site's server that this visitor is who they claim to be. */
  token?: string;
}

export interface User {
  id(): string | null;
  anonymousId(): string;
}

/** One call made before the script had loaded: a method's name, then its arguments. */
export type Command = [method: string, ...args: unknown[]];

/** What to do after a call: it has been taken, and will be sent even if the page is left. */
export type Callback = () => void;

export interface Kizuki {
  readonly version: string;
  track(event: string, properties?: Properties, options?: object, callback?: Callback): void;
  track(event: string, properties: Properties, callback: Callback): void;
  track(event: string, callback: Callback): void;
  identify(userId: string | number, traits?: Traits, options?: IdentifyOptions, callback?: Callback): void;
  identify(userId: string | number, traits: Traits, callback: Callback): void;
  identify(userId: string | number, callback: Callback): void;
  identify(traits: Traits, options?: IdentifyOptions, callback?: Callback): void;
  identify(traits: Traits, callback: Callback): void;
  page(properties?: Properties, callback?: Callback): void;
  page(name: string, properties?: Properties, options?: object, callback?: Callback): void;
  page(category: string, name: string, properties?: Properties, options?: object, callback?: Callback): void;
  page(category: string, name: string, callback: Callback): void;
  page(callback: Callback): void;
  group(groupId: string | number, traits?: Traits, options?: object, callback?: Callback): void;
  group(groupId: string | number, callback: Callback): void;
  alias(userId: string | number, previousId?: string, options?: object, callback?: Callback): void;
  alias(userId: string | number, callback: Callback): void;
  /** Forget the visitor on this device: a new anonymous id, no user, a new session. */
  reset(callback?: Callback): void;
  /** Record the visitor's choice. Denied: nothing is sent, and nothing but the choice itself is stored. */
  consent(choice: Consent): void;
  /** Call back once the tag has loaded. */
  ready(callback: Callback): void;
  user(): User;
  replay: {
    start(): void;
    stop(): void;
  };
  /** Run commands, as the queue of the snippet does. */
  push(...commands: Command[]): void;
}

declare global {
  interface Window {
    kizuki?: Kizuki | Command[];
  }
}
