/** A mail before it has a look: what it says, in plain text. */
export type MailContent = {
  readonly subject: string;
  /** The line that inboxes show after the subject. */
  readonly preheader: string;
  readonly heading: string;
  readonly paragraphs: readonly string[];
  readonly rows: readonly { readonly label: string; readonly value: string }[];
  readonly action: { readonly label: string; readonly url: string };
  readonly notes: readonly string[];
};

/** The words around every mail, in its language. */
export type MailFrame = {
  readonly tag: string;
  readonly greeting: string;
  readonly linkFallback: string;
  readonly signature: string;
  readonly questions: string;
  readonly legalLine: string;
  readonly why: string;
  readonly demo: string | null;
};
