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

export interface Kizuki {
  readonly version: string;
  track(event: string, properties?: Properties): void;
  identify(userId: string | number, traits?: Traits, options?: IdentifyOptions): void;
  identify(traits: Traits): void;
  page(properties?: Properties): void;
  page(name: string, properties?: Properties): void;
  page(category: string, name: string, properties?: Properties): void;
  group(groupId: string | number, traits?: Traits): void;
  alias(userId: string | number, previousId?: string): void;
  /** Forget the visitor on this device: a new anonymous id, no user, a new session. */
  reset(): void;
  /** Record the visitor's choice. Denied: nothing is sent, and nothing but the choice itself is stored. */
  consent(choice: Consent): void;
  /** Call back once the tag has loaded. */
  ready(callback: () => void): void;
  user(): User;
  replay: {
    start(): void;
    stop(): void;
  };
  /** Run a command, as the queue of the snippet does. */
  push(...commands: Command[]): void;
}

declare global {
  interface Window {
    kizuki?: Kizuki | Command[];
  }
}
