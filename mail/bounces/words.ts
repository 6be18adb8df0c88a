import type { CodeClass } from './codes.ts';
import { GONE, GONE_ABROAD, NOWHERE } from './words-gone.ts';
import { FULL, LATER, TOO_MUCH } from './words-later.ts';
import { OURS, REPUTATION } from './words-ours.ts';

type Because = 'full' | 'reputation' | 'too much' | 'ours' | 'later' | 'gone' | 'nowhere';

/** What servers' words say, in the order in which they weigh: the first rule that speaks decides. */
type Rule = { readonly says: CodeClass; readonly because: Because; readonly patterns: readonly RegExp[] };

/**
 * A full mailbox is soft whatever its code; what blames us is never the person's; what may pass is soft; only what is
 * left may be hard.
 */
const RULES: readonly Rule[] = [
  { says: 'soft', because: 'full', patterns: FULL },
  { says: 'policy', because: 'reputation', patterns: REPUTATION },
  { says: 'soft', because: 'too much', patterns: TOO_MUCH },
  { says: 'policy', because: 'ours', patterns: OURS },
  { says: 'soft', because: 'later', patterns: LATER },
  { says: 'hard', because: 'gone', patterns: [...GONE, ...GONE_ABROAD] },
  { says: 'hard', because: 'nowhere', patterns: NOWHERE },
];

/** The first rule that speaks, or undefined where the words say nothing that is known. */
export function ruleFor(words: string): Rule | undefined {
  const text = withoutNames(words);
  return RULES.find(({ patterns }) => patterns.some((pattern) => pattern.test(text)));
}

/** What the words say, or undefined where they say nothing that is known. */
export function classOfWords(words: string): CodeClass | undefined {
  return ruleFor(words)?.says;
}

/** How much of a server's words is weighed, characters. */
const LONGEST = 4000;

/**
 * Words alone: a host called `spamfilter.example` says nothing, nor does an address. Lower case, one line, `@` for
 * each address.
 */
function withoutNames(words: string): string {
  return words
    .slice(0, LONGEST)
    .replace(/https?:\/\/[^\s<>]{1,2000}/gi, ' ')
    .replace(/[<"'(]?[^\s<>()"':]{1,200}@[^\s<>()"',;:]{1,200}[>"')]?/g, ' @ ')
    .replace(/(?<![\w.-])(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24}(?![\w-])/g, ' ')
    .replace(
      /(?:unknown address error|other mail system problem|bad destination host)(?= (?:[45]\d\d|dns)?)/gi,
      ' ',
    ) // IronPort says so of every refusal, and quotes it
    .replace(/[’‘`´]/g, "'")
    .replace(/[\s_]+/g, ' ')
    .replace(/[<([{'"] ?@ ?[>)\]}'"]/g, '@')
    .toLowerCase()
    .replace(/\b(does|do|is|was|could|did|would|has)nt\b/g, "$1n't");
}
