/** The chat's style sheet as text (`scripts/package/chat-styles-plugin.ts`). */
declare module "virtual:tickertalk-styles" {
  const css: string;
  export default css;
}
