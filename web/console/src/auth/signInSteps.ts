import {
  AuthenticationDetails,
  CognitoUser,
  CognitoUserPool,
  type CognitoUserSession,
  type IAuthenticationCallback,
} from "amazon-cognito-identity-js";
import { type Cognito, CognitoError, type Tokens } from "./cognito";

/** What signing in asks for next. */
export type Step =
  | { kind: "done"; tokens: Tokens }
  | { kind: "newPassword"; answer: (password: string) => Promise<Step> }
  | { kind: "code"; answer: (code: string) => Promise<Step> };

/** Sign in by SRP: the password itself is never sent. */
export function signIn(cognito: Cognito, email: string, password: string): Promise<Step> {
  // The library's own token storage is left in memory: the session keeps the tokens.
  const Storage = new MemoryStorage();
  const Pool = new CognitoUserPool({
    UserPoolId: cognito.userPoolId,
    ClientId: cognito.clientId,
    endpoint: cognito.endpoint,
    Storage,
  });
  const user = new CognitoUser({ Username: email, Pool, Storage });
  return step(user, (callbacks) =>
    user.authenticateUser(new AuthenticationDetails({ Username: email, Password: password }), callbacks),
  );
}

function step(user: CognitoUser, proceed: (callbacks: IAuthenticationCallback) => void): Promise<Step> {
  return new Promise((resolve, reject) => {
    proceed({
      onSuccess: (session) => resolve({ kind: "done", tokens: tokensOf(session) }),
      onFailure: (error: { code?: string; message?: string }) =>
        reject(new CognitoError(codeOf(error), error.message ?? "")),
      newPasswordRequired: () =>
        resolve({
          kind: "newPassword",
          answer: (password) => step(user, (callbacks) => user.completeNewPasswordChallenge(password, {}, callbacks)),
        }),
      totpRequired: () =>
        resolve({
          kind: "code",
          answer: (code) => step(user, (callbacks) => user.sendMFACode(code, callbacks, "SOFTWARE_TOKEN_MFA")),
        }),
    });
  });
}

function codeOf(error: { code?: string; message?: string }): string {
  // The library reports a failed fetch by its message only.
  return error.code ?? (error.message === "Network error" ? "Unreachable" : "Unknown");
}

function tokensOf(session: CognitoUserSession): Tokens {
  return {
    accessToken: session.getAccessToken().getJwtToken(),
    refreshToken: session.getRefreshToken().getToken(),
    expiresAt: session.getAccessToken().getExpiration() * 1000,
    email: (session.getIdToken().payload.email as string | undefined) ?? null,
  };
}

class MemoryStorage {
  private readonly items = new Map<string, string>();

  getItem(key: string): string | null {
    return this.items.get(key) ?? null;
  }

  setItem(key: string, value: string): void {
    this.items.set(key, value);
  }

  removeItem(key: string): void {
    this.items.delete(key);
  }

  clear(): void {
    this.items.clear();
  }
}
