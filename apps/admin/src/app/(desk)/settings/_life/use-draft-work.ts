'use client';
import { mergePatchOf, readRule, type RuleKind } from '@interdomestik/rules/rule-sets';
import { useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { problemOf } from '@/trpc/errors';
import { trpc } from '@/trpc/client';
import { sameJson, withValue } from '../_editors/paths';
import type { Issue } from './issue-list';
import type { Version } from './types';
import { dropKept, readKept, useKeep } from './use-unsaved';

/** A draft as it was saved last: the whole document, and of which revision. */
export interface Saved {
  readonly version: Version | null;
  readonly value: unknown;
  readonly note: string;
  readonly issues: readonly Issue[];
}

interface Work {
  readonly kind: RuleKind;
  readonly branchId: string | null;
  /** The open draft, or what a new one begins from. */
  readonly start: Saved;
  /** The country's document, that a branch's draft is stored as a difference to. */
  readonly tenantValue: unknown;
  readonly onSaved: () => void;
}

/** A draft being written: what is typed, what is saved, what is wrong, and whether somebody else saved in between. */
export function useDraftWork({ kind, branchId, start, tenantValue, onSaved }: Work) {
  const place = `${kind}/${branchId ?? ''}`;
  const [saved, setSaved] = useState(start);
  const [value, setValue] = useState(start.value);
  const [note, setNote] = useState(start.note);
  // a box that holds what cannot be read shows it until it is made anew
  const [generation, setGeneration] = useState(0);
  const [conflict, setConflict] = useState(false);
  const [broughtBack, setBroughtBack] = useState(false);
  const dirty = !sameJson(value, saved.value) || note !== saved.note;
  const id = saved.version?.id ?? null;
  const revision = saved.version?.revision ?? null;

  // once, after the page is there: what this tab kept is not known to the server that drew it
  const looked = useRef(false);
  useEffect(() => {
    const kept = looked.current ? null : readKept(place);
    looked.current = true;
    if (kept === null) return;
    if (sameJson(kept.value, start.value) && kept.note === start.note) {
      dropKept(place);
      return;
    }
    setValue(kept.value);
    setNote(kept.note);
    setBroughtBack(true);
  }, [place, start]);
  const kept = useMemo(() => ({ id, revision, value, note }), [id, revision, value, note]);
  useKeep(place, dirty, kept);

  // what happened to the same document elsewhere, as on its trial, is told by the page when it is asked again
  const [told, setTold] = useState(start.version);
  if (told !== start.version) {
    const next = start.version;
    setTold(next);
    if (next !== null && saved.version?.id === next.id && saved.version.revision === next.revision) setSaved({ ...saved, version: next });
  }

  const shown = useDeferredValue(value);
  const live = useMemo((): readonly Issue[] => {
    const reading = readRule(kind, shown);
    return reading.ok ? [] : reading.issues;
  }, [kind, shown]);
  // the server also knows what the document alone does not tell
  const issues = dirty || saved.version === null ? live : saved.issues.length > 0 ? saved.issues : live;

  const mutation = trpc.settings.saveDraft.useMutation({
    onError: (error) => {
      const key = problemOf(error)?.messageKey;
      if (key === 'errors.rule.draftChanged' || key === 'errors.rule.draftExists') setConflict(true);
    },
  });

  const load = (next: Saved) => {
    setGeneration((before) => before + 1);
    setSaved(next);
    setValue(next.value);
    setNote(next.note);
    setBroughtBack(false);
    setConflict(false);
    dropKept(place);
  };
  return {
    saved, value, note, generation, dirty, issues, conflict, broughtBack,
    saving: mutation.isPending,
    error: conflict ? null : mutation.error,
    set: (path: string, next: unknown) => setValue((before: unknown) => withValue(before, path, next)),
    setValue, setNote, load,
    /** Puts back a value that was not typed. */
    reset: (path: string, next: unknown) => {
      setGeneration((before) => before + 1);
      setValue((before: unknown) => withValue(before, path, next));
    },
    /** Saves what is typed; resolves with the version, or null when it was refused. What is typed meanwhile stays unsaved. */
    save: async (): Promise<Version | null> => {
      const [typed, why] = [value, note.trim()];
      try {
        const { issues: found, ...version } = await mutation.mutateAsync({ kind, branchId, id, revision, value: branchId === null ? typed : mergePatchOf(tenantValue, typed), note: why });
        setSaved({ version, value: typed, note: why, issues: found });
        setNote((now) => (now.trim() === why ? why : now));
        setBroughtBack(false);
        dropKept(place);
        onSaved();
        return version;
      } catch {
        // said beside the button, or asked about in a dialog
        return null;
      }
    },
    /** The version changed its state without being saved: checked, approved. */
    moved: (version: Version, found?: readonly Issue[]) => setSaved((before) => ({ ...before, version, issues: found ?? before.issues })),
    closeConflict: () => setConflict(false),
    /** Keeps what is typed and stands it on another saved draft, or on none. */
    standOn: (next: Saved, typed: unknown) => {
      setGeneration((before) => before + 1);
      setSaved(next);
      setValue(typed);
      setConflict(false);
    },
    dropTyped: () => load(saved),
  };
}

export type DraftWork = ReturnType<typeof useDraftWork>;
