import type { MailContent, MailFrame } from './content';

/** The plain-text half of a mail: the same words in the same order. */
export function layoutText(content: MailContent, frame: MailFrame): string {
  const blocks = [
    content.heading.toLocaleUpperCase(frame.tag),
    frame.greeting,
    ...content.paragraphs,
    content.rows.map(({ label, value }) => `${label}: ${value}`).join('\n'),
    `${content.action.label}:\n${content.action.url}`,
    ...content.notes,
    frame.signature,
    ['-- ', frame.questions, frame.legalLine, frame.why, frame.demo ?? ''].filter((line) => line !== '').join('\n'),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}
