import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({
  plugins: [react()],
  // Deep links are served index.html by the distribution, so assets are named from the root.
  base: "/",
  // The sign-in library reaches for Node's name of the global object.
  define: { global: "globalThis" },
  build: {
    target: "es2022",
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            // Sign-in's and the player's own libraries stay with the pages that load them lazily.
            {
              name: "framework",
              test: /node_modules\/(?:react|react-dom|react-router|scheduler|i18next|react-i18next|@tanstack|@mantine|@floating-ui|clsx|react-remove-scroll|tabbable)\//,
            },
            { name: "shared", test: /src\/(?:ui|events|format|api|i18n)\// },
          ],
        },
      },
    },
  },
});
