/**
 * Why: a page sends the browser only the areas of messages that its layout names. One that a component in the browser asks for and the layout forgot, or lost in a
 * merge, shows keys instead of words, and no type says so.
 */
export interface AppTexts {
  readonly layout: string;
  readonly components: readonly string[];
}

const hook = /\buseTranslations\(\s*'([a-zA-Z]+)/gu;

/** Areas that components ask for in the browser and that the layout does not send. */
export function areasNotSent({ layout, components }: AppTexts): string[] {
  const sent = new Set([...(/loadAreas\(locale, \[([^\]]*)\]/u.exec(layout)?.[1] ?? '').matchAll(/'([a-zA-Z]+)'/gu)].map(([, area]) => area));
  const asked = new Set(components.flatMap((text) => [...text.matchAll(hook)].map(([, area]) => area ?? '')));
  return [...asked].filter((area) => !sent.has(area)).toSorted();
}
