import { z } from 'zod';
import { RESOLUTIONS } from '../domain/case-words.ts';
import { stableShare } from '../domain/hash.ts';
import { pick } from './catalogue.ts';

const HOUR_MS = 3_600_000;

/** A complaint has its first answer within so many hours; the default playbook allows a day. */
const ANSWERED_WITHIN_HOURS = 8;
/** It is resolved within so many hours after that. */
const RESOLVED_WITHIN_HOURS = 5 * 24;

const ANSWERS = [
  'Dank je wel dat je het zegt. We zoeken het meteen uit. / Thank you for telling us. We are looking into it.',
  'Wat vervelend. Morgen weten we meer. / We are sorry. We will know more tomorrow.',
] as const;

const Cases = z.object({
  cases: z.array(z.object({ id: z.string(), since: z.string(), answeredAt: z.string().nullable() })),
});

type Case = z.output<typeof Cases>['cases'][number];

export type TeamDeps = {
  /** Of the API, without a path. */
  readonly url: string;
  readonly key: string;
  readonly seed: string;
  /** The play's own time, epoch milliseconds. */
  readonly now: () => number;
};

/** The people of the shop: they answer complaints, and resolve them; when, and how, is drawn by the seed. */
export class Team {
  readonly #deps: TeamDeps;

  constructor(deps: TeamDeps) {
    this.#deps = deps;
  }

  /** Does what they would have done by now. Call it again and again. */
  async act(): Promise<void> {
    const response = await fetch(`${this.#deps.url}/v1/cases?state=open&limit=200`, {
      headers: this.#headers,
    });
    if (!response.ok) return;
    for (const one of Cases.parse(await response.json()).cases) await this.#workOn(one);
  }

  async #workOn({ id, since, answeredAt }: Case): Promise<void> {
    const draw = (what: string) => stableShare(this.#deps.seed, 'team', id, what);
    const answerAt = Date.parse(since) + (1 + draw('answers') * (ANSWERED_WITHIN_HOURS - 1)) * HOUR_MS;
    const resolveAt = answerAt + draw('resolves') * RESOLVED_WITHIN_HOURS * HOUR_MS;
    const now = this.#deps.now();
    if (answeredAt === null && now >= answerAt) {
      await this.#post(id, 'answer', { text: pick(ANSWERS, draw('words')), id: 'first' });
    } else if (answeredAt !== null && now >= resolveAt) {
      await this.#post(id, 'resolve', { resolution: pick(RESOLUTIONS, draw('resolution')) });
    }
  }

  async #post(id: string, verb: string, body: Readonly<Record<string, string>>): Promise<void> {
    const url = `${this.#deps.url}/v1/cases/${encodeURIComponent(id)}/${verb}`;
    await fetch(url, { method: 'POST', headers: this.#headers, body: JSON.stringify(body) });
  }

  get #headers() {
    return { authorization: `Bearer ${this.#deps.key}`, 'content-type': 'application/json' };
  }
}
