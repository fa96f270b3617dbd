/** What a tenant's mails look like and who they say they are from. */
export type MailBranding = {
  readonly tenantName: string;
  /** `#rrggbb`; anything else is replaced by the house colour. */
  readonly accent: string;
  readonly supportEmail: string;
  readonly supportPhone: string | null;
  /** Legal name, address and numbers, in one line at the foot. */
  readonly legalLine: string;
  /** True while the legal details are invented: every mail then says so. */
  readonly demo: boolean;
};

const houseAccent = '#0f6b62';

function channels(colour: string): [number, number, number] {
  const value = Number.parseInt(colour.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

function luminance(colour: string): number {
  const [r, g, b] = channels(colour).map((channel) => {
    const share = channel / 255;
    return share <= 0.040_45 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  // check-allow rule-facts: how bright a colour is, not what anything costs
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** WCAG contrast of two colours, 1 to 21. */
export function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].toSorted((x, y) => x - y) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function mix(colour: string, towards: string, share: number): string {
  const target = channels(towards);
  const mixed = channels(colour).map((channel, index) => Math.round(channel + ((target[index] ?? 0) - channel) * share));
  return `#${mixed.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}

function readable(colour: string, background: string, towards: string): string {
  for (let share = 0; share < 1; share += 0.1) {
    const candidate = mix(colour, towards, share);
    if (contrast(candidate, background) >= 4.5) return candidate;
  }
  return towards;
}

export const mailColours = {
  light: { page: '#f4f2ec', card: '#ffffff', ink: '#10201f', muted: '#54615f', line: '#e2dfd6' },
  dark: { page: '#0e1514', card: '#172120', ink: '#e8eeec', muted: '#a3b0ad', line: '#2c3a38' },
} as const;

/** The accent as a button and as text on both backgrounds, always with at least 4.5:1. */
export function accentColours(accent: string): { button: string; onButton: string; light: string; dark: string } {
  const colour = /^#[0-9a-f]{6}$/iu.test(accent) ? accent.toLowerCase() : houseAccent;
  const onButton = contrast(colour, '#ffffff') >= 4.5 ? '#ffffff' : mailColours.light.ink;
  return {
    button: onButton === '#ffffff' ? colour : readable(colour, onButton, '#ffffff'),
    onButton,
    light: readable(colour, mailColours.light.card, '#000000'),
    dark: readable(colour, mailColours.dark.card, '#ffffff'),
  };
}
