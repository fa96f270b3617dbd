/** A run of text that both versions share, or that only one of them has. */
export type DiffPart = { readonly kind: 'same' | 'added' | 'removed'; readonly text: string };
/** One line of either version; `parts` tells what changed within it. */
export type DiffLine = { readonly kind: 'same' | 'added' | 'removed' | 'changed'; readonly parts: readonly DiffPart[] };

/** Above this many comparisons a changed stretch is shown as a whole: nobody would read it word by word, and typing must stay quick. */
const mostCells = 1_500_000;

type Step = { readonly kind: DiffPart['kind']; readonly token: string };

/** Steps from one list of tokens to the other that keep as many as possible. */
function stepsBetween(before: readonly string[], after: readonly string[]): Step[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < before.length - start && end < after.length - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1;
  const same = (tokens: readonly string[]): Step[] => tokens.map((token) => ({ kind: 'same', token }));
  const old = before.slice(start, before.length - end);
  const fresh = after.slice(start, after.length - end);
  return [...same(before.slice(0, start)), ...middle(old, fresh), ...same(before.slice(before.length - end))];
}

function middle(old: readonly string[], fresh: readonly string[]): Step[] {
  const replaced = (): Step[] => [...old.map((token): Step => ({ kind: 'removed', token })), ...fresh.map((token): Step => ({ kind: 'added', token }))];
  const width = fresh.length + 1;
  if (old.length === 0 || fresh.length === 0 || (old.length + 1) * width > mostCells) return replaced();
  // how many tokens can still be kept from each pair of places on
  const kept = new Uint16Array((old.length + 1) * width);
  const at = (i: number, j: number): number => kept[i * width + j] ?? 0;
  for (let i = old.length - 1; i >= 0; i -= 1) {
    for (let j = fresh.length - 1; j >= 0; j -= 1) kept[i * width + j] = old[i] === fresh[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  }
  const steps: Step[] = [];
  let [i, j] = [0, 0];
  for (let oldToken = old[i], freshToken = fresh[j]; oldToken !== undefined || freshToken !== undefined; oldToken = old[i], freshToken = fresh[j]) {
    if (oldToken !== undefined && oldToken === freshToken) {
      steps.push({ kind: 'same', token: oldToken });
      i += 1;
      j += 1;
    } else if (oldToken !== undefined && (freshToken === undefined || at(i + 1, j) >= at(i, j + 1))) {
      steps.push({ kind: 'removed', token: oldToken });
      i += 1;
    } else if (freshToken !== undefined) {
      steps.push({ kind: 'added', token: freshToken });
      j += 1;
    }
  }
  return steps;
}

function joined(steps: readonly Step[]): DiffPart[] {
  const parts: { kind: DiffPart['kind']; text: string }[] = [];
  for (const { kind, token } of steps) {
    const last = parts.at(-1);
    if (last?.kind === kind) last.text += token;
    else parts.push({ kind, text: token });
  }
  return parts;
}

/** Words with their punctuation apart, spaces between them. */
const wordsOf = (text: string): string[] => text.match(/\s+|[\p{L}\p{N}]+|[^\s\p{L}\p{N}]/gu) ?? [];

/** What changed from one text to the other, word by word. The parts that are not `added` make up `before`, those not `removed` make up `after`. */
export function diffWords(before: string, after: string): DiffPart[] {
  return joined(stepsBetween(wordsOf(before), wordsOf(after)));
}

/** Shares a changed line must have with the one it stands for, so that its words are worth setting against each other. */
const alike = (parts: readonly DiffPart[]): boolean => {
  const length = (kinds: readonly DiffPart['kind'][]) => parts.reduce((sum, { kind, text }) => sum + (kinds.includes(kind) ? text.trim().length : 0), 0);
  return length(['same']) * 3 >= length(['added', 'removed']);
};

/** What changed from one text to the other, line by line, and word by word within lines that were only reworded. */
export function diffLines(before: string, after: string): DiffLine[] {
  const lines: DiffLine[] = [];
  const whole = (kind: DiffPart['kind'], text: string): DiffLine => ({ kind, parts: [{ kind, text }] });
  let removed: string[] = [];
  let added: string[] = [];
  const flush = (): void => {
    for (let index = 0; index < Math.max(removed.length, added.length); index += 1) {
      const [old, fresh] = [removed[index], added[index]];
      const parts = old === undefined || fresh === undefined ? null : diffWords(old, fresh);
      if (parts !== null && alike(parts)) lines.push({ kind: 'changed', parts });
      else lines.push(...(old === undefined ? [] : [whole('removed', old)]), ...(fresh === undefined ? [] : [whole('added', fresh)]));
    }
    [removed, added] = [[], []];
  };
  for (const { kind, token } of stepsBetween(before.split('\n'), after.split('\n'))) {
    if (kind === 'removed') removed.push(token);
    else if (kind === 'added') added.push(token);
    else {
      flush();
      lines.push(whole('same', token));
    }
  }
  flush();
  return lines;
}
