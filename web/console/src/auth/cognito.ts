import type { Config } from "../config";

export interface Tokens {
  accessToken: string;
  refreshToken: string;
  /** Epoch milliseconds. */
  expiresAt: number;
  /** Of the ID token at sign-in: access tokens carry none. */
  email: string | null;
}

/** Cognito refused; `code` is its exception's name, or `Unreachable`. */
export class CognitoError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

interface AuthenticationAnswer {
  AuthenticationResult?: { AccessToken: string; RefreshToken?: string; ExpiresIn: number };
}

/**
 * The calls of Cognito's JSON API that keep a session: they are unsigned, so no AWS SDK is involved.
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_InitiateAuth.html
 */
export class Cognito {
  readonly endpoint: string;
  readonly userPoolId: string;
  readonly clientId: string;

  constructor(config: Config) {
    this.endpoint = config.cognito_endpoint ?? `https://cognito-idp.${config.region}.amazonaws.com/`;
    this.userPoolId = config.user_pool_id;
    this.clientId = config.client_id;
  }

  async refresh({ refreshToken, email }: Tokens): Promise<Tokens> {
    const { AuthenticationResult: result } = await this.call<AuthenticationAnswer>("InitiateAuth", {
      AuthFlow: "REFRESH_TOKEN_AUTH",
      ClientId: this.clientId,
      AuthParameters: { REFRESH_TOKEN: refreshToken },
    });
    if (!result) {
      throw new CognitoError("NotAuthorizedException", "no tokens");
    }
    return {
      accessToken: result.AccessToken,
      refreshToken: result.RefreshToken ?? refreshToken,
      expiresAt: Date.now() + result.ExpiresIn * 1000,
      email,
    };
  }

  async revoke(refreshToken: string): Promise<void> {
    await this.call("RevokeToken", { ClientId: this.clientId, Token: refreshToken });
  }

  private async call<Answer>(operation: string, body: object): Promise<Answer> {
    let response: Response;
    try {
      response = await fetch(this.endpoint, {
        method: "POST",
        headers: {
          "Content-Type": "application/x-amz-json-1.1",
          "X-Amz-Target": `AWSCognitoIdentityProviderService.${operation}`,
        },
        body: JSON.stringify(body),
      });
    } catch (error) {
      throw new CognitoError("Unreachable", String(error));
    }
    const answer = (await response.json().catch(() => ({}))) as Answer & { __type?: string; message?: string };
    if (!response.ok) {
      // The type may come with its namespace: com.amazonaws.cognito…#NotAuthorizedException.
      throw new CognitoError(answer.__type?.split("#").at(-1) ?? `Http${response.status}`, answer.message ?? "");
    }
    return answer;
  }
}
