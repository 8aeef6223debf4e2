const CSS = `
:host { all: initial !important; position: fixed !important; z-index: 2147483647 !important; }
:host(.top), :host(.bottom) {
  inset-inline: 0 !important; margin-inline: auto !important; width: min(760px, 100% - 24px) !important;
}
:host(.bottom) { bottom: max(12px, env(safe-area-inset-bottom)) !important; }
:host(.top) { top: max(12px, env(safe-area-inset-top)) !important; --from: -16px; }
* { box-sizing: border-box; margin: 0; padding: 0; }
.surface {
  --surface: var(--kizuki-surface, #17212b); --text: var(--kizuki-text, #fff);
  --accent: var(--kizuki-accent, #fff); --accent-text: var(--kizuki-accent-text, #17212b);
  background: var(--surface); color: var(--text); border: 1px solid transparent; border-radius: 12px;
  font: 15px/1.5 system-ui, -apple-system, "Hiragino Sans", "Noto Sans JP", "Yu Gothic UI", sans-serif;
  line-break: strict; overflow-wrap: anywhere; text-align: start;
}
.surface:lang(ja) { word-break: auto-phrase; }
.title { font-size: 16px; font-weight: 700; }
.body { margin-top: 2px; white-space: pre-line; }
.button {
  display: inline-flex; align-items: center; justify-content: center; min-height: 44px; padding: 8px 18px; flex: none;
  border: 1px solid transparent; border-radius: 8px; background: var(--accent); color: var(--accent-text);
  font: inherit; font-weight: 700; text-decoration: none; cursor: pointer;
}
.close {
  display: grid; place-items: center; width: 44px; height: 44px; flex: none; border: 0; border-radius: 8px;
  background: none; color: inherit; font: 24px/1 system-ui, sans-serif; cursor: pointer;
}
.button:hover { filter: brightness(0.94); }
.close:hover { background: rgb(128 128 128 / 0.25); }
:focus-visible { outline: 3px solid #4c9ffe; outline-offset: 2px; }

.bar {
  display: flex; align-items: center; gap: 12px; padding: 10px 8px 10px 20px;
  box-shadow: 0 8px 32px rgb(0 0 0 / 0.28);
}
.bar .text { flex: 1; min-width: 0; }

.popup {
  --surface: var(--kizuki-surface, #fff); --text: var(--kizuki-text, #17212b);
  --accent: var(--kizuki-accent, #17212b); --accent-text: var(--kizuki-accent-text, #fff);
  position: fixed; inset: 0; margin: auto; width: min(420px, calc(100% - 32px)); height: fit-content;
  max-height: calc(100dvh - 32px); overflow: auto; box-shadow: 0 24px 64px rgb(0 0 0 / 0.35);
}
.popup::backdrop { background: rgb(10 15 20 / 0.55); }
.popup .panel { display: grid; gap: 16px; padding: 28px 24px 24px; }
.popup .title { font-size: 20px; line-height: 1.4; padding-inline-end: 36px; }
.popup .body { margin-top: 8px; }
.popup .close { position: absolute; top: 10px; inset-inline-end: 10px; }

@media (max-width: 520px) {
  .bar { flex-wrap: wrap; padding: 12px 52px 12px 16px; gap: 8px; }
  .bar .text { flex-basis: 100%; }
  .bar .close { position: absolute; top: 4px; inset-inline-end: 4px; }
}
@media (prefers-reduced-motion: no-preference) {
  .bar { animation: rise 0.28s cubic-bezier(0.2, 0.8, 0.3, 1); }
  .popup { animation: appear 0.2s ease-out; }
  @keyframes rise { from { opacity: 0; transform: translateY(var(--from, 16px)); } }
  @keyframes appear { from { opacity: 0; transform: scale(0.97); } }
}
`;

/** Style the shadow root in a way that a strict Content-Security-Policy allows. */
export function applyStyles(root: ShadowRoot, nonce: string): void {
  if ("adoptedStyleSheets" in root) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(CSS);
    root.adoptedStyleSheets = [sheet];
    return;
  }
  // Safari before 16.4
  const style = document.createElement("style");
  style.nonce = nonce;
  style.textContent = CSS;
  (root as ShadowRoot).append(style);
}
