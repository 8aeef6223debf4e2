/** What `/config.json` tells the console about the deployment it belongs to. */
export interface Config {
  api_url: string;
  region: string;
  user_pool_id: string;
  client_id: string;
  cognito_endpoint?: string;
  ingest_url: string;
  sdk_url: string;
}

export async function loadConfig(): Promise<Config> {
  const response = await fetch("/config.json", { cache: "no-cache" });
  if (!response.ok) {
    throw new Error(`/config.json: ${response.status}`);
  }
  return (await response.json()) as Config;
}
