import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({
  plugins: [react()],
  // Deep links are served index.html by the distribution, so assets are named from the root.
  base: "/",
  build: { target: "es2022", assetsDir: "assets", assetsInlineLimit: 0 },
});
