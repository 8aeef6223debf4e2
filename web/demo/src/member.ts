export interface Member {
  name: string;
  email: string;
}

const KEY = "shop.member";

export function member(): Member | undefined {
  try {
    return (JSON.parse(localStorage.getItem(KEY) ?? "null") as Member | null) ?? undefined;
  } catch {
    return undefined;
  }
}

export function signIn(signedIn: Member): void {
  localStorage.setItem(KEY, JSON.stringify(signedIn));
}

export function signOut(): void {
  localStorage.removeItem(KEY);
}
