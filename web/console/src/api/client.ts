import { CognitoError } from "../auth/cognito";
import type { Session } from "../auth/session";

/** The API refused or could not be reached; `status` is 0 when there was no answer. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly path: string | null = null,
  ) {
    super(message);
  }
}

interface ErrorBody {
  error?: { code?: string; message?: string; path?: string };
}

/** Fetch with the operator's access token; renews it once when the API says it has expired. */
export class ApiClient {
  private readonly base: string;

  constructor(
    apiUrl: string,
    private readonly session: Session,
  ) {
    this.base = apiUrl.replace(/\/$/, "");
  }

  get<Answer>(path: string, signal?: AbortSignal): Promise<Answer> {
    return this.request<Answer>("GET", path, undefined, signal);
  }

  post<Answer>(path: string, body?: unknown, signal?: AbortSignal): Promise<Answer> {
    return this.request<Answer>("POST", path, body, signal);
  }

  put<Answer>(path: string, body: unknown): Promise<Answer> {
    return this.request<Answer>("PUT", path, body);
  }

  delete<Answer = null>(path: string): Promise<Answer | null> {
    return this.request<Answer | null>("DELETE", path);
  }

  private async request<Answer>(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<Answer> {
    try {
      let response = await this.send(method, path, await this.session.accessToken(), body, signal);
      if (response.status === 401) {
        response = await this.send(method, path, await this.session.renew(), body, signal);
      }
      if (response.status === 401) {
        this.session.end("expired");
      }
      return await parsed<Answer>(response);
    } catch (error) {
      if (error instanceof CognitoError) {
        throw new ApiError(error.code === "Unreachable" ? 0 : 401, error.code, error.message);
      }
      throw error;
    }
  }

  private async send(method: string, path: string, token: string, body?: unknown, signal?: AbortSignal) {
    try {
      return await fetch(`${this.base}/api${path}`, {
        method,
        headers: {
          Authorization: `Bearer ${token}`,
          ...(body === undefined ? {} : { "Content-Type": "application/json" }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        ...(signal ? { signal } : {}),
      });
    } catch (error) {
      if (signal?.aborted) {
        throw error;
      }
      throw new ApiError(0, "unreachable", String(error));
    }
  }
}

async function parsed<Answer>(response: Response): Promise<Answer> {
  if (response.status === 204) {
    return null as Answer;
  }
  const body = (await response.json().catch(() => null)) as (Answer & ErrorBody) | null;
  if (!response.ok || body === null) {
    const error = body?.error;
    throw new ApiError(response.status, error?.code ?? "unknown", error?.message ?? response.statusText, error?.path);
  }
  return body;
}
