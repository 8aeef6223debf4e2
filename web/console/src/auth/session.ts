import { type Cognito, CognitoError, type Tokens } from "./cognito";

const KEY = "kizuki.session";
/** A token that expires while a request is under way is refused, so it is renewed a little early. */
const MARGIN_MS = 60_000;

export type SignedOutReason = "expired" | null;

/** The operator's session: survives a reload, is shared between tabs, renews itself. */
export class Session {
  private tokens: Tokens | null;
  private refreshing: Promise<string> | null = null;
  private readonly listeners = new Set<() => void>();
  reason: SignedOutReason = null;

  constructor(
    private readonly cognito: Cognito,
    private readonly storage: Storage = localStorage,
  ) {
    this.tokens = this.read();
    window.addEventListener("storage", (event) => {
      if (event.key === KEY) {
        this.tokens = this.read();
        this.notify();
      }
    });
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly email = (): string | null => this.tokens?.email ?? null;

  readonly signedIn = (): boolean => this.tokens !== null;

  start(tokens: Tokens): void {
    this.reason = null;
    this.write(tokens);
  }

  async signOut(): Promise<void> {
    const refreshToken = this.tokens?.refreshToken;
    this.end(null);
    if (refreshToken) {
      // The operator is signed out here whether or not Cognito can be reached.
      await this.cognito.revoke(refreshToken).catch(() => undefined);
    }
  }

  end(reason: SignedOutReason): void {
    this.reason = reason;
    this.write(null);
  }

  async accessToken(): Promise<string> {
    if (!this.tokens) {
      throw new CognitoError("NotAuthorizedException", "signed out");
    }
    return this.tokens.expiresAt - MARGIN_MS > Date.now() ? this.tokens.accessToken : this.renew();
  }

  /** Get a new access token, once for however many requests ask at the same time. */
  renew(): Promise<string> {
    this.refreshing ??= this.refresh().finally(() => {
      this.refreshing = null;
    });
    return this.refreshing;
  }

  private async refresh(): Promise<string> {
    const held = this.tokens;
    if (!held) {
      throw new CognitoError("NotAuthorizedException", "signed out");
    }
    try {
      const tokens = await this.cognito.refresh(held);
      this.write(tokens);
      return tokens.accessToken;
    } catch (error) {
      if (error instanceof CognitoError && error.code === "NotAuthorizedException") {
        this.end("expired");
      }
      throw error;
    }
  }

  private read(): Tokens | null {
    try {
      return JSON.parse(this.storage.getItem(KEY) ?? "null") as Tokens | null;
    } catch {
      return null;
    }
  }

  private write(tokens: Tokens | null): void {
    this.tokens = tokens;
    if (tokens) {
      this.storage.setItem(KEY, JSON.stringify(tokens));
    } else {
      this.storage.removeItem(KEY);
    }
    this.notify();
  }

  private notify(): void {
    for (const listener of this.listeners) {
      listener();
    }
  }
}
