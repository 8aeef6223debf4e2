import type { Config } from "./config";
import type { Trusted } from "./trust";

/** Load a lazy part of the tag; resolves to what its script defines as `kizuki_<name>`. */
export function chunkLoader({ folder, nonce }: Config, trusted: Trusted): <T>(name: string) => Promise<T> {
  const loading = new Map<string, Promise<unknown>>();
  return <T>(name: string) => {
    const started = loading.get(name);
    if (started) return started as Promise<T>;
    const chunk = new Promise<T>((resolve, reject) => {
      // A classic script, unlike import(), needs no CORS headers from the host of the tag.
      const script = document.createElement("script");
      script.src = trusted.createScriptURL(`${folder}${name}.js`);
      script.nonce = nonce;
      script.onload = () => resolve((window as unknown as Record<string, T>)[`kizuki_${name}`] as T);
      script.onerror = () => {
        loading.delete(name);
        script.remove();
        reject(new Error(`${script.src} did not load`));
      };
      document.head.append(script);
    });
    loading.set(name, chunk);
    return chunk;
  };
}
