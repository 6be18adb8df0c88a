import { type Document, isMap, LineCounter, parseDocument, visit } from 'yaml';
import { buildPlaybook, touchesOf } from './build-playbook.ts';
import { checkPlaybook } from './check-playbook.ts';
import type { Playbook } from './playbook.ts';
import { PlaybookDocument } from './playbook-schema.ts';
import { warningsOf } from './playbook-warnings.ts';
import { explain, type Problem } from './strict.ts';
import { lineOf } from './yaml-line.ts';

/** What is wrong with a playbook, and where. */
export type PlaybookProblem = {
  /** From 1. */
  readonly line: number;
  /** `phases.relationship.movesOn[0].to`; empty for the whole. */
  readonly path: string;
  readonly message: string;
  readonly hint?: string;
};

export type PlaybookRead =
  | { readonly kind: 'read'; readonly playbook: Playbook; readonly warnings: readonly PlaybookProblem[] }
  | { readonly kind: 'refused'; readonly errors: readonly PlaybookProblem[] };

/**
 * Reads a playbook (YAML 1.2) and checks it whole.
 *
 * @param context.templates the names of the templates there are
 */
export function readPlaybook(text: string, context: { readonly templates: readonly string[] }): PlaybookRead {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  if (document.errors.length > 0) return { kind: 'refused', errors: syntaxErrors(document, lines) };

  const refuse = (problems: readonly Problem[]): PlaybookRead => ({
    kind: 'refused',
    errors: placed(problems),
  });
  const placed = (problems: readonly Problem[]) =>
    inOrder(problems.map((problem) => place(problem, document, lines)));

  if (!isMap(document.contents)) return { kind: 'refused', errors: [noPlaybook(document)] };
  const unsafe = unsafeIn(document, lines);
  if (unsafe.length > 0) return { kind: 'refused', errors: unsafe };

  const parsed = PlaybookDocument.safeParse(document.toJS());
  if (!parsed.success) return refuse(explain(parsed.error.issues));
  const problems = checkPlaybook(parsed.data, context.templates);
  if (problems.length > 0) return refuse(problems);

  const touches = touchesOf(parsed.data)
    .map(({ touch, path }) => ({ touch, line: lineOf(document, lines, path) }))
    .sort((a, b) => a.line - b.line)
    .map(({ touch }) => touch);
  return {
    kind: 'read',
    playbook: buildPlaybook(parsed.data, touches),
    warnings: placed(warningsOf(parsed.data)),
  };
}

/** One line a problem, as a person reads it: `12: phases.relationship.movesOn[0].to: …`. */
export function lineFor({ line, path, message, hint }: PlaybookProblem): string {
  return `line ${line}${path ? `, ${path}` : ''}: ${message}${hint ? ` (${hint})` : ''}`;
}

function noPlaybook({ contents }: Document): PlaybookProblem {
  const hint = 'begin with a copy of playbooks/default.yaml';
  return { line: 1, path: '', message: `${contents === null ? 'is empty' : 'is not a playbook'}`, hint };
}

/** A key that objects take for their own would be lost on the way; aliases of aliases would fill the memory. */
function unsafeIn(document: Document, lines: LineCounter): PlaybookProblem[] {
  const found: PlaybookProblem[] = [];
  const refuse = (message: string, offset = 0) =>
    found.push({ line: lines.linePos(offset).line, path: '', message });
  visit(document, {
    Alias: (_, { source, range }) => {
      refuse(`"*${source}" is an alias: write it out`, range?.[0]);
    },
    Scalar: (place, { value, range }) => {
      if (place === 'key' && value === '__proto__') refuse('unknown key "__proto__"', range?.[0]);
    },
  });
  return found;
}

function syntaxErrors({ errors }: Document, lines: LineCounter): PlaybookProblem[] {
  return errors.map(({ message, pos }) => ({ line: lines.linePos(pos[0]).line, path: '', message }));
}

function place({ path, message, hint }: Problem, document: Document, lines: LineCounter): PlaybookProblem {
  return { line: lineOf(document, lines, path), path: dotted(path), message, ...(hint ? { hint } : {}) };
}

function dotted(path: readonly PropertyKey[]): string {
  return path
    .map((part, i) => (typeof part === 'number' ? `[${part}]` : `${i > 0 ? '.' : ''}${String(part)}`))
    .join('');
}

function inOrder(problems: readonly PlaybookProblem[]): PlaybookProblem[] {
  return [...problems].sort((a, b) => a.line - b.line);
}
