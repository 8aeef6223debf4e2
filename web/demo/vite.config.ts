import { resolve } from "node:path";
import { defineConfig } from "vitest/config";

const pages = ["index", "product", "cart", "checkout", "thanks", "signin"];

export default defineConfig({
  // Relative, so that any static host serves the shop, from any folder.
  base: "./",
  build: {
    target: "es2022",
    rolldownOptions: { input: pages.map((page) => resolve(import.meta.dirname, `${page}.html`)) },
  },
  test: { environment: "happy-dom", include: ["test/**/*.test.ts"] },
});
