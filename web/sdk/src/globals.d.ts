declare const VERSION: string;

declare module "*.css?inline" {
  const css: string;
  export default css;
}

interface Document {
  /** Whether the browser prepares the page ahead of its being opened; not in every browser. */
  readonly prerendering?: boolean;
}
