import { defineConfig } from "vitest/config";

export default defineConfig({
  build: {
    // The page is served under a policy that lets nothing in but files of its own origin.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // What others wrote goes with their licences.
    license: { fileName: "licences.md" },
  },
  test: {
    include: ["tests/**/*.test.{ts,tsx}"],
  },
});
