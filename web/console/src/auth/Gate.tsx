import { useSyncExternalStore } from "react";
import { RouterProvider } from "react-router/dom";
import { useConsole } from "../console";
import { router } from "../router";
import { SignIn } from "./SignIn";

/** Signed out, every address shows the sign-in form; signing in continues at that address. */
export function Gate() {
  const { session } = useConsole();
  const signedIn = useSyncExternalStore(session.subscribe, session.signedIn);
  return signedIn ? <RouterProvider router={router} /> : <SignIn />;
}
